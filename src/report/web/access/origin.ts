import type { FastifyRequest } from 'fastify';

/**
 * Whether a request that changes something comes from a page of ours. Browsers name the origin of every such request;
 * what says neither where it comes from nor that it is a browser is a program, and stands by its token.
 */
export function comesFromUs(
  { headers }: Pick<FastifyRequest, 'headers'>,
  own: string,
  url?: string,
): boolean {
  const { origin } = headers;
  if (typeof origin === 'string') return origin.toLowerCase() === own || origin.toLowerCase() === url;
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin';
}

/** Where the request was sent to, as a browser would name it. */
export function ownOrigin({ headers }: Pick<FastifyRequest, 'headers'>, isSecure: boolean): string {
  return `${isSecure ? 'https' : 'http'}://${(headers.host ?? '').toLowerCase()}`;
}
