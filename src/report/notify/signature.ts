import { createHmac } from 'node:crypto';

/**
 * `t=SECONDS,v1=HEX`: HMAC-SHA256 over the time, a dot, and the body as it is sent. The time is signed too, so that a
 * request that was overheard is no good later.
 */
export function signature(secret: string, body: string, nowMs: number): string {
  const time = Math.floor(nowMs / 1000);
  return `t=${time},v1=${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}`;
}
