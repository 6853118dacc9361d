/** Why a question was not answered, in words fit for a report: nothing that the server said, no URL, no secret. */
export class ReadError extends Error {
  /** What would change it. */
  readonly permission: string | undefined;
  /** HTTP status; absent where no answer came. */
  readonly status: number | undefined;

  constructor(
    message: string,
    more: { readonly permission?: string; readonly status?: number; readonly cause?: unknown } = {},
  ) {
    super(message, { cause: more.cause });
    this.name = 'ReadError';
    this.permission = more.permission;
    this.status = more.status;
  }
}

/** Whether the server is there and does not know the question. */
export function isNotOffered(error: unknown): boolean {
  return error instanceof ReadError && error.status === 404;
}
