/** Carries plans out, one step at a time in each place, and believes only what is observed afterwards. */
import { isKnown } from '../core/fact.js';
import type { Finding } from '../core/finding.js';
import type { Judgement } from '../core/judgement.js';
import type { Pace } from '../core/policy/policy.js';
import type { Proposal } from '../core/plan.js';
import type { CliResult, Clock, JujuCli, Random, Step, Store, Telemetry } from '../core/ports/index.js';
import { instant } from '../core/time.js';
import { heldBack, type World } from './guard.js';
import type { Ledger } from './ledger.js';
import { Doubts } from './doubts.js';
import {
  afterCall,
  dyingRelation,
  rebased,
  troubledBy,
  verdictOn,
  type Look,
  type Pending,
  type Work,
} from './pending.js';
import type { Result } from './runner.js';
import type { SettleWatch } from './settle.js';
import { Slots } from './slots.js';
import { Standings, type Why } from './standings.js';
import { isHidden, type Doubt } from './verify.js';

export interface RemediatorOptions {
  readonly cliFor: (controller: string) => JujuCli | undefined;
  readonly store: Store;
  readonly ledger: Ledger;
  readonly settle: SettleWatch;
  readonly clock: Clock;
  readonly random: Random;
  readonly telemetry: Telemetry;
  readonly pace: () => Pace;
  /** Whether changes may still be begun. */
  readonly mayBegin: () => boolean;
}

/** One place as it looks now. */
export interface Scene {
  readonly key: string;
  /** Whether all this was read after it was last asked for (`needsReading`). */
  readonly fresh: boolean;
  readonly world: World;
  readonly proposal: Proposal | undefined;
  readonly findings: readonly Finding[];
  readonly effectOf: (finding: Finding) => Judgement | undefined;
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
const targetGone: Why = { reason: 'TargetGone', message: 'what it was made for is not judged any more' };
const unread: Doubt = { is: 'waiting', reason: 'NotObserved', message: 'not read since the change' };

export class Remediator {
  private readonly options: RemediatorOptions;
  private readonly pending = new Map<string, Pending>();
  private readonly doubts = new Doubts();
  private readonly calls = new Slots(mostCalls);
  private readonly standings: Standings;
  /** Places where a change is about to be made, which takes facts read for it. */
  private readonly awaited = new Set<string>();

  constructor(options: RemediatorOptions) {
    this.options = options;
    this.standings = new Standings(options);
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
    if (pending !== undefined) return this.follow(rebased(pending, this.options.clock.now()), scene);
    const wasAwaited = this.awaited.delete(scene.key);
    this.doubts.reconsider(this.lookAt(scene));
    await this.settle(scene);
    return scene.proposal === undefined ? {} : this.begin(scene.proposal, scene, wasAwaited);
  }

  /** The place is followed no longer: nothing more will be seen of it. */
  async abandon(key: string): Promise<void> {
    this.pending.delete(key);
    this.awaited.delete(key);
    this.doubts.forget(key);
    await this.options.ledger.settle(key, [], () => false);
  }

  /** What cannot be seen at present is not settled by that, and what is in doubt not by asking for nothing more. */
  private async settle({ key, world, proposal, findings }: Scene): Promise<void> {
    const isSeen = world.model === undefined ? isKnown(world.controller.info) : isKnown(world.model.info);
    await this.options.ledger.settle(
      key,
      proposal?.steps ?? [],
      (step) => !isSeen || isHidden(step, findings) || this.doubts.concern(key, step),
    );
  }

  /** Takes the first step that nothing holds back; what holds the others is written down. */
  private async begin({ plan, steps }: Proposal, scene: Scene, wasAwaited: boolean): Promise<Result> {
    const { ledger } = this.options;
    let soonest = Infinity;
    for (const step of steps) {
      const wait = ledger.waitFor(scene.key, step.action);
      if (wait > 0) {
        soonest = Math.min(soonest, wait);
        continue;
      }
      const hold = heldBack(step, scene.world) ?? this.doubts.hold(scene.key, step);
      if (hold === undefined) return this.prepare({ step, plan }, scene, wasAwaited);
      await ledger.stand(scene.key, step, plan, hold);
    }
    return Number.isFinite(soonest) ? { requeueAfter: soonest } : {};
  }

  /** A step is taken on facts that were read for it: what was seen minutes ago may be mended, or worse, by now. */
  private async prepare(work: Work, scene: Scene, wasAwaited: boolean): Promise<Result> {
    const cli = this.options.cliFor(scene.world.controller.name);
    if (cli === undefined) return this.standings.postpone(scene.key, work, noRemediator);
    if (scene.fresh) return this.takeTurn(scene, () => this.carryOut(cli, work, scene));
    if (wasAwaited) return this.standings.postpone(scene.key, work, notReadAnew);
    this.awaited.add(scene.key);
    return { requeueAfter: 0 };
  }

  /** A controller that lets calls hang must not take up the workers that look at all others. */
  private async takeTurn(scene: Scene, act: () => Promise<Result>): Promise<Result> {
    if (!this.options.mayBegin()) return {};
    const { name } = scene.world.controller;
    if (!this.calls.take(name)) return this.lookAgain();
    try {
      return await act();
    } finally {
      this.calls.give(name);
    }
  }

  private async carryOut(cli: JujuCli, work: Work, scene: Scene): Promise<Result> {
    const { ledger, clock } = this.options;
    const { action } = work.step;
    await this.standings.stand(scene.key, work, 'Running', { reason: 'Running', message: action.effect });
    const since = clock.now();
    const pending: Pending = {
      ...work,
      n: ledger.nextStep(scene.key, action),
      since,
      notBefore: since,
      patience: dyingRelation + this.options.pace().quiet * 1000,
      troubled: troubledBy(work.step, scene.world),
    };
    const result = await this.call(cli, pending, scene);
    return this.weigh(result, afterCall(pending, result, clock.now()), scene);
  }

  /** Intent is on disk before the process is started; from then on the change is followed, come what may. */
  private async call(cli: JujuCli, pending: Pending, scene: Scene): Promise<CliResult> {
    const { clock, telemetry } = this.options;
    const { argv } = pending.step.action;
    await this.note(scene, pending, { state: 'intent', at: instant(clock.now()) });
    this.pending.set(scene.key, pending);
    const result = await cli.run(argv.slice(1));
    telemetry.cliCall(argv[1] ?? '', result.outcome, result.durationMs / 1000);
    await this.note(scene, pending, { state: 'exited', at: instant(clock.now()), outcome: result.outcome });
    return result;
  }

  private async note(
    scene: Scene,
    { n, step }: Pending,
    entry: Pick<Step, 'state' | 'at' | 'outcome'>,
  ): Promise<void> {
    const { store, ledger } = this.options;
    const { action } = step;
    await store.saveStep({ remediation: ledger.idOf(scene.key, action), n, argv: action.argv, ...entry });
  }

  private async weigh(result: CliResult, pending: Pending, scene: Scene): Promise<Result> {
    const { outcome, summary: message } = result;
    if (outcome === 'done' || outcome === 'already' || outcome === 'retry') return this.watch(pending, scene);
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
    switch (outcome) {
      case 'blocked':
        return this.standings.postpone(scene.key, work, { reason: 'OperationBlocked', message });
      case 'denied':
        return this.standings.postpone(scene.key, work, { reason: 'PermissionDenied', message });
      case 'busy':
        return this.standings.postpone(scene.key, work, { reason: 'ControllerBusy', message });
      case 'not-found':
      case 'rejected':
        return this.standings.review(scene.key, work, { reason: 'Rejected', message });
    }
  }

  private async watch(pending: Pending, scene: Scene): Promise<Result> {
    this.pending.set(scene.key, pending);
    const { failure } = pending;
    const why =
      failure === undefined
        ? { reason: 'Verifying', message: 'waiting to see it come true' }
        : { reason: 'CallFailed', message: `looking whether it was done all the same: ${failure}` };
    await this.standings.stand(scene.key, pending, 'Verifying', why);
    return this.lookAgain();
  }

  private async follow(pending: Pending, scene: Scene): Promise<Result> {
    const look = this.lookAt(scene);
    const verdict = scene.fresh ? verdictOn(pending, look) : (pending.stood ?? unread);
    const waited = look.now - pending.since;
    if (verdict.is === 'verified') return this.succeed(pending, scene);
    if (verdict.is === 'gone')
      return this.end(scene, () => this.standings.close(scene.key, pending, 'Outdated', targetGone));
    // Its time to show has passed, yet the same is still asked for: it did nothing.
    const inVain = scene.fresh && verdict.is === 'undone' && waited >= pending.patience;
    if (!inVain && waited < this.options.pace().verifyDeadline * 1000)
      return this.stay({ ...pending, stood: verdict }, scene);
    return this.giveUp(pending, scene, verdict);
  }

  private async giveUp(pending: Pending, scene: Scene, verdict: Doubt): Promise<Result> {
    if (verdict.is === 'waiting') {
      const next = await this.end(scene, () => this.standings.review(scene.key, pending, verdict));
      this.doubts.add(scene.key, pending);
      return next;
    }
    const { failure } = pending;
    const why = failure === undefined ? verdict : { reason: 'CallFailed', message: failure };
    return this.end(scene, () => this.standings.retry(scene.key, pending, why));
  }

  private succeed(pending: Pending, scene: Scene): Promise<Result> {
    return this.end(scene, async () => {
      await this.note(scene, pending, { state: 'verified', at: instant(this.options.clock.now()) });
      const why = { reason: 'Verified', message: pending.step.action.effect };
      return this.standings.close(scene.key, pending, 'Succeeded', why);
    });
  }

  private stay(pending: Pending, scene: Scene): Result {
    this.pending.set(scene.key, pending);
    return this.lookAgain();
  }

  /** A change is followed until its end is written down. */
  private async end(scene: Scene, write: () => Promise<Result>): Promise<Result> {
    const next = await write();
    this.pending.delete(scene.key);
    return next;
  }

  private lookAt(scene: Scene): Look {
    const { settle, clock, pace } = this.options;
    return { ...scene, settle, now: clock.now(), quiet: pace().quiet * 1000 };
  }

  private lookAgain(): Result {
    return { requeueAfter: this.options.pace().verifyLook * 1000 };
  }
}
