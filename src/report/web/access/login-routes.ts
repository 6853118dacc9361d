/** Logging in and out. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { InputError } from '../../../core/input-error.js';
import type { Clock, Log } from '../../../core/ports/index.js';
import { formOwner, type CookieForm } from '../cookies.js';
import { field } from '../form.js';
import { refuse } from '../refuse.js';
import { loginPage } from '../views/login.js';
import type { Access } from './access.js';
import { Oidc, ProviderTrouble } from './oidc.js';
import type { Principal } from './principal.js';

export interface LoginOptions {
  readonly access: Access;
  readonly cookies: CookieForm;
  readonly clock: Clock;
  readonly log: Log;
}

/** Tries at logging in a minute, from one address. */
const perMinute = { rateLimit: { max: 30, timeWindow: 60_000 } };
const open = { config: { needs: 'nobody', ...perMinute } } as const;

export function addLogin(app: FastifyInstance, options: LoginOptions): void {
  app.get('/login', open, (request, reply) => showLogin(request, reply, options));
  app.post('/login', open, (request, reply) => logIn(request, reply, options));
  app.post('/logout', open, (request, reply) => logOut(request, reply, options));
  addOidc(app, options);
}

interface Asked {
  readonly wrong?: string;
}

function showLogin(
  request: FastifyRequest,
  reply: FastifyReply,
  { access }: LoginOptions,
  { wrong }: Asked = {},
): FastifyReply {
  const query = request.query as Readonly<Record<string, unknown>>;
  const { tokens, oidc } = access.web;
  const page = loginPage({
    csrf: reply.generateCsrf({ userInfo: formOwner(request) }),
    next: within(query['next'] ?? field(request.body, 'next')),
    byToken: tokens.length > 0,
    byOidc: oidc !== undefined,
    wrong,
  });
  return reply.type('text/html; charset=utf-8').send(page.toString());
}

function logIn(request: FastifyRequest, reply: FastifyReply, options: LoginOptions): FastifyReply {
  const { access } = options;
  const token = field(request.body, 'token')?.trim() ?? '';
  const { who, restsOn = '', blockedFor } = access.tryToken(token, request.ip);
  if (blockedFor !== undefined) {
    reply.code(429).header('retry-after', blockedFor);
    return showLogin(request, reply, options, { wrong: 'Too many wrong tokens: wait a minute.' });
  }
  if (who === undefined) {
    reply.code(401);
    return showLogin(request, reply, options, { wrong: 'This token is nobody’s.' });
  }
  beginSession({ request, reply }, { who, restsOn }, options);
  return reply.redirect(within(field(request.body, 'next')), 303);
}

function logOut(
  request: FastifyRequest,
  reply: FastifyReply,
  { access, cookies }: LoginOptions,
): FastifyReply {
  if (request.session !== undefined) access.sessions.end(request.session.id);
  return reply.clearCookie(cookies.session, cookies.options).redirect('/login', 303);
}

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** A new one, whatever the browser had before: nobody can have planted its id. */
function beginSession(
  { request, reply }: Exchange,
  { who, restsOn }: { readonly who: Principal; readonly restsOn: string },
  { access, cookies, log }: LoginOptions,
): void {
  if (request.session !== undefined) access.sessions.end(request.session.id);
  const session = access.sessions.begin(who, restsOn, access.web.session);
  reply.setCookie(cookies.session, session.id, cookies.options);
  log.info({ name: who.name, role: who.role, login: who.via['login'] }, 'somebody logged in');
}

/** A path of ours, never another site's. */
function within(next: unknown): string {
  return typeof next === 'string' && /^\/(?![/\\])[^\\\s]*$/.test(next) && !next.startsWith('/login')
    ? next
    : '/';
}

function addOidc(app: FastifyInstance, options: LoginOptions): void {
  const provider = oidcOf(options);
  const { cookies } = options;
  const short = { ...cookies.options, maxAge: 600 };
  app.get('/oidc/start', open, async (request, reply) => {
    const oidc = provider();
    if (oidc === undefined) return refuse(request, reply, 404, 'Not found.');
    const { next } = request.query as Readonly<Record<string, unknown>>;
    const { to, state } = await withProvider(() => oidc.begin(within(next)), options.log);
    return reply.setCookie(cookies.login, state, short).redirect(to.href, 303);
  });
  app.get('/oidc/callback', open, async (request, reply) => {
    const oidc = provider();
    const state = stateIn(request, cookies.login);
    if (oidc === undefined || state === undefined)
      return refuse(request, reply, 403, 'This login was not begun here: begin again.');
    const query = request.url.slice('/oidc/callback'.length);
    const { who, next } = await withProvider(() => oidc.end(state, query), options.log);
    beginSession({ request, reply }, { who, restsOn: '' }, options);
    return reply.clearCookie(cookies.login, cookies.options).redirect(next, 303);
  });
}

/** What went wrong between us and the provider is for the log; nothing in it is secret. */
async function withProvider<T>(ask: () => Promise<T>, log: Log): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof InputError) throw error;
    const { message, error: code, error_description: description } = error as ProviderError;
    log.warn({ error: message, code, description }, 'a login by the identity provider failed');
    throw new ProviderTrouble();
  }
}

interface ProviderError {
  readonly message?: string;
  readonly error?: string;
  readonly error_description?: string;
}

/** The browser that began the login has this in its cookie; nobody else could end it. */
function stateIn(request: FastifyRequest, cookie: string): string | undefined {
  const { valid, value } = request.unsignCookie(request.cookies[cookie] ?? '');
  return valid ? value : undefined;
}

/** The provider of the policy in force. */
function oidcOf({ access, clock, log }: LoginOptions): () => Oidc | undefined {
  let made: { readonly of: string; readonly oidc: Oidc } | undefined;
  return () => {
    const { oidc, url } = access.web;
    if (oidc === undefined || url === undefined) return undefined;
    const of = JSON.stringify([oidc, url]);
    if (made?.of !== of) made = { of, oidc: new Oidc({ oidc, url, clock, log }) };
    return made.oidc;
  };
}
