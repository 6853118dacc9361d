/** Lets the incidents of a run happen, and makes peace at its end. */
import { faultsOf, type Reachability } from '../../src/simulator/faults.js';
import type { SimController, SimUser } from '../../src/simulator/world/state.js';
import { grudge, meddle, modelsOf } from './administrator.js';
import type { Chance } from './chance.js';
import { deedText, type Deed, type Incident } from './incidents.js';
import { decide, goOn, type Office } from './persons.js';
import { aPolicy, policyText } from './policies.js';
import type { Simulation } from './simulation.js';

/** A controller without sockets. */
const noSockets: Reachability = {
  stop: () => Promise.resolve(),
  resume: () => Promise.resolve(),
  drop: () => undefined,
};

type Of<K extends Deed['kind']> = Extract<Deed, { kind: K }>;

export class Stage {
  readonly #run: Simulation;
  readonly #ends: (() => void)[] = [];
  #isOver = false;

  constructor(run: Simulation) {
    this.#run = run;
  }

  schedule(incidents: readonly Incident[]): void {
    for (const { id, at, deed } of incidents) {
      const own = this.#run.chance.fork(`deed ${id}`);
      this.#run.kernel.after(at, () => {
        if (this.#isOver) return;
        this.#run.trace.add(`incident ${id}: ${deedText(deed)}`);
        this.#run.trouble.count(deed.kind);
        this.#happen(deed, own);
      });
    }
  }

  /** Nothing goes wrong any more, and everybody goes home. */
  async calm(): Promise<void> {
    this.#isOver = true;
    this.#run.trace.add('the trouble is over');
    this.#run.trouble.end();
    for (const end of this.#ends.splice(0)) end();
    for (const controller of this.#run.world.controllers.values())
      await faultsOf(controller, noSockets).clear();
    this.#run.disk.full = undefined;
    this.#run.disk.crashPoint = undefined;
    this.#run.slowness = 0;
    await goOn(this.#office());
  }

  #happen(deed: Deed, chance: Chance): void {
    const run = this.#run;
    switch (deed.kind) {
      case 'api':
      case 'cli':
        run.trouble.begin(deed, chance);
        // Trouble with calls is worth most while there is something to do.
        this.#busyBody(this.#controller(deed.controller), chance.whole(0, 3), chance.fork('busy'));
        return;
      case 'probe':
        run.trouble.begin(deed, chance);
        return;
      case 'crash':
        run.end(run.life, deed.down);
        return;
      case 'crash-at-write':
        run.disk.crashPoint = { left: deed.nth, side: deed.side };
        return;
      case 'restart':
        void this.#restart(deed);
        return;
      case 'clock-jump':
        run.host.skew += deed.by;
        run.oracle.clockJumped();
        return;
      case 'disk-full':
        this.#whileItLasts(deed.ms, () => {
          run.disk.full = 'no space left on device';
          return () => (run.disk.full = undefined);
        });
        return;
      case 'slow-disk':
        this.#whileItLasts(deed.ms, () => {
          run.slowness = 2000;
          return () => (run.slowness = 0);
        });
        return;
      case 'person':
        void this.#person(chance);
        return;
      case 'new-policy':
        void this.#newPolicy(chance);
        return;
      default:
        this.#toController(deed, this.#controller(deed.controller), chance);
    }
  }

  #toController(
    deed: Of<'permission-lost' | 'upgrade' | 'migration' | 'administrator' | 'fight'>,
    controller: SimController,
    chance: Chance,
  ): void {
    const faults = faultsOf(controller, noSockets);
    switch (deed.kind) {
      case 'upgrade':
        this.#whileItLasts(deed.ms, () => {
          faults.upgrade(deed.refuses);
          return () => {
            faults.upgrade('none');
          };
        });
        return;
      case 'migration': {
        const { name } = chance.pick(modelsOf(controller));
        this.#whileItLasts(deed.ms, () => {
          faults.migration(name, 'migrating: exporting model');
          return () => {
            faults.migration(name, undefined);
          };
        });
        return;
      }
      case 'permission-lost':
        this.#whileItLasts(deed.ms, () => losePermission(controller, deed.who));
        return;
      case 'administrator':
        this.#busyBody(controller, deed.times, chance);
        return;
      case 'fight':
        this.#fight(controller, deed, chance);
    }
  }

  #busyBody(controller: SimController, times: number, chance: Chance): void {
    if (this.#isOver || times === 0) return;
    this.#meddled(controller, meddle(controller, chance));
    this.#run.kernel.after(chance.between(0, 60_000), () => {
      this.#busyBody(controller, times - 1, chance);
    });
  }

  #fight(controller: SimController, { every, ms }: Of<'fight'>, chance: Chance): void {
    const act = grudge(controller, chance);
    const end = this.#run.kernel.now() + ms;
    const again = (): void => {
      if (this.#isOver || this.#run.kernel.now() > end) return;
      this.#meddled(controller, act?.());
      this.#run.kernel.after(every, again);
    };
    again();
  }

  #meddled(controller: SimController, done: string | undefined): void {
    if (done === undefined) return;
    this.#run.trace.add(`administrator of ${controller.name}: ${done}`);
    this.#run.oracle.meddled(controller);
  }

  async #restart({ down }: Of<'restart'>): Promise<void> {
    const run = this.#run;
    const { daemon, life } = run;
    if (daemon === undefined || life === undefined) return;
    // What a service manager waits for a service to stop.
    await Promise.race([daemon.stop(), run.kernel.sleep(90_000)]);
    run.end(life, down);
  }

  async #person(chance: Chance): Promise<void> {
    const said = await decide(this.#office(), chance);
    if (said !== undefined) this.#run.trace.add(`alice: ${said}`);
  }

  async #newPolicy(chance: Chance): Promise<void> {
    const run = this.#run;
    run.policy = aPolicy(chance, [...run.world.controllers.keys()], run.kernel.now());
    run.trace.add(`policy ${policyText(run.policy)}`);
    run.oracle.newPolicy();
    await run.daemon?.reload(run.policy);
  }

  /** Begins something that ends by itself after `ms`, or with the trouble. */
  #whileItLasts(ms: number, begin: () => () => void): void {
    const end = begin();
    this.#ends.push(end);
    this.#run.kernel.after(ms, () => {
      if (!this.#isOver) end();
    });
  }

  #controller(name: string): SimController {
    const controller = this.#run.world.controllers.get(name);
    if (controller === undefined) throw new Error(`the simulation has no controller ${name}`);
    return controller;
  }

  #office(): Office {
    const run = this.#run;
    return {
      shadow: run.oracle.shadow,
      disk: run.disk,
      journal: run.journal,
      daemon: () => run.daemon,
      now: () => run.kernel.now() + run.host.skew,
    };
  }
}

/** How many incidents hold a user's rights, and how they come back when the last of them is over. */
const losses = new WeakMap<object, { times: number; giveBack: () => void }>();

/** Takes one of our identities its rights; the function returned gives them back. */
function losePermission(controller: SimController, who: Of<'permission-lost'>['who']): () => void {
  const user = controller.users.get(who);
  if (user === undefined) return () => undefined;
  const loss = losses.get(user) ?? { times: 0, giveBack: takeRights(controller, user) };
  loss.times += 1;
  losses.set(user, loss);
  return () => {
    loss.times -= 1;
    if (loss.times > 0) return;
    losses.delete(user);
    loss.giveBack();
  };
}

function takeRights(controller: SimController, user: SimUser): () => void {
  const who = user.name;
  if (who === 'remediator') {
    user.disabled = true;
    return () => (user.disabled = false);
  }
  if (who === 'auditor') {
    const { access } = user;
    user.access = 'login';
    return () => (user.access = access);
  }
  const models = modelsOf(controller);
  const levels = models.map(({ users }) => users.get(who));
  for (const { users } of models) users.delete(who);
  return () => {
    for (const [index, { users }] of models.entries()) {
      const level = levels[index];
      if (level !== undefined) users.set(who, level);
    }
  };
}
