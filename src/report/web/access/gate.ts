/** Stands before every route: is it our name that was asked for, who asks, and may he? */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isOurHost } from '../host.js';
import type { CookieForm } from '../cookies.js';
import { isApi, readsPages, refuse } from '../refuse.js';
import type { Needs } from '../types.js';
import type { Access } from './access.js';
import { comesFromUs, ownOrigin } from './origin.js';
import { mayDecide } from './principal.js';

export interface GateOptions {
  readonly access: Access;
  readonly cookies: CookieForm;
  readonly isSecure: boolean;
  /** Whether no more requests are taken after this one. */
  readonly isClosing: () => boolean;
  /** Host names, lower case, besides loopback and the address reached. */
  readonly names: () => ReadonlySet<string>;
}

/** Routes say in their configuration what they need; without a word they are for viewers. */
export function addGate(app: FastifyInstance, options: GateOptions): void {
  app.decorateRequest('who');
  app.decorateRequest('session');
  app.addHook('onRequest', async (request, reply) => admit(request, reply, options));
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (options.isClosing()) reply.header('connection', 'close');
    done();
  });
  app.addHook('preHandler', (request, reply, done) => {
    guardChange(app, { request, reply, done }, options);
  });
}

function admit(request: FastifyRequest, reply: FastifyReply, options: GateOptions): FastifyReply | undefined {
  reply.header('cache-control', 'no-store');
  if (!isOurHost(request.headers.host, request.socket.localAddress ?? '', options.names()))
    return refuse(request, reply, 421, 'This host name is not one of ours.');
  // A request may name a whole URL, with another host in it than its header has.
  if (request.raw.url?.startsWith('/') !== true) return refuse(request, reply, 404, 'Not found.');
  if (request.is404) return undefined;
  const { who, session, wrong, blockedFor } = options.access.whoAsks(request, options.cookies.session);
  request.who = who;
  request.session = session;
  if (blockedFor !== undefined) {
    reply.header('retry-after', blockedFor);
    return refuse(request, reply, 429, 'Too many wrong tokens came from there: wait a minute.');
  }
  if (wrong === true) return unknown(request, reply, 'This token is nobody’s.');
  return allowed(request, reply, options);
}

function allowed(
  request: FastifyRequest,
  reply: FastifyReply,
  { access }: GateOptions,
): FastifyReply | undefined {
  const needs: Needs = request.routeOptions.config.needs ?? 'viewer';
  const { who } = request;
  if (needs === 'nobody') return undefined;
  if (who === undefined) return unknown(request, reply, 'Log in first.');
  if (needs === 'viewer' || mayDecide(who)) return undefined;
  const why = access.asks()
    ? `${who.name} may look here, and not decide.`
    : 'Nobody is asked here who he is, so nothing can be decided: name web.tokens or web.oidc in the policy, or use the command line.';
  return refuse(request, reply, 403, why);
}

function unknown(request: FastifyRequest, reply: FastifyReply, sentence: string): FastifyReply {
  if (request.method === 'GET' && readsPages(request) && !isApi(request))
    return reply.redirect(`/login?next=${encodeURIComponent(request.url)}`, 303);
  reply.header('www-authenticate', 'Bearer realm="holdfast"');
  return refuse(request, reply, 401, sentence);
}

interface Passing {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly done: () => void;
}

/** A change comes from a page of ours with its token, or from a program with a bearer token. */
function guardChange(app: FastifyInstance, passing: Passing, { access, isSecure }: GateOptions): void {
  const { request, reply, done } = passing;
  if (request.method === 'GET' || request.method === 'HEAD' || request.is404) done();
  else if (!comesFromUs(request, ownOrigin(request, isSecure), access.web.url))
    refuse(request, reply, 403, 'This request comes from another site.');
  else if (request.headers.authorization !== undefined) done();
  else app.csrfProtection(request, reply, done);
}
