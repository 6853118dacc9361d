/** Carries plans out, one step at a time in each place, and believes only what is observed afterwards. */
import type { OwnChange } from '../core/drift/culprits.js';
import { isKnown } from '../core/fact.js';
import type { Proposal } from '../core/plan.js';
import type { Pace } from '../core/policy/policy.js';
import type {
  CliResult,
  Clock,
  HeldStep,
  Journal,
  JujuCli,
  Log,
  Pause,
  Quarantine,
  Random,
  StepRails,
  Telemetry,
  Write,
} from '../core/ports/index.js';
import type { Hold } from '../core/rails/index.js';
import { Aftermath } from './aftermath.js';
import { Carrier, type Call, type RotationMeans } from './carrier.js';
import { Doubts } from './doubts.js';
import { Holding } from './holding.js';
import type { Ledger } from './ledger.js';
import { rebased, troubledBy, dyingRelation, afterCall, type Look, type Pending } from './pending.js';
import { Records } from './records.js';
import type { Result } from './runner.js';
import type { Scene } from './scene.js';
import type { SettleWatch } from './settle.js';
import type { Shares } from './sharing/shares.js';
import { Slots } from './slots.js';
import { Standings, type Why } from './standings.js';
import type { Tally } from './tally.js';
import { isHidden } from './verify.js';
import type { Work } from './work.js';

export interface RemediatorOptions {
  readonly cliFor: (controller: string) => JujuCli | undefined;
  readonly store: Journal;
  readonly shares: Shares;
  readonly ledger: Ledger;
  readonly tally: Tally;
  readonly settle: SettleWatch;
  readonly clock: Clock;
  readonly random: Random;
  readonly telemetry: Telemetry;
  readonly log: Log;
  readonly pace: () => Pace;
  /** Names of our own identities on a controller. */
  readonly ourselves: (controller: string) => readonly string[];
  /** Whether changes may still be begun at a place. */
  readonly mayBegin: (key: string) => boolean;
  /** Whether every step needs a person's approval, whatever the policy lets through. */
  readonly askAlways: boolean;
  /** Absent: no passwords are changed. */
  readonly rotation?: RotationMeans | undefined;
}

/** Processes at once on one controller. */
const mostCalls = 4;

const noRemediator: Why = {
  reason: 'NoRemediator',
  message: 'the policy gives no remediator identity for this controller',
};
const notReadAnew: Why = {
  reason: 'NotReadAnew',
  message: 'the place could not be read right before the change',
};

export class Remediator {
  private readonly options: RemediatorOptions;
  private readonly pending = new Map<string, Pending>();
  private readonly doubts = new Doubts();
  private readonly calls = new Slots(mostCalls);
  private readonly standings: Standings;
  private readonly records: Records;
  private readonly carrier: Carrier;
  private readonly aftermath: Aftermath;
  private readonly holding: Holding;
  /** Places where a change is about to be made, which takes facts read for it. */
  private readonly awaited = new Set<string>();

  constructor(options: RemediatorOptions) {
    this.options = options;
    this.records = new Records(options.clock);
    const parts = { ...options, records: this.records, writeAt: options.shares.writeAt };
    this.standings = new Standings(parts);
    this.carrier = new Carrier(parts);
    this.holding = new Holding({ ...parts, standings: this.standings, doubts: this.doubts });
    this.aftermath = new Aftermath({
      ...parts,
      standings: this.standings,
      carrier: this.carrier,
      pending: this.pending,
      doubts: this.doubts,
    });
  }

  /** Goes on with what was under way, or in doubt, when the program ended. */
  resume(key: string, pending: Pending, state: 'pending' | 'doubt'): void {
    if (state === 'pending') this.pending.set(key, pending);
    else this.doubts.add(key, pending);
  }

  /** Whether a change is being verified here. */
  isVerifying(key: string): boolean {
    return this.pending.has(key);
  }

  /** Whether the place has to be read anew before `advance`: nothing is changed, or believed, on older facts. */
  needsReading(key: string): boolean {
    return this.pending.has(key) || this.awaited.has(key);
  }

  /** The next move at this place, and when to look again. */
  async advance(scene: Scene): Promise<Result> {
    const pending = this.pending.get(scene.key);
    const look = this.lookAt(scene);
    if (pending !== undefined)
      return this.aftermath.follow(rebased(pending, this.options.clock.now()), scene, look);
    const wasAwaited = this.awaited.delete(scene.key);
    this.doubts.reconsider(look);
    await this.holding.reread();
    if (this.options.store.health().state === 'ok') await this.settle(scene);
    if (scene.proposal !== undefined) return this.begin(scene.proposal, scene, wasAwaited);
    this.holding.forget(scene.key);
    return {};
  }

  /** What each rail says now of each step of a plan. */
  railsOf(hash: string): readonly StepRails[] {
    return this.holding.railsOf(hash);
  }

  /** Every hold on every step, as of the last look at its place. */
  held(): readonly HeldStep[] {
    return this.holding.held();
  }

  /** What is left alone until a person clears it. */
  quarantines(): readonly Quarantine[] {
    return this.holding.quarantines();
  }

  /** Where persons have paused changes. */
  pauses(): readonly Pause[] {
    return this.holding.pauses();
  }

  /** The changes that were made here lately, newest last. */
  changesAt(key: string): readonly OwnChange[] {
    return this.carrier.changesAt(key);
  }

  /** The place is followed no longer: nothing more will be seen of it. */
  async abandon(key: string): Promise<void> {
    // First on disk: what is forgotten here but not there would be begun a second time.
    await this.options.ledger.settle(key, [], () => false);
    this.pending.delete(key);
    this.awaited.delete(key);
    this.doubts.forget(key);
    this.holding.forget(key);
  }

  /** The place is another unit's by now: all that was under way is its. */
  drop(key: string): void {
    this.options.ledger.drop(key);
    this.pending.delete(key);
    this.awaited.delete(key);
    this.doubts.forget(key);
    this.holding.forget(key);
  }

  /** What cannot be seen at present is not settled by that, and what is in doubt not by asking for nothing more. */
  private async settle({ key, world, proposal, findings }: Scene): Promise<void> {
    const isSeen = world.model === undefined ? isKnown(world.controller.info) : isKnown(world.model.info);
    const asked = proposal?.steps.map(({ action }) => action) ?? [];
    await this.options.ledger.settle(
      key,
      asked,
      (work) => !isSeen || isHidden(work, findings) || this.doubts.concern(key, work.action),
    );
  }

  /** Takes the first step that nothing holds back. */
  private async begin(proposal: Proposal, scene: Scene, wasAwaited: boolean): Promise<Result> {
    const { work, soonest } = await this.holding.choose(proposal, scene);
    if (work !== undefined) return this.prepare(work, scene, wasAwaited);
    return soonest === undefined ? {} : { requeueAfter: soonest };
  }

  /** A step is taken on facts that were read for it: what was seen minutes ago may be mended, or worse, by now. */
  private async prepare(work: Work, scene: Scene, wasAwaited: boolean): Promise<Result> {
    const cli = this.options.cliFor(scene.world.controller.name);
    if (cli === undefined) return this.standings.postpone(scene, work, noRemediator);
    if (!this.options.mayBegin(scene.key)) return this.lookAgain();
    if (scene.fresh) return this.takeTurn(scene, () => this.carryOut(cli, work, scene));
    if (wasAwaited) return this.standings.postpone(scene, work, notReadAnew);
    this.awaited.add(scene.key);
    return { requeueAfter: 0 };
  }

  /** A controller that lets calls hang must not take up the workers that look at all others. */
  private async takeTurn(scene: Scene, act: () => Promise<Result>): Promise<Result> {
    if (!this.options.mayBegin(scene.key)) return this.lookAgain();
    const { name } = scene.world.controller;
    if (!this.calls.take(name)) return this.lookAgain();
    try {
      return await act();
    } finally {
      this.calls.give(name);
    }
  }

  /** Intent is on disk before the process is started; from then on the change is followed, come what may. */
  private async carryOut(cli: JujuCli, work: Work, scene: Scene): Promise<Result> {
    const { ledger, clock, tally } = this.options;
    const { key } = scene;
    const since = clock.now();
    const patience = dyingRelation + this.options.pace().quiet * 1000;
    const pending: Pending = {
      ...work,
      n: ledger.nextStep(key, work.action),
      begun: since,
      since,
      notBefore: since,
      patience,
      ours: false,
      troubled: troubledBy(work, scene.world),
    };
    const call: Call = { cli, key, pending, action: work.action.args, kind: 'do' };
    const running = { state: 'Running', reason: 'Running', message: work.action.effect } as const;
    const counted = tally.count('attempt', work.about);
    await ledger.stand(key, work, running, ({ id }) => [
      withId(this.carrier.intent(call), id),
      this.records.begun(work, scene.findings),
      ...counted,
    ]);
    const hold = await this.holding.recheck(work, key, counted);
    if (hold !== undefined) return this.standBack(call, hold, scene);
    this.pending.set(key, pending);
    const result = await this.carrier.run(call);
    return this.weigh(result, afterCall(pending, result, clock.now()), scene);
  }

  /** Another unit was first: nothing was started. */
  private async standBack(call: Call, { state, reason, message }: Hold, scene: Scene): Promise<Result> {
    await this.carrier.notStarted(call, message);
    return this.standings.postpone(scene, call.pending, { state, reason, message });
  }

  private async weigh(result: CliResult, pending: Pending, scene: Scene): Promise<Result> {
    const { outcome, summary: message } = result;
    if (outcome === 'done' || outcome === 'already' || outcome === 'retry') {
      this.options.ledger.goesOn(scene.key, pending.action);
      return this.aftermath.watch(pending, scene);
    }
    const next = await this.refused(outcome, pending, scene, message);
    this.pending.delete(scene.key);
    return next;
  }

  private refused(
    outcome: Exclude<CliResult['outcome'], 'done' | 'already' | 'retry'>,
    work: Work,
    scene: Scene,
    message: string,
  ): Promise<Result> {
    const { tally, ledger } = this.options;
    const postpone = (stance: Parameters<Standings['postpone']>[2]): Promise<Result> => {
      const writes = (): readonly Write[] => tally.count('refused', work.about);
      const times = ledger.postponed(scene.key, work.action);
      return this.standings.postpone(scene, work, { ...stance, writes }, times);
    };
    switch (outcome) {
      case 'blocked':
        return postpone({ reason: 'OperationBlocked', message });
      case 'denied':
        return postpone({ state: 'NeedsReview', reason: 'PermissionDenied', message });
      case 'busy':
        return postpone({ reason: 'ControllerBusy', message });
      case 'not-found':
      case 'rejected':
        return this.standings.fail(scene, work, { reason: 'Rejected', message });
    }
  }

  private lookAt(scene: Scene): Look {
    const { settle, clock, pace } = this.options;
    return { ...scene, settle, now: clock.now(), quiet: pace().quiet * 1000 };
  }

  private lookAgain(): Result {
    return { requeueAfter: this.options.pace().verifyLook * 1000 };
  }
}

function withId(write: ReturnType<Carrier['intent']>, remediation: string): typeof write {
  return write.type === 'step' ? { ...write, step: { ...write.step, remediation } } : write;
}
