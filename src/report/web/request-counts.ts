import type { FastifyRateLimitStore, FastifyRateLimitStoreCtor } from '@fastify/rate-limit';
import type { Clock } from '../../core/ports/index.js';
import { steadyOf } from '../../core/stopwatch.js';

/** Whoever asks is remembered for a span; so many at once. */
const mostKnown = 5000;

interface Count {
  current: number;
  /** Steady ms. */
  readonly until: number;
}

/**
 * Counts requests of the rate limit by a clock that nobody can set: the library's own goes by the wall clock, and would
 * shut somebody out for as long as that is set back.
 */
export function requestCounts(clock: Clock): FastifyRateLimitStoreCtor {
  return class RequestCounts implements FastifyRateLimitStore {
    readonly #counts = new Map<string, Count>();

    incr(...[key, told, span]: Parameters<FastifyRateLimitStore['incr']>): void {
      const now = steadyOf(clock);
      const count = this.#countOf(key, now, span);
      count.current += 1;
      told(null, { current: count.current, ttl: count.until - now });
    }

    child(): FastifyRateLimitStore {
      return new RequestCounts();
    }

    #countOf(key: string, now: number, span: number): Count {
      const known = this.#counts.get(key);
      if (known !== undefined && known.until > now) return known;
      this.#counts.delete(key);
      const oldest = this.#counts.keys().next();
      if (this.#counts.size >= mostKnown && oldest.done !== true) this.#counts.delete(oldest.value);
      const count = { current: 0, until: now + span };
      this.#counts.set(key, count);
      return count;
    }
  };
}
