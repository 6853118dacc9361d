/** Which passwords were changed when: from the journal, and as a fact for the controls. */
import { known, unknown, type Fact, type Reading } from '../../core/fact.js';
import type { RotationAction } from '../../core/action/rotation.js';
import type { Clock, Journal, Rotation, Write } from '../../core/ports/index.js';
import type { PasswordChange } from '../../core/snapshot.js';
import { instant, millis } from '../../core/time.js';

type Place = Pick<Rotation, 'controller' | 'user' | 'model' | 'application'>;

export class RotationHistory {
  private readonly store: Journal;
  private readonly clock: Clock;
  private readonly all = new Map<string, Rotation>();
  private readonly facts = new Map<string, Fact<readonly PasswordChange[]>>();

  constructor(store: Journal, clock: Clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Reads the journal. */
  async load(): Promise<void> {
    for (const rotation of await this.store.rotations()) this.remember(rotation);
  }

  /** The same object as long as nothing changed. */
  fact(controller: string): Fact<readonly PasswordChange[]> {
    const before = this.facts.get(controller);
    if (before !== undefined) return before;
    const reading: Reading = {
      source: { road: 'journal', call: 'rotations' },
      at: instant(this.clock.now()),
    };
    const health = this.store.health();
    const fact =
      health.state === 'ok'
        ? known(reading, this.doneOn(controller))
        : unknown(reading, `the journal cannot be used: ${health.reason}`);
    if (health.state === 'ok') this.facts.set(controller, fact);
    return fact;
  }

  /** Users whose change was begun and not seen to work. */
  cutOff(): readonly Rotation[] {
    return [...this.all.values()].filter((one) => {
      if (one.state !== 'begun' || one.model !== undefined) return false;
      const done = this.all.get(keyOf({ ...one, state: 'done' }));
      return done === undefined || millis(done.at) < millis(one.at);
    });
  }

  /** What has to be on disk before anything is changed. */
  begin(action: RotationAction): readonly Write[] {
    const now = instant(this.clock.now());
    return placesOf(action).map((place) => this.write({ ...place, state: 'begun', at: now }));
  }

  done(action: RotationAction): readonly Write[] {
    return placesOf(action).map((place) => this.end(place));
  }

  end(place: Place): Write {
    const { controller, user, model, application } = place;
    const now = instant(this.clock.now());
    const where = model === undefined || application === undefined ? {} : { model, application };
    return this.write({ controller, user, ...where, state: 'done', at: now });
  }

  private write(rotation: Rotation): Write {
    this.remember(rotation);
    return { type: 'rotation', rotation };
  }

  private remember(rotation: Rotation): void {
    this.all.set(keyOf(rotation), rotation);
    this.facts.delete(rotation.controller);
  }

  private doneOn(controller: string): readonly PasswordChange[] {
    return [...this.all.values()].flatMap(({ state, controller: at, ...change }) =>
      state === 'done' && at === controller ? [change] : [],
    );
  }
}

function keyOf({ controller, model, application, user, state }: Place & Pick<Rotation, 'state'>): string {
  return JSON.stringify([controller, model, application, user, state]);
}

/** The accounts that an action is about. Models go by owner and name: names alone are not unique. */
function placesOf(action: RotationAction): readonly Place[] {
  if (action.type === 'rotate-user-password') return [{ controller: action.controller, user: action.user }];
  const { model, application, users } = action;
  const { controller, owner, model: name } = model;
  return users.map((user) => ({ controller, model: `${owner}/${name}`, application, user }));
}
