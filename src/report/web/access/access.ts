import type { FastifyRequest } from 'fastify';
import { asksWho, type WebPolicy } from '../../../core/policy/web.js';
import type { Clock } from '../../../core/ports/index.js';
import { Failures } from './failures.js';
import { anybodyHere, type Principal } from './principal.js';
import { Sessions, type Session } from './sessions.js';
import { bearerIn, byToken, tokenNamed } from './tokens.js';

/** What a request shows of who sent it. */
export interface Shown {
  readonly who?: Principal;
  readonly session?: Session;
  /** A token was given that is nobody's. */
  readonly wrong?: true;
  /** Seconds for which nothing more is tried with tokens from that address. */
  readonly blockedFor?: number;
}

/** Requests that a page makes by itself say so. */
export const liveHeader = 'x-holdfast-live';

/** Who may use the page: by the policy in force. */
export class Access {
  readonly sessions: Sessions;
  readonly failures: Failures;
  #web: WebPolicy;

  constructor(web: WebPolicy, clock: Clock) {
    this.#web = web;
    this.sessions = new Sessions(clock);
    this.failures = new Failures(clock);
  }

  get web(): WebPolicy {
    return this.#web;
  }

  /** Goes by another policy: who logged in by what it does not name any more is logged out. */
  adopt(web: WebPolicy): void {
    const before = this.#web.oidc;
    this.#web = web;
    const isSameProvider = JSON.stringify(before) === JSON.stringify(web.oidc);
    this.sessions.endWhere(({ restsOn, who }) =>
      restsOn === ''
        ? !isSameProvider
        : !web.tokens.some(
            ({ digest, role, name }) => digest === restsOn && role === who.role && name === who.name,
          ),
    );
  }

  /** Whether the page asks who is there. */
  asks(): boolean {
    return asksWho(this.#web);
  }

  whoAsks(request: FastifyRequest, cookie: string): Shown {
    const { authorization } = request.headers;
    if (authorization !== undefined) return this.#byHeader(authorization, request.ip);
    const session = this.#sessionOf(request, cookie);
    if (session !== undefined) return { who: session.who, session };
    return this.asks() ? {} : { who: anybodyHere };
  }

  /** Whose token it is; every wrong one counts against the address that it came from. */
  tryToken(
    token: string,
    address: string,
  ): Pick<Shown, 'who' | 'wrong' | 'blockedFor'> & { restsOn?: string } {
    const blockedFor = this.failures.waitFor(address);
    if (blockedFor > 0) return { blockedFor };
    const known = tokenNamed(this.#web, token);
    if (known !== undefined) return { who: byToken(known), restsOn: known.digest };
    this.failures.note(address);
    return { wrong: true };
  }

  #byHeader(authorization: string, address: string): Shown {
    const token = bearerIn(authorization);
    return token === undefined ? { wrong: true } : this.tryToken(token, address);
  }

  #sessionOf(request: FastifyRequest, cookie: string): Session | undefined {
    const signed = request.cookies[cookie];
    if (signed === undefined) return undefined;
    const { valid, value } = request.unsignCookie(signed);
    if (!valid) return undefined;
    return this.sessions.find(value, request.headers[liveHeader] === undefined);
  }
}
