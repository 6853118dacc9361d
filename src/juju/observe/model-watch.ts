import { isKnown, valueOf, type Reading } from '../../core/fact.js';
import type { JujuHealth } from '../../core/ports/index.js';
import type { Attention } from '../../core/ports/sharing.js';
import { instant } from '../../core/time.js';
import type { ModelState } from '../../core/snapshot.js';
import type { Steps } from '../../core/steps.js';
import { sentenceOf } from '../api/api-error.js';
import { inSlices } from '../api/in-slices.js';
import { LastAnswer, sameAsBefore } from '../api/last-answer.js';
import type { Link } from '../api/link.js';
import type { Login } from '../api/login.js';
import { followDeltas } from './deltas.js';
import { blindStatus, fullStatusSteps, type ModelStatus } from './full-status.js';
import { layOver } from './lay-over.js';
import { Loop } from './loop.js';
import { ModelFacts } from './model-facts.js';
import { assembleModel, Assembled } from './model-state.js';
import { jittered, Pace } from './pace.js';
import type { ListedModel } from './read-models.js';
import type { Shared } from './shared.js';
import { readingOf } from './slot.js';

const statusCall = { facade: 'Client', request: 'FullStatus', params: { patterns: [] } } as const;

/** Steps of reading that are taken without a stop: those of some hundred units. */
const readAtOnce = 2000;

/** A model with the name under which it is shown, and how closely it is followed. */
interface Watched {
  readonly model: ListedModel;
  readonly name: string;
  readonly attention: Attention;
}

const elsewhere = 'another unit of Holdfast watches this model';

/** As seldom as the slow facts. */
function slowed(shared: Shared): Shared {
  const { factsEvery, maxAge } = shared.settings;
  const paced = { statusEvery: factsEvery, statusMost: factsEvery, maxAge: factsEvery + maxAge };
  return { ...shared, settings: { ...shared.settings, ...paced } };
}

/** Takes a model's new state; true when it says something else than the last one. */
export type Publish = (state: ModelState) => boolean;

/** Follows one model: polls its status, reads the slower facts, and gives up facts that grew too old. */
export class ModelWatch {
  readonly model: ListedModel;
  readonly attention: Attention;
  readonly #shared: Shared;
  readonly #link: Link;
  readonly #facts: ModelFacts;
  readonly #pace: Pace;
  readonly #statusLoop: Loop;
  readonly #factsLoop: Loop;
  readonly #publish: Publish;
  #name: string;
  #status: ModelStatus;
  #lastRead: number | undefined;
  #lastBegun = 0;
  #trouble: string | undefined;
  #factsTrouble: string | undefined;
  #closed = false;
  #watched: Login | undefined;
  /** Another login may be to another version of Juju, whose answers are read anew. */
  #asked: Login | undefined;
  readonly #last = new LastAnswer();
  readonly #assembled = new Assembled();
  #cancelStale: () => void = () => undefined;
  #cancelWake: (() => void) | undefined;

  constructor(given: Shared, { model, name, attention }: Watched, publish: Publish) {
    const shared = attention === 'slow' ? slowed(given) : given;
    this.model = model;
    this.attention = attention;
    this.#shared = shared;
    this.#name = name;
    this.#publish = publish;
    this.#link = shared.pool.modelLink(model.uuid, shared.observer);
    this.#facts = new ModelFacts(shared, this.#link, model);
    const { clock, random, settings } = shared;
    this.#pace = new Pace({ every: settings.statusEvery, most: settings.statusMost }, random);
    const gap = attention === 'none' ? elsewhere : 'not read yet';
    this.#status = blindStatus(readingOf('Client.FullStatus', clock.now()), gap);
    this.#statusLoop = new Loop({
      clock,
      run: () => this.#readStatus(),
      pause: (failure) => this.#pace.pause(failure),
    });
    this.#factsLoop = new Loop({
      clock,
      run: () => this.#readFacts(),
      pause: (failure) => jittered(failure === undefined ? settings.factsEvery : settings.statusMost, random),
    });
  }

  start(): void {
    if (this.attention !== 'none') this.#expectFresh();
    this.#show();
    if (this.attention !== 'none') this.#statusLoop.start();
  }

  /** The name under which the model is shown; it is longer while another model has the same short name. */
  rename(name: string): void {
    if (name === this.#name) return;
    this.#name = name;
    this.#show();
  }

  /** Whether the model still answers, be it from the controller that it was migrated to. */
  async survives(): Promise<boolean> {
    if (this.attention === 'none') return false;
    // Where a model went is told at login only.
    await this.#link.rest();
    await this.#statusLoop.now();
    return this.#link.moved;
  }

  /** Reads status, then all other facts, beginning after this call. */
  async refresh(): Promise<void> {
    if (this.attention === 'none') throw new Error(elsewhere);
    this.#pace.hasten();
    await this.#statusLoop.now();
    await this.#factsLoop.now();
  }

  /** Undefined where it is not this unit that watches it. */
  health(): JujuHealth['models'][number] | undefined {
    if (this.attention === 'none') return undefined;
    const trouble = this.#trouble ?? this.#factsTrouble;
    return {
      model: this.#name,
      interval: this.#pace.interval / 1000,
      ...(this.#lastRead === undefined ? {} : { lastRead: instant(this.#lastRead) }),
      ...(trouble === undefined ? {} : { trouble }),
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#statusLoop.stop();
    this.#factsLoop.stop();
    this.#cancelStale();
    this.#cancelWake?.();
    await this.#link.close();
  }

  async #readStatus(): Promise<void> {
    try {
      // Connecting may take long: it takes no turn from others, and the look begins with the question.
      await this.#link.open();
      await this.#shared.statusSlots.run(() => this.#lookAtStatus());
    } catch (error) {
      this.#last.forget();
      this.#troubled(error);
      throw error;
    }
    // It may have ended while a large answer was read: nothing shall be begun then.
    if (this.#closed) return;
    this.#trouble = undefined;
    this.#expectFresh();
    this.#pace.looked(this.#show());
    this.#watchDeltas();
    if (!this.#factsLoop.running && !this.#facts.covers(this.#applications())) this.#factsLoop.start();
  }

  async #lookAtStatus(): Promise<void> {
    const begun = this.#shared.clock.now();
    this.#lastBegun = begun;
    if (this.#asked !== this.#link.login) this.#last.forget();
    this.#asked = this.#link.login;
    const { answer, call } = await this.#link.call(statusCall, { last: this.#last });
    if (answer !== sameAsBefore)
      this.#status = await inSlices(this.#reading(readingOf(call, begun), answer), readAtOnce);
    this.#lastRead = begun;
  }

  *#reading(reading: Reading, answer: unknown): Steps<ModelStatus> {
    const before = this.#status;
    return yield* layOver(before, yield* fullStatusSteps(reading, answer, this.#shared.onBadName));
  }

  async #readFacts(): Promise<void> {
    try {
      await this.#facts.renew(this.#applications());
      this.#factsTrouble = undefined;
    } catch (error) {
      this.#factsTrouble = `not all facts could be read: ${sentenceOf(error)}`;
      throw error;
    } finally {
      this.#show();
    }
  }

  /** Applications that can be asked about. */
  #applications(): readonly string[] {
    return Object.values(this.#status.applications)
      .filter(({ status }) => isKnown(status) && valueOf(status)?.life !== 'dead')
      .map(({ name }) => name);
  }

  #show(): boolean {
    if (this.#closed) return false;
    const { controller } = this.#shared;
    const place = { controller, name: this.#name, model: this.model };
    return this.#publish(assembleModel(place, this.#status, this.#facts, this.#assembled));
  }

  #troubled(error: unknown): void {
    const trouble = sentenceOf(error);
    if (trouble !== this.#trouble)
      this.#shared.log.warn({ model: this.#name, trouble }, 'the model cannot be read');
    this.#trouble = trouble;
  }

  /** Turns the status unknown unless it is read again in time. */
  #expectFresh(): void {
    this.#cancelStale();
    const { clock, settings } = this.#shared;
    this.#cancelStale = clock.after(settings.maxAge, () => {
      const since = this.#lastRead === undefined ? 'never read' : `not read since ${instant(this.#lastRead)}`;
      const reason = `the model was ${since}: ${this.#trouble ?? 'Juju does not answer'}`;
      this.#last.forget();
      this.#status = blindStatus(readingOf('Client.FullStatus', clock.now()), reason, this.#status);
      this.#show();
    });
  }

  #watchDeltas(): void {
    const login = this.#link.login;
    if (this.attention !== 'own') return;
    if (login === undefined || login === this.#watched || login.facades['AllWatcher'] === undefined) return;
    this.#watched = login;
    followDeltas(this.#link, () => {
      this.#wake();
    }).catch((error: unknown) => {
      // Only a hint: polling goes on, and the next connection tries again.
      this.#shared.log.debug({ model: this.#name, trouble: sentenceOf(error) }, 'no wake-ups from Juju');
    });
  }

  #wake(): void {
    if (this.#cancelWake !== undefined) return;
    const { clock, settings } = this.#shared;
    // A clock that was set back must not make the pause longer than it was meant to be.
    const left = Math.min(settings.wakeAfter, this.#lastBegun + settings.wakeAfter - clock.now());
    const pause = Math.max(0, left);
    this.#cancelWake = clock.after(pause, () => {
      this.#cancelWake = undefined;
      this.#statusLoop.start();
    });
  }
}
