import type { FastifyReply, FastifyRequest } from 'fastify';
import { errorPage } from './views/error.js';

/** Whether a program asks, which wants its answers as JSON. */
export function isApi({ url }: Pick<FastifyRequest, 'url'>): boolean {
  return url.startsWith('/api/');
}

/** Whether whoever asks reads pages. */
export function readsPages({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  return (headers.accept ?? '').includes('text/html');
}

/** Answers with one sentence: as JSON, as a page, or as plain text, whatever fits whoever asks. */
export function refuse(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  sentence: string,
): FastifyReply {
  reply.code(status);
  if (isApi(request)) return reply.send({ kind: 'Problem', version: 'v1', status, message: sentence });
  if (readsPages(request))
    return reply.type('text/html; charset=utf-8').send(errorPage(status, sentence).toString());
  return reply.type('text/plain; charset=utf-8').send(`${sentence}\n`);
}
