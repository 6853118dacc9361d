import { transportReason } from '../../core/transport-reason.js';
import { AccessError } from './access-error.js';
import { plainText } from '../plain-text.js';
import { isRaw, number, text, branch, present } from '../raw.js';

/** The API server answered with a refusal, or a watch carried one. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** HTTP status. */
  readonly status: number;
  /** Kubernetes' own word for it, such as `Expired` or `Forbidden`; empty when there was none. */
  readonly reason: string;
  /** Milliseconds that the server asks us to wait. */
  readonly retryAfter?: number;

  constructor(told: { status: number; reason: string; message: string; retryAfter?: number }) {
    super(told.message);
    this.status = told.status;
    this.reason = told.reason;
    if (told.retryAfter !== undefined) this.retryAfter = told.retryAfter;
  }
}

/** From a Status object, of an answer's body or of an ERROR event; anything else leaves just the number. */
export function apiError(status: number, body: unknown, retryAfter?: number): ApiError {
  const told = isRaw(body) ? body : {};
  const seconds = number(branch(told, 'details'), 'retryAfterSeconds');
  const wait = retryAfter ?? (seconds === undefined ? undefined : seconds * 1000);
  return new ApiError({
    status: number(told, 'code') ?? status,
    reason: text(told, 'reason') ?? '',
    message: plainText(text(told, 'message') ?? `the API server answered ${status}`),
    ...present({ retryAfter: wait }),
  });
}

/** One sentence on any trouble with a cluster, for people: no secret can be in it. */
export function troubleOf(error: unknown): string {
  if (error instanceof ApiError || error instanceof AccessError) return error.message;
  if (!isRaw(error)) return 'something unexpected was thrown';
  const code = text(error, 'code');
  const message = plainText(text(error, 'message') ?? 'something unexpected was thrown');
  if (code === undefined) return message;
  const words = transportReason(error);
  return words === code ? `${code}: ${message}` : `${words} (${message})`;
}
