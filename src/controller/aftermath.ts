/** What follows a change: watching it come true, and undoing what did not where that is safe. */
import { observed } from '../core/action/observed.js';
import type { CliResult, Clock, JujuCli } from '../core/ports/index.js';
import type { Pace } from '../core/policy/policy.js';
import type { Carrier } from './carrier.js';
import type { Doubts } from './doubts.js';
import type { Ledger } from './ledger.js';
import { unrest, verdictOn, type Look, type Pending, type Undoing } from './pending.js';
import type { Records } from './records.js';
import type { Scene } from './scene.js';
import type { Result } from './runner.js';
import type { WriteAt } from './sharing/shares.js';
import { railsOf, type Standings } from './standings.js';
import { manualUndo, undoOf } from './undo.js';
import type { Doubt } from './verify.js';

export interface AftermathOptions {
  readonly cliFor: (controller: string) => JujuCli | undefined;
  readonly writeAt: WriteAt;
  readonly ledger: Ledger;
  readonly records: Records;
  readonly standings: Standings;
  readonly carrier: Carrier;
  readonly doubts: Doubts;
  readonly clock: Clock;
  readonly pace: () => Pace;
  readonly mayBegin: (key: string) => boolean;
  /** Changes being followed, by place. */
  readonly pending: Map<string, Pending>;
}

const targetGone = { reason: 'TargetGone', message: 'what it was made for is not judged any more' };
const unread: Doubt = {
  is: 'waiting',
  reason: 'NotObserved',
  message: 'not read since the change',
  failing: false,
};

export class Aftermath {
  private readonly options: AftermathOptions;

  constructor(options: AftermathOptions) {
    this.options = options;
  }

  async watch(pending: Pending, scene: Scene): Promise<Result> {
    this.options.pending.set(scene.key, pending);
    const { failure } = pending;
    const why =
      failure === undefined
        ? { reason: 'Verifying', message: 'waiting to see it come true' }
        : { reason: 'CallFailed', message: `looking whether it was done all the same: ${failure}` };
    await this.options.standings.stand(scene, pending, { state: 'Verifying', ...why });
    return this.lookAgain();
  }

  async follow(pending: Pending, scene: Scene, look: Look): Promise<Result> {
    if (pending.undoing !== undefined) return this.followUndo(pending, pending.undoing, scene, look);
    const verdict = scene.fresh ? verdictOn(pending, look) : (pending.stood ?? unread);
    if (verdict.is === 'verified') return this.succeed(pending, scene);
    if (verdict.is === 'gone') return this.close(pending, scene);
    const waited = look.now - Math.max(pending.since, movedAt(verdict));
    const isOver = waited >= this.options.pace().verifyDeadline * 1000;
    if (isOver || (scene.fresh && isDecided(pending, verdict, waited)))
      return this.giveUp(pending, scene, verdict);
    return this.stay({ ...pending, stood: verdict }, scene);
  }

  private close(pending: Pending, scene: Scene): Promise<Result> {
    const { standings } = this.options;
    return this.end(scene, () => standings.close(scene, pending, { state: 'Outdated', why: targetGone }));
  }

  private succeed(pending: Pending, scene: Scene): Promise<Result> {
    const { standings, carrier } = this.options;
    const call = { key: scene.key, pending, action: pending.action.args, kind: 'do' } as const;
    const step = { type: 'step', step: carrier.step(call, 'verified') } as const;
    return this.end(scene, () => standings.succeed(scene, pending, [step]));
  }

  private async giveUp(pending: Pending, scene: Scene, verdict: Doubt): Promise<Result> {
    const { standings, doubts } = this.options;
    if (verdict.is === 'undone') {
      const { failure } = pending;
      const why = failure === undefined ? verdict : { reason: 'CallFailed', message: failure };
      return this.end(scene, () => standings.retry(scene, pending, why));
    }
    const choice = undoOf(pending, verdict, scene.world, railsOf(pending, scene.findings));
    if ('actions' in choice && scene.fresh)
      return this.undo(pending, { actions: choice.actions, why: verdict }, scene);
    const left = 'refused' in choice ? `; left as it is: ${choice.refused}` : '';
    const message = `${verdict.message}${left}${manualUndo(pending)}`;
    const next = await this.end(scene, () =>
      standings.fail(scene, pending, { reason: verdict.reason, message }),
    );
    doubts.add(scene.key, pending);
    return next;
  }

  /** Each call of the undoing is on disk before it is made, as the change itself was. */
  private async undo(pending: Pending, undoing: Undoing, scene: Scene): Promise<Result> {
    const { cliFor, clock, mayBegin } = this.options;
    const cli = cliFor(scene.world.controller.name);
    if (cli === undefined || !mayBegin(scene.key)) return this.lookAgain();
    let current = pending;
    for (const [index, action] of undoing.actions.entries()) {
      current = { ...pending, n: this.options.ledger.nextStep(scene.key, pending.action), undoing };
      const result = await this.callUndo(
        cli,
        { pending: current, action, first: index === 0, why: undoing.why },
        scene,
      );
      if (result.outcome !== 'done' && result.outcome !== 'already')
        return this.undoFailed(pending, undoing, scene, result.summary);
    }
    const since = clock.now();
    return this.stay({ ...current, since, notBefore: since }, scene);
  }

  private async callUndo(
    cli: JujuCli,
    { pending, action, first, why }: UndoCall,
    scene: Scene,
  ): Promise<CliResult> {
    const { carrier, records, ledger, writeAt } = this.options;
    const call = { cli, key: scene.key, pending, action, kind: 'undo' } as const;
    const intent = carrier.intent(call);
    if (first) {
      const standing = {
        state: 'Running',
        reason: 'Undoing',
        message: `undoing it: ${why.message}`,
      } as const;
      await ledger.stand(scene.key, pending, standing, () => [
        intent,
        records.ended('UndoBegun', pending, why, scene.findings),
      ]);
    } else await writeAt(scene.key, intent);
    this.options.pending.set(scene.key, pending);
    return carrier.run(call);
  }

  private async followUndo(pending: Pending, undoing: Undoing, scene: Scene, look: Look): Promise<Result> {
    const { standings, pace } = this.options;
    const isBack = undoing.actions.every((action) => observed(action, scene.world) === 'yes');
    const trouble = isBack ? unrest(pending, look) : undefined;
    if (scene.fresh && isBack && trouble === undefined) {
      const message = `undone, and seen to be as before: ${undoing.why.message}`;
      return this.end(scene, () =>
        standings.rolledBack(scene, pending, { reason: undoing.why.reason, message }),
      );
    }
    if (look.now - pending.since < pace().verifyDeadline * 1000) return this.stay(pending, scene);
    return this.undoFailed(pending, undoing, scene, trouble?.message ?? 'it is not seen to be as before');
  }

  private async undoFailed(
    pending: Pending,
    { why }: Undoing,
    scene: Scene,
    trouble: string,
  ): Promise<Result> {
    const message = `${why.message}; undoing it did not work either: ${trouble}${manualUndo(pending)}`;
    const next = await this.end(scene, () =>
      this.options.standings.fail(scene, pending, { reason: 'UndoFailed', message }),
    );
    this.options.doubts.add(scene.key, settled(pending));
    return next;
  }

  private stay(pending: Pending, scene: Scene): Result {
    this.options.pending.set(scene.key, pending);
    return this.lookAgain();
  }

  /** A change is followed until its end is written down. */
  private async end(scene: Scene, write: () => Promise<Result>): Promise<Result> {
    const next = await write();
    this.options.pending.delete(scene.key);
    return next;
  }

  private lookAgain(): Result {
    return { requeueAfter: this.options.pace().verifyLook * 1000 };
  }
}

/** Waiting longer cannot change it, or its time to show has passed and the same is still asked for: it did nothing. */
function isDecided({ patience }: Pending, verdict: Doubt, waited: number): boolean {
  return verdict.is === 'undone' ? waited >= patience : verdict.final === true;
}

function movedAt(verdict: Doubt): number {
  return verdict.is === 'waiting' ? (verdict.movedAt ?? 0) : 0;
}

interface UndoCall {
  readonly pending: Pending;
  readonly action: Undoing['actions'][number];
  readonly first: boolean;
  readonly why: Doubt;
}

/** No longer being undone. */
function settled(pending: Pending): Pending {
  const { undoing, ...left } = pending;
  return undoing === undefined ? pending : left;
}
