import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Log } from '../core/ports/index.js';
import { contentPolicy } from './html.js';
import { isOurHost } from './http-host.js';
import { plain, routes, type Answer, type Sources } from './http-routes.js';

export interface HandlerOptions extends Sources {
  readonly log: Log;
  /** Host names, lower case, by which the page may be asked for besides loopback. */
  readonly names: ReadonlySet<string>;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** Answers GET and HEAD for the paths known, and everything else with a plain refusal. */
export function createHandler(options: HandlerOptions): Handler {
  const paths = routes(options);
  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const refused = refusal(request, options.names);
    if (refused !== undefined) return refused;
    const route = paths.get(pathOf(request));
    if (route === undefined) return plain(404, 'Not found.');
    return isRead(request) ? route() : plain(405, 'Only GET and HEAD are answered here.');
  };
  return (request, response) => {
    answer(request)
      .catch((error: unknown) => {
        options.log.error({ error }, 'a request could not be answered');
        return plain(500, 'This could not be shown; the log says why.');
      })
      .then((answered) => {
        send(request, response, answered);
      })
      .catch((error: unknown) => {
        options.log.warn({ error }, 'an answer could not be sent');
        response.destroy();
      });
  };
}

function refusal(request: IncomingMessage, names: ReadonlySet<string>): Answer | undefined {
  if (!isOurHost(request.headers.host, request.socket.localAddress ?? '', names)) {
    return plain(421, 'This host name is not one of ours.');
  }
  return hasBody(request) ? plain(413, 'A request must have no body.') : undefined;
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) !== 0;
}

function isRead({ method }: IncomingMessage): boolean {
  return method === 'GET' || method === 'HEAD';
}

function pathOf({ url = '' }: IncomingMessage): string {
  const query = url.indexOf('?');
  return query === -1 ? url : url.slice(0, query);
}

const securityHeaders = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': `${contentPolicy}; frame-ancestors 'none'`,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
} as const;

function send(request: IncomingMessage, response: ServerResponse, { status, type, body }: Answer): void {
  response.writeHead(status, {
    ...securityHeaders,
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(body),
    ...(status === 405 ? { Allow: 'GET, HEAD' } : {}),
    ...(hasBody(request) ? { Connection: 'close' } : {}),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}
