/** Tells open pages that there is news: server-sent events. What is new they fetch themselves. */
import { createHash } from 'node:crypto';
import { PassThrough } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { Clock, Journal, Log } from '../../core/ports/index.js';
import { steadyOf } from '../../core/stopwatch.js';
import { refuse } from './refuse.js';
import type { Shown } from './shown.js';

/** ms. */
const lookEvery = 2000;
/** A proxy, or our own limit on silent connections, would cut off who says nothing for long. */
const breatheEvery = 15_000;
const mostListeners = 200;

export interface LiveOptions {
  readonly shown: () => Shown | undefined;
  readonly journal: Journal | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

interface Listener {
  readonly stream: PassThrough;
  readonly isWelcome: () => boolean;
}

export class Live {
  readonly #options: LiveOptions;
  readonly #listeners = new Set<Listener>();
  #revision = '';
  #lastBreath = -Infinity;
  #cancel: (() => void) | undefined;

  constructor(options: LiveOptions) {
    this.#options = options;
  }

  /** Undefined where too many listen already. */
  listen(isWelcome: () => boolean): PassThrough | undefined {
    if (this.#listeners.size >= mostListeners) return undefined;
    const stream = new PassThrough();
    const listener = { stream, isWelcome };
    this.#listeners.add(listener);
    stream.once('close', () => this.#listeners.delete(listener));
    stream.write(`retry: 3000\n${message(this.#revision)}`);
    this.#cancel ??= this.#soon();
    return stream;
  }

  /** There is news for sure: a person just decided something. */
  nudge(): void {
    if (this.#listeners.size > 0) void this.#look();
  }

  close(): void {
    this.#cancel?.();
    for (const { stream } of this.#listeners) stream.end();
    this.#listeners.clear();
  }

  #soon(): () => void {
    return this.#options.clock.after(lookEvery, () => {
      void this.#look().finally(() => {
        this.#cancel = this.#listeners.size === 0 ? undefined : this.#soon();
      });
    });
  }

  async #look(): Promise<void> {
    const revision = await this.#now().catch((error: unknown) => {
      this.#options.log.warn({ error }, 'whether there is news cannot be told');
      return this.#revision;
    });
    const isNews = revision !== this.#revision;
    this.#revision = revision;
    const now = steadyOf(this.#options.clock);
    const isBreath = now - this.#lastBreath >= breatheEvery;
    if (isBreath) this.#lastBreath = now;
    for (const { stream, isWelcome } of this.#listeners) {
      if (!isWelcome()) stream.end();
      else if (isNews) stream.write(message(revision));
      else if (isBreath) stream.write(':\n\n');
    }
  }

  /** Changes whenever a page could look different. */
  async #now(): Promise<string> {
    const shown = this.#options.shown();
    if (shown === undefined) return 'starting';
    const { daemon, signature } = shown;
    const last = await this.#options.journal?.auditLog({ limit: 1, newest: true });
    const parts = [
      signature,
      ...daemon.plans().map(({ id }) => id),
      daemon.remediations().at(-1)?.updatedAt ?? '',
      daemon.quarantines().length,
      daemon.pauses().length,
      daemon.readiness().reasons.join(),
      last?.[0]?.seq ?? 0,
    ];
    return createHash('sha1').update(parts.join(' ')).digest('base64url');
  }
}

function message(revision: string): string {
  return `event: news\ndata: ${JSON.stringify({ revision })}\n\n`;
}

/** `/events`. */
export function addEvents(app: FastifyInstance, live: Live, isWelcome: (session: string) => boolean): void {
  app.get('/events', (request, reply) => {
    const { session } = request;
    const stream = live.listen(() => session === undefined || isWelcome(session.id));
    if (stream === undefined) return refuse(request, reply, 503, 'Too many pages are open.');
    request.raw.once('close', () => stream.destroy());
    // It lasts as long as its connection: whoever ends the one ends the other.
    reply.header('connection', 'close').header('x-accel-buffering', 'no');
    return reply.type('text/event-stream').send(stream);
  });
}
