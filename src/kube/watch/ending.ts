import { ApiError } from '../access/api-error.js';
import { present } from '../raw.js';
import type { Ending } from './course.js';

/** The reason with which a watch is ended that was silent for too long. */
export class Silence extends Error {
  constructor(ms: number) {
    super(`nothing was heard for ${Math.round(ms / 1000)} s`);
  }
}

/** What an error means for the course of a list-and-watch. */
export function endingOf(error: unknown): { readonly kind: Ending; readonly retryAfter?: number } {
  if (error instanceof Silence) return { kind: 'silent' };
  if (!(error instanceof ApiError)) return { kind: 'failed' };
  if (error.status === 410) return { kind: 'gone' };
  if (error.status === 403 || error.status === 404) return { kind: 'refused' };
  return { kind: 'failed', ...present({ retryAfter: error.retryAfter }) };
}
