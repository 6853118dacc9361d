import type { JujuHealth } from '../../core/ports/index.js';
import type { Attend, Attention } from '../../core/ports/sharing.js';
import { sentenceOf, troubleOf } from '../api/api-error.js';
import type { ControllerFacts } from './controller-facts.js';
import { Loop } from './loop.js';
import { ModelWatch } from './model-watch.js';
import { jittered, Pace } from './pace.js';
import { readModelList, type ListedModel } from './read-models.js';
import type { Shared } from './shared.js';
import { readingOf } from './slot.js';
import { StateKeeper } from './state-keeper.js';
import type { ModelState } from '../../core/snapshot.js';

/** Which of the models that we may see are followed. */
export type Follows = (model: {
  readonly name: string;
  readonly owner: string;
  readonly uuid: string;
}) => boolean;

/** Follows one controller: its own facts, the list of its models, and each model. */
export class ControllerWatch {
  readonly keeper: StateKeeper;
  readonly facts: ControllerFacts;
  readonly #shared: Shared;
  readonly #follows: Follows;
  readonly #attend: Attend;
  readonly #models = new Map<string, ModelWatch>();
  readonly #names = new Map<string, string>();
  readonly #listLoop: Loop;
  readonly #factsLoop: Loop;
  #listed: readonly ListedModel[] = [];
  #following = Promise.resolve();
  #closed = false;
  /** Without the list nobody knows how many models there are to be read. */
  #trouble: string | undefined = 'its models have not been listed yet';

  constructor(shared: Shared, facts: ControllerFacts, follows: Follows, attend: Attend = () => 'own') {
    this.#shared = shared;
    this.#follows = follows;
    this.#attend = attend;
    this.facts = facts;
    this.keeper = new StateKeeper(shared.controller, this.#part(), shared.log);
    const { clock, random, settings } = shared;
    const listPace = new Pace({ every: settings.listEvery, most: settings.listEvery }, random);
    this.#listLoop = new Loop({
      clock,
      run: () => this.#list(),
      pause: (failure) => listPace.pause(failure),
    });
    this.#factsLoop = new Loop({
      clock,
      run: () => this.#readFacts(),
      pause: (failure) => jittered(failure === undefined ? settings.factsEvery : settings.listEvery, random),
    });
  }

  start(): void {
    this.#listLoop.start();
    this.#factsLoop.start();
  }

  async refreshModel(name: string): Promise<void> {
    if (this.#watchOf(name) === undefined) await this.#listLoop.now();
    const watch = this.#watchOf(name);
    if (watch === undefined)
      throw new Error(`there is no model ${name} that we may see on ${this.#shared.controller}`);
    await watch.refresh();
  }

  /** The list and the controller's facts; what is wrong with one model does not matter here. */
  async refreshOwn(): Promise<void> {
    await this.#listLoop.now();
    await this.#factsLoop.now();
  }

  /** Everything: the list, the controller's facts, every model. */
  async refreshAll(): Promise<void> {
    await this.#listLoop.now();
    await Promise.all([this.#factsLoop.now(), ...[...this.#models.values()].map((watch) => watch.refresh())]);
  }

  /** Asks anew how closely each model is to be followed. */
  reattend(): void {
    this.#inTurn(() => this.#follow(this.#listed)).catch((error: unknown) => {
      // The next list follows them all the same.
      this.#shared.log.debug({ trouble: sentenceOf(error) }, 'models are not followed otherwise yet');
    });
  }

  health(): Pick<JujuHealth, 'connected' | 'trouble' | 'models'> {
    return {
      connected: this.#shared.home.login !== undefined,
      ...(this.#trouble === undefined ? {} : { trouble: this.#trouble }),
      models: [...this.#models.values()].flatMap((watch) => watch.health() ?? []),
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#listLoop.stop();
    this.#factsLoop.stop();
    await Promise.all([...this.#models.values()].map((watch) => watch.close()));
  }

  #watchOf(name: string): ModelWatch | undefined {
    return [...this.#models.values()].find((watch) => this.#names.get(watch.model.uuid) === name);
  }

  async #readFacts(): Promise<void> {
    try {
      await this.facts.renew();
      this.facts.noteLogins();
    } finally {
      this.keeper.setController(this.#part());
    }
  }

  async #list(): Promise<void> {
    try {
      const listed = await this.#readList();
      this.#trouble = undefined;
      this.facts.noteLogins();
      this.#listed = listed.filter((model) => this.#wanted(model));
      await this.#inTurn(() => this.#follow(this.#listed));
    } catch (error) {
      this.#trouble = sentenceOf(error);
      this.facts.loginsFailed(error);
      throw error;
    } finally {
      this.keeper.setController(this.#part());
    }
  }

  #wanted({ name, uuid, details }: ListedModel): boolean {
    return this.#follows({ name, uuid, owner: details.owner ?? '' });
  }

  /** Two at once could follow a model twice. */
  #inTurn(act: () => Promise<void>): Promise<void> {
    const done = this.#following.then(act);
    this.#following = done.catch(() => undefined);
    return done;
  }

  /** All models for a superuser; for anybody else Juju refuses that and lists the own ones. */
  async #readList(): Promise<readonly ListedModel[]> {
    const { login } = await this.#shared.home.open();
    if (login.controllerAccess !== 'superuser') return this.#summaries(login.user, false);
    try {
      return await this.#summaries(login.user, true);
    } catch (error) {
      if (troubleOf(error) !== 'denied') throw error;
      return this.#summaries(login.user, false);
    }
  }

  async #summaries(user: string, all: boolean): Promise<readonly ListedModel[]> {
    const { clock, home, onBadName } = this.#shared;
    const askedAt = clock.now();
    const params = { 'user-tag': `user-${user}`, all };
    const { answer, call } = await home.call({
      facade: 'ModelManager',
      request: 'ListModelSummaries',
      params,
    });
    return readModelList(readingOf(call, askedAt), answer, onBadName);
  }

  async #follow(listed: readonly ListedModel[]): Promise<void> {
    const uuids = new Set(listed.map(({ uuid }) => uuid));
    const gone = [...this.#models.values()].filter(({ model }) => !uuids.has(model.uuid));
    await Promise.all(gone.map((watch) => this.#leave(watch)));
    const kept = [...this.#models.values()].map(({ model }) => model);
    const names = shownNames([...kept.filter(({ uuid }) => !uuids.has(uuid)), ...listed]);
    for (const model of listed) {
      const name = names.get(model.uuid) ?? model.name;
      const attention = this.#attend({ shown: name, name: model.name, owner: model.details.owner ?? '' });
      const watch = this.#models.get(model.uuid);
      if (watch === undefined) this.#begin(model, name, attention);
      else if (watch.attention === attention) this.#rename(watch, name);
      else await this.#turn(watch, name, attention);
    }
  }

  /** Its state goes on being shown until the new look at it begins. */
  async #turn(watch: ModelWatch, name: string, attention: Attention): Promise<void> {
    const before = this.#names.get(watch.model.uuid);
    if (before !== undefined && before !== name) this.keeper.removeModel(before);
    this.#models.delete(watch.model.uuid);
    this.#begin(watch.model, name, attention);
    await watch.close();
  }

  #begin(model: ListedModel, name: string, attention: Attention): void {
    if (this.#closed) return;
    const publish = (state: ModelState): boolean => this.keeper.setModel(state);
    const watch = new ModelWatch(this.#shared, { model, name, attention }, publish);
    this.#models.set(model.uuid, watch);
    this.#names.set(model.uuid, name);
    watch.start();
  }

  #rename(watch: ModelWatch, name: string): void {
    const before = this.#names.get(watch.model.uuid);
    if (before === name) return;
    this.#names.set(watch.model.uuid, name);
    if (before !== undefined) this.keeper.removeModel(before);
    watch.rename(name);
  }

  /** A model that left the list is gone, unless it was migrated to a controller that knows us too. */
  async #leave(watch: ModelWatch): Promise<void> {
    const { uuid } = watch.model;
    try {
      if (await watch.survives()) return;
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble === 'retryable' || trouble === 'busy') return;
    }
    const name = this.#names.get(uuid);
    this.#models.delete(uuid);
    this.#names.delete(uuid);
    await watch.close();
    if (name !== undefined) this.keeper.removeModel(name);
    this.#shared.log.info({ model: name }, 'the model is gone');
  }

  #part(): Parameters<StateKeeper['setController']>[0] {
    const { info, config, users, clouds, self } = this.facts;
    return {
      info: info.fact,
      config: config.fact,
      users: users.fact,
      clouds: clouds.fact,
      self: self.fact,
    };
  }
}

/** The short name where only one model has it, `owner/name` where several do; by UUID. */
export function shownNames(models: readonly ListedModel[]): ReadonlyMap<string, string> {
  const count = new Map<string, number>();
  for (const { name } of models) count.set(name, (count.get(name) ?? 0) + 1);
  return new Map(
    models.map(({ uuid, name, details }) => [
      uuid,
      count.get(name) === 1 ? name : `${details.owner ?? uuid}/${name}`,
    ]),
  );
}
