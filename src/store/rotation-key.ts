import type { Rotation } from '../core/ports/index.js';

/** Names the account and the state: of each the last is kept. */
export function rotationKey({ controller, model, application, user, state }: Rotation): string {
  return JSON.stringify([controller, model ?? '', application ?? '', user, state]);
}
