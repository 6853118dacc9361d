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

/**
 * Why no answer came, by the code of the error: its text may hold an address or what a server said. What is behind
 * another error counts.
 */
export function transportReason(error: unknown): string {
  const code = codeOf(error) ?? codeOf((error as { cause?: unknown } | undefined)?.cause);
  if (code !== undefined) return words[code] ?? code;
  const { name } = (error ?? {}) as { name?: unknown };
  return typeof name === 'string' && /^[A-Za-z]{1,40}$/.test(name) ? (words[name] ?? name) : 'failed';
}

function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' && /^[A-Z][A-Z\d_]{2,60}$/.test(code) ? code : undefined;
}

const untrusted = 'its certificate is of an authority that is not trusted';
const words: Readonly<Record<string, string>> = {
  TimeoutError: 'no answer in time',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
  UND_ERR_HEADERS_TIMEOUT: 'no answer in time',
  UND_ERR_BODY_TIMEOUT: 'no answer in time',
  UND_ERR_SOCKET: 'the connection was closed',
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection was closed',
  ENOTFOUND: 'no such host',
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
};
