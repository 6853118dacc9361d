/** The page put together: plugins, gate, routes. */
import cookie from '@fastify/cookie';
import csrf from '@fastify/csrf-protection';
import formbody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import { randomBytes } from 'node:crypto';
import type { RequestListener, Server } from 'node:http';
import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { InputError } from '../../core/input-error.js';
import type { Log } from '../../core/ports/index.js';
import { addActions } from './actions.js';
import { addApi } from './api/api.js';
import type { Access } from './access/access.js';
import { addGate } from './access/gate.js';
import { addLogin } from './access/login-routes.js';
import { cookieForm, formOwner } from './cookies.js';
import { addEvents, type Live } from './live.js';
import { addPages } from './pages.js';
import { addPlainRoutes } from './plain-routes.js';
import { refuse } from './refuse.js';
import { requestCounts } from './request-counts.js';
import type { Shown } from './shown.js';
import type { Trend } from './trend.js';
import type { WebOptions } from './types.js';
import { takingTurns } from './turns.js';
import { Verification } from './verification.js';

export interface AppOptions extends Omit<WebOptions, 'trend'> {
  readonly access: Access;
  readonly live: Live;
  readonly trend: Trend;
  readonly shown: () => Shown | undefined;
  readonly names: () => ReadonlySet<string>;
  readonly isClosing: () => boolean;
  /** Makes the server that the requests come in by. */
  readonly serve: (handler: RequestListener) => Server;
}

const noPath = {
  'content-type': 'text/plain; charset=utf-8',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};
/** A form or an order is small; in bytes. */
const bodyLimit = 16 * 1024;
/** Requests a minute from one person, or one address. */
const requestsPerMinute = 1200;

/** No route has a schema: otherwise fastify loads compilers for them, some megabytes of code. */
function noCompiler(): never {
  throw new Error('routes have no schemas');
}

export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { web } = options.access;
  const app = fastify({
    serverFactory: (handler) => options.serve(handler),
    bodyLimit,
    // The nearest proxy names the client; what the client says of itself before that counts for nothing.
    trustProxy: web.proxied ? (_address, hop) => hop < 1 : false,
    routerOptions: { maxParamLength: 300 },
    // By itself fastify answers these with the path in it, before anybody asked whether it was our host.
    frameworkErrors: (_error, _request, { raw }) => {
      raw.writeHead(404, noPath).end('Not found.\n');
    },
    forceCloseConnections: false,
    schemaController: { compilersFactory: { buildValidator: noCompiler, buildSerializer: noCompiler } },
  });
  const isSecure = web.tls !== undefined || web.proxied;
  const cookies = cookieForm(isSecure);
  const known = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ url, method }) => {
    const taken = known.get(url) ?? new Set<string>();
    for (const one of [method].flat()) taken.add(one);
    known.set(url, taken);
  });
  app.removeContentTypeParser('text/plain');
  answerTrouble(app, options.log);
  const turn = takingTurns();
  app.addHook('onRequest', ({ routeOptions }) => turn(routeOptions.url));
  await addPlugins(app, { isSecure, cookies });
  addGate(app, { ...options, cookies, isSecure });
  await app.register(rateLimit, {
    max: requestsPerMinute,
    timeWindow: 60_000,
    hook: 'preHandler',
    store: requestCounts(options.clock),
    keyGenerator: ({ who, ip }: FastifyRequest) =>
      who === undefined || who.name === '' ? ip : `name ${who.name}`,
  });
  addRoutes(app, { ...options, cookies });
  refuseOtherMethods(app, new Map(known));
  await app.ready();
  return app;
}

interface Form {
  readonly isSecure: boolean;
  readonly cookies: ReturnType<typeof cookieForm>;
}

async function addPlugins(app: FastifyInstance, { isSecure, cookies }: Form): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: isSecure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    // Without a referrer to our own pages a browser would not name their origin either.
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  });
  await app.register(cookie, { secret: randomBytes(32).toString('hex') });
  await app.register(csrf, {
    sessionPlugin: '@fastify/cookie',
    cookieKey: cookies.csrf,
    cookieOpts: { ...cookies.options, sameSite: 'strict' },
    getUserInfo: formOwner,
    csrfOpts: { hmacKey: randomBytes(32).toString('hex'), userInfo: true },
  });
  await app.register(formbody, { bodyLimit });
}

function addRoutes(app: FastifyInstance, options: AppOptions & Pick<Form, 'cookies'>): void {
  const { journal, clock, access, live } = options;
  const verification = journal === undefined ? undefined : new Verification(journal, clock);
  const given = { ...options, journal, verification, openApi: options.openApi };
  addPlainRoutes(app, given);
  addLogin(app, given);
  addPages(app, given);
  addActions(app, given);
  addApi(app, given);
  addEvents(app, live, (session) => access.sessions.find(session, false) !== undefined);
}

/** Every failure becomes one sentence, and no more of it than whoever asks can do something about. */
function answerTrouble(app: FastifyInstance, log: Log): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    if (error instanceof InputError) return refuse(request, reply, statusOf(request), error.message);
    const status = error.statusCode ?? 500;
    if (status === 502) return refuse(request, reply, 502, error.message);
    if (status === 403)
      return refuse(request, reply, 403, 'This form is not ours, or too old: load the page again.');
    if (status === 429) return refuse(request, reply, 429, 'Too many requests: wait a minute.');
    if (status < 500)
      return refuse(request, reply, status, clientSentences[status] ?? 'This request cannot be read.');
    log.error({ error: error.message, path: request.routeOptions.url }, 'a request could not be answered');
    return refuse(request, reply, 500, 'This could not be shown; the log says why.');
  });
  app.setNotFoundHandler((request, reply) => refuse(request, reply, 404, 'Not found.'));
}

const clientSentences: Readonly<Record<number, string>> = {
  413: 'What was sent is too large.',
  415: 'What was sent is of a kind that is not taken here.',
};

/** Whoever may not come in by the identity provider made no mistake in what he sent. */
function statusOf({ url }: FastifyRequest): number {
  return url.startsWith('/oidc/') ? 403 : 422;
}

const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'] as const;

/** A path that is known answers the methods that it does not take with those that it takes. */
function refuseOtherMethods(app: FastifyInstance, known: ReadonlyMap<string, ReadonlySet<string>>): void {
  for (const [url, taken] of known) {
    const allow = [...taken].join(', ');
    const method = methods.filter((one) => !taken.has(one));
    app.route({
      url,
      method,
      config: { needs: 'nobody' },
      onRequest: (request: FastifyRequest, reply: FastifyReply) => {
        refuse(request, reply.header('allow', allow), 405, `Only ${allow} are answered here.`);
      },
      handler: (_request, reply) => reply,
    });
  }
}
