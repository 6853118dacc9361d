/** What holds steps back: asks the rails, writes down what they say, and welcomes back what a person has cleared. */
import type { Proposal, ProposedStep } from '../core/plan.js';
import type {
  Clock,
  HeldStep,
  Journal,
  Mark,
  Orders,
  Pause,
  Quarantine,
  StepRails,
  Write,
} from '../core/ports/index.js';
import { heldBack, holdsOn, isPauseOver, railsFor, type Hold, type RailScene } from '../core/rails/index.js';
import { instant } from '../core/time.js';
import { Approvable } from './approvable.js';
import { beginsBefore } from './begins-before.js';
import type { Doubts } from './doubts.js';
import type { Ledger } from './ledger.js';
import type { Scene } from './scene.js';
import type { Standings } from './standings.js';
import { longestWindow, type Tally } from './tally.js';
import type { Shares } from './sharing/shares.js';
import { WordsAge } from './words-age.js';
import { quarantineId, workOf, type Work } from './work.js';

export interface HoldingOptions {
  readonly store: Journal;
  readonly shares: Pick<Shares, 'marks'>;
  readonly ledger: Ledger;
  readonly tally: Tally;
  readonly clock: Clock;
  readonly standings: Standings;
  readonly doubts: Doubts;
  /** Names of our own identities on a controller. */
  readonly ourselves: (controller: string) => readonly string[];
  /** Whether every step needs a person's approval. */
  readonly askAlways: boolean;
}

/** The first step that may be taken now, or when (ms) to look again; neither: when something happens. */
export interface Choice {
  readonly work?: Work;
  readonly soonest?: number;
}

/** How often what only a person lifts is looked at again, ms. */
const orderedAnew = 15_000;
/** How often it is looked whether a journal in trouble can be written again, ms. */
const soundAnew = 5000;
/** Between two readings of what other units have counted, ms. */
const recountedAfter = 1000;
/** Records of the audit trail among which those are that were written at the same moment. */
const trailRead = 200;
/** How far back it is read, ms: as far as the hourly cap looks, and as much again for clocks that differ. */
const recountedBack = 2 * 3_600_000;

export class Holding {
  private readonly options: HoldingOptions;
  private readonly approvable = new Approvable();
  private readonly ages: WordsAge;
  /** What the rails looked at last, by place. */
  private readonly scenes = new Map<string, RailScene>();
  /** The holds of a scene, once they were asked for. */
  private readonly holds = new WeakMap<RailScene, readonly HeldStep[]>();
  /** When what others have counted was last read, ms. */
  private recounted = -Infinity;
  private orders: Orders = { decisions: [], quarantines: [], pauses: [] };

  constructor(options: HoldingOptions) {
    this.options = options;
    this.ages = new WordsAge(options.clock);
  }

  /** Reads what persons have said. Where that cannot be read the journal's own state says so, and what they said before counts. */
  async reread(): Promise<void> {
    const { store, tally, clock } = this.options;
    const before = this.orders;
    try {
      this.orders = await store.orders();
      if (hasCleared(before, this.orders))
        tally.learn(await store.marks(instant(clock.now() - longestWindow)));
      await this.recount(recountedAfter);
    } catch (error) {
      if (store.health().state === 'ok') throw error;
    }
  }

  /**
   * Finds the first step that nothing holds back; what holds those before it is written down. Where nothing can be
   * written all of them are held, and that shows elsewhere.
   */
  async choose(proposal: Proposal, scene: Scene): Promise<Choice> {
    const { ledger, doubts } = this.options;
    const isSound = this.options.store.health().state === 'ok';
    if (isSound) for (const step of proposal.steps) await this.welcomeBack(scene, step);
    const rails = this.railScene(proposal, scene);
    this.scenes.set(scene.key, rails);
    if (!isSound) return { soonest: soundAnew };
    let soonest = Infinity;
    for (const step of proposal.steps) {
      const hold = heldBack(step, rails) ?? doubts.hold(scene.key, step.action);
      const wait = ledger.waitFor(scene.key, step.action);
      if (hold === undefined && wait === 0) return { work: workOf(step, proposal.plan) };
      soonest = Math.min(soonest, wait > 0 ? wait : await this.holdBack(hold, step, scene));
    }
    return Number.isFinite(soonest) ? { soonest } : {};
  }

  /**
   * Whether a step whose intent is written may still be begun: other units may have begun something at the same
   * moment. The audit trail has all of them in one order; what was written after this step stands back for it. `own`
   * are the marks of the step itself.
   */
  async recheck(work: Work, key: string, own: readonly Write[]): Promise<Hold | undefined> {
    if (this.options.shares.marks === undefined) return undefined;
    const rails = this.scenes.get(key);
    const step = rails?.proposal.steps.find(({ action }) => action.id === work.action.id);
    if (rails === undefined || step === undefined) return undefined;
    await this.recount(0);
    const { store, tally, clock } = this.options;
    const mine = own.flatMap((write) => (write.type === 'mark' ? [write.mark] : []));
    const trail = await store.auditLog({ limit: trailRead, newest: true });
    const begunBefore = beginsBefore(mine, trail);
    const isOthers = (mark: Mark): boolean => !mine.includes(mark) && begunBefore(mark);
    const marks = tally.of(rails.world.controller.name, isOthers);
    const orders = this.aged(await store.orders());
    return heldBack(step, { ...rails, orders, marks, journal: store.health(), now: clock.now() });
  }

  /** Takes over what other units have counted, unless that was done less than `after` ms ago. */
  private async recount(after: number): Promise<void> {
    const { shares, tally, clock } = this.options;
    const now = clock.now();
    if (shares.marks === undefined || Math.abs(now - this.recounted) < after) return;
    tally.merge(await shares.marks(now - recountedBack));
    this.recounted = now;
  }

  /** What each rail says now of each step of a plan. */
  railsOf(hash: string): readonly StepRails[] {
    const scene = [...this.scenes.values()].find(({ proposal }) => proposal.plan.hash === hash);
    if (scene === undefined) return [];
    const now = { ...scene, now: this.options.clock.now() };
    return scene.proposal.steps.map((step) => ({ actionId: step.action.id, verdicts: railsFor(step, now) }));
  }

  /** Every hold on every step, as of the last look at its place. */
  held(): readonly HeldStep[] {
    return [...this.scenes.values()].flatMap((scene) => {
      const known = this.holds.get(scene) ?? heldIn(scene);
      this.holds.set(scene, known);
      return known;
    });
  }

  quarantines(): readonly Quarantine[] {
    return this.orders.quarantines;
  }

  /** Those that are in force. */
  pauses(): readonly Pause[] {
    const now = this.options.clock.now();
    return this.orders.pauses.filter((one) => !isPauseOver(one, now));
  }

  /** Nothing is asked for at this place. */
  forget(key: string): void {
    this.scenes.delete(key);
  }

  private railScene(proposal: Proposal, { world }: Scene): RailScene {
    const { tally, store, clock, ourselves, askAlways } = this.options;
    const { name } = world.controller;
    return {
      world,
      proposal,
      orders: this.aged(this.orders),
      marks: tally.of(name),
      journal: store.health(),
      ourselves: ourselves(name),
      now: clock.now(),
      askAlways,
    };
  }

  private aged(orders: Orders): Orders {
    return { ...orders, decisions: this.ages.of(orders.decisions) };
  }

  /** A person has cleared it: it begins afresh, and what failed before counts no more. */
  private async welcomeBack({ key }: Scene, step: ProposedStep): Promise<void> {
    const { ledger, tally, doubts } = this.options;
    const before = ledger.standing(key, step.action);
    if (before === undefined || !isWithPerson(before.state) || before.reason === 'PermissionDenied') return;
    const open = new Set(this.orders.quarantines.map(({ id }) => id));
    if (before.findings.some((ref) => open.has(quarantineId(ref)))) return;
    await ledger.renew(key, step.action, tally.count('cleared', before.findings));
    doubts.clear(key, step.action);
  }

  /** Milliseconds until it should be looked at again; Infinity: when something happens. */
  private async holdBack(hold: Hold | undefined, step: ProposedStep, scene: Scene): Promise<number> {
    if (hold === undefined) return Infinity;
    const { ledger, clock } = this.options;
    const before = ledger.standing(scene.key, step.action);
    const isKept = before !== undefined && isWithPerson(before.state) && hold.state === 'Quarantined';
    // Still with a person, whatever else asks for it by now.
    const rails = this.scenes.get(scene.key);
    if (isKept && rails !== undefined) await ledger.join(scene.key, workOf(step, rails.proposal.plan));
    else await this.write(hold, step, scene);
    const lifted = hold.until === undefined ? Infinity : Math.max(0, hold.until - clock.now());
    return isForPersons(hold) ? Math.min(lifted, orderedAnew) : lifted;
  }

  /** What waits for an approval is kept with its plan; what a rail leaves alone for good, until a person clears it. */
  private async write(hold: Hold, step: ProposedStep, scene: Scene): Promise<void> {
    const rails = this.scenes.get(scene.key);
    if (rails === undefined) return;
    const { standings } = this.options;
    const work = workOf(step, rails.proposal.plan);
    const open = new Set(rails.orders.quarantines.map(({ id }) => id));
    if (hold.state === 'Quarantined' && !work.about.some((ref) => open.has(quarantineId(ref)))) {
      await standings.quarantine(scene, work, hold);
      return;
    }
    let plans: readonly Write[] = [];
    const missing = (): readonly Write[] =>
      (plans = this.approvable.missing(rails.proposal, scene.world.model));
    const isWaiting = hold.state === 'WaitingApproval';
    await standings.stand(scene, work, { ...hold, ...(isWaiting ? { writes: missing } : {}) });
    this.approvable.keep(plans);
  }
}

/** What a person cleared counts as cleared also where nothing is asked for at the moment. */
function hasCleared(before: Orders, { quarantines }: Orders): boolean {
  const left = new Set(quarantines.map(({ id }) => id));
  return before.quarantines.some(({ id }) => !left.has(id));
}

function heldIn(scene: RailScene): readonly HeldStep[] {
  const { hash, target } = scene.proposal.plan;
  return scene.proposal.steps.flatMap((step) =>
    holdsOn(step, scene).map(({ rail, hold: { state, reason } }, index) => {
      const first = index === 0;
      return { planHash: hash, actionId: step.action.id, target, rail, state, reason, first };
    }),
  );
}

/** A person's word ends these. */
function isWithPerson(state: string): boolean {
  return state === 'NeedsReview' || state === 'Quarantined' || state === 'RolledBack';
}

/** A person may lift these at any moment, in another process. */
function isForPersons({ state, reason }: Hold): boolean {
  return state === 'WaitingApproval' || state === 'Quarantined' || reason === 'Paused';
}
