/** Ends a command: what stands on standard error, and the exit code (2: the call itself was wrong). */
export class CliError extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.name = 'CliError';
    this.exitCode = exitCode;
  }
}

/** A refusal by the controller, shown as `message (code)`. */
export class ApiRefusal extends Error {
  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    this.name = 'ApiRefusal';
    this.code = code;
  }
}
