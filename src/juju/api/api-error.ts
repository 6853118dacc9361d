/** Juju's answer to a call that it refused or could not do. Never carries parameters of the call: they may be secret. */
export class JujuApiError extends Error {
  override readonly name = 'JujuApiError';
  /** Juju's error code such as `unauthorized access`; `''` where Juju gives none. */
  readonly code: string;
  /** What Juju adds to some codes, such as where a model moved. */
  readonly info: Readonly<Record<string, unknown>>;
  /** As in `Client.FullStatus`. */
  readonly call: string;

  constructor(failure: {
    readonly call: string;
    readonly message: string;
    readonly code?: string | undefined;
    readonly info?: Readonly<Record<string, unknown>> | undefined;
  }) {
    super(failure.message);
    this.call = failure.call;
    this.code = failure.code ?? '';
    this.info = failure.info ?? {};
  }
}

/** There is no usable connection: not reached, not trusted, dropped, or mute. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
}

/**
 * What a failure means for the next try: `retryable` soon, `busy` while the controller upgrades or migrates,
 * `denied` until somebody grants a permission, `final` until something else changes.
 */
export type Trouble = 'retryable' | 'busy' | 'denied' | 'final';

const troubles: Readonly<Record<string, Trouble>> = {
  'try again': 'retryable',
  'excessive contention': 'retryable',
  'not yet available; try again later': 'retryable',
  'deadline exceeded': 'retryable',
  'not leader': 'retryable',
  stopped: 'retryable',
  'upgrade in progress': 'busy',
  'model migration in progress': 'busy',
  'unauthorized access': 'denied',
  forbidden: 'denied',
  'access required': 'denied',
  'login expired': 'denied',
  'no credentials provided': 'denied',
  'macaroon discharge required': 'denied',
  'session token invalid': 'denied',
};

export function troubleOf(error: unknown): Trouble {
  if (error instanceof ConnectionError) return 'retryable';
  if (!(error instanceof JujuApiError)) return 'final';
  // The maintenance refusal of a login carries no code of its own.
  if (error.message.includes('maintenance in progress')) return 'busy';
  return troubles[error.code] ?? 'final';
}

/** Whether this controller does not have what was called, as opposed to refusing it. */
export function isAbsent(error: unknown): boolean {
  return (
    error instanceof JujuApiError && (error.code === 'not implemented' || error.code === 'not supported')
  );
}

/** The failure in one line, for health and for unknown facts. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown trouble';
}
