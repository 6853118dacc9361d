import { createHash, timingSafeEqual } from 'node:crypto';
import type { WebPolicy, WebToken } from '../../../core/policy/web.js';
import type { Principal } from './principal.js';

/** Whose token it is; undefined for nobody's. Takes as long for a token that is nearly right as for any other. */
export function tokenNamed({ tokens }: Pick<WebPolicy, 'tokens'>, token: string): WebToken | undefined {
  const given = createHash('sha256').update(token).digest();
  let found: WebToken | undefined;
  for (const known of tokens) if (timingSafeEqual(given, Buffer.from(known.digest, 'hex'))) found = known;
  return found;
}

export function byToken({ name, role }: WebToken): Principal {
  return { name, role, via: { login: 'token' } };
}

/** The token of an `Authorization` header; undefined where there is none of this kind. */
export function bearerIn(header: string | undefined): string | undefined {
  return /^Bearer +([\x21-\x7e]+)$/i.exec(header ?? '')?.[1];
}
