import { randomBytes } from 'node:crypto';
import type { Clock } from '../../../core/ports/index.js';
import { longestSince, presentOf, type Moment } from '../../../core/stopwatch.js';
import type { Principal } from './principal.js';

/** Told once, on the next page that is shown. */
export interface Notice {
  readonly kind: 'good' | 'bad';
  readonly text: string;
}

export interface Session {
  readonly id: string;
  readonly who: Principal;
  /** What the login rests on: with it gone the session ends. The digest of a token; '' for OpenID Connect. */
  readonly restsOn: string;
  readonly began: Moment;
  /** ms, in use or not. */
  readonly lasts: number;
  lastUsed: Moment;
  notice?: Notice | undefined;
}

/** A session that nobody used for so long ends, ms. */
const idleFor = 2 * 3600_000;
const mostSessions = 1000;

/** Sessions of the page, in memory: a restart ends them. */
export class Sessions {
  readonly #clock: Clock;
  readonly #sessions = new Map<string, Session>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** `lasts` seconds, in use or not. Beyond the most that are kept the oldest goes. */
  begin(who: Principal, restsOn: string, lasts: number): Session {
    const now = presentOf(this.#clock);
    for (const old of this.#sessions.values()) if (!this.#isAlive(old)) this.#sessions.delete(old.id);
    const first = this.#sessions.keys().next();
    if (this.#sessions.size >= mostSessions && first.done !== true) this.#sessions.delete(first.value);
    const id = randomBytes(32).toString('base64url');
    const session: Session = { id, who, restsOn, began: now, lasts: lasts * 1000, lastUsed: now };
    this.#sessions.set(id, session);
    return session;
  }

  /** Undefined where there is none, or none any more. What a page asks by itself is no use of the session. */
  find(id: string, isUsed: boolean): Session | undefined {
    const session = this.#sessions.get(id);
    if (session === undefined) return undefined;
    if (!this.#isAlive(session)) {
      this.#sessions.delete(id);
      return undefined;
    }
    if (isUsed) session.lastUsed = presentOf(this.#clock);
    return session;
  }

  end(id: string): void {
    this.#sessions.delete(id);
  }

  /** Ends those of whom this is said. */
  endWhere(isOver: (session: Session) => boolean): void {
    for (const session of this.#sessions.values()) if (isOver(session)) this.#sessions.delete(session.id);
  }

  #isAlive({ began, lasts, lastUsed }: Session): boolean {
    return longestSince(began, this.#clock) < lasts && longestSince(lastUsed, this.#clock) < idleFor;
  }
}
