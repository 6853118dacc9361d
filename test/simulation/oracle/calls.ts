/**
 * Invariants 1, 2 and 4: every change is in the journal before it is made, one at a time in a place, and what may not
 * be repeated is not.
 */
import type { CliResult, Remediation, Step } from '../../../src/core/ports/index.js';
import type { Target } from '../../../src/core/target.js';
import type { Spawned } from '../ports/processes.js';
import { stepKey } from './shadow.js';
import { lineOf, type Watch } from './watch.js';

/** A process that changes something, with what it is for. */
export interface Change {
  readonly process: Spawned;
  readonly step: Step;
  readonly remediation: Remediation;
}

export class Calls {
  /** All changes so far, oldest first. */
  readonly changes: Change[] = [];
  readonly #watch: Watch;
  readonly #used = new Set<string>();
  /** Processes to which Juju said no: they did nothing. */
  readonly #refused = new Set<number>();
  /** Of these, those that somebody else stood in the way of: they count for nothing. */
  readonly #hindered = new Set<number>();

  constructor(watch: Watch) {
    this.#watch = watch;
  }

  /** The change that a process makes; undefined for one that only reads, or whose break was told. */
  begin(process: Spawned): Change | undefined {
    if (!isChanging(process.argv)) return undefined;
    const step = this.#intentFor(process);
    if (step === undefined) return undefined;
    const remediation = this.#watch.shadow.remediations.get(step.remediation);
    if (remediation === undefined) {
      this.#watch.broken(
        1,
        'no remediation',
        `${lineOf(process.argv)}: its remediation is not in the journal`,
      );
      return undefined;
    }
    const change = { process, step, remediation };
    this.#checkOrder(change);
    this.#checkRepetition(change);
    this.changes.push(change);
    return change;
  }

  end({ pid }: Spawned, result: CliResult | undefined): void {
    if (result === undefined || !refusals.has(result.outcome)) return;
    this.#refused.add(pid);
    if (hindrances.has(result.outcome)) this.#hindered.add(pid);
  }

  /** Whether somebody else stood in the way of a process, so that it did nothing. */
  wasHindered({ pid }: Spawned): boolean {
    return this.#hindered.has(pid);
  }

  /** A step that is written anew must not hide one that was begun. */
  intentWritten(step: Step): void {
    if (step.state !== 'intent') return;
    if (this.#used.delete(stepKey(step)))
      this.#watch.broken(1, 'step rewritten', `${step.remediation}: step ${step.n} is written over`);
  }

  #intentFor({ argv }: Spawned): Step | undefined {
    const wanted = JSON.stringify(['juju', ...argv]);
    const intents = [...this.#watch.shadow.steps.values()].filter(
      (step) => step.state === 'intent' && JSON.stringify(step.argv) === wanted,
    );
    const step = intents.find((each) => !this.#used.has(stepKey(each)));
    if (step !== undefined) {
      this.#used.add(stepKey(step));
      return step;
    }
    const why = intents.length > 0 ? 'its step was begun already' : 'it is not in the journal';
    this.#watch.broken(1, 'not journaled', `${lineOf(argv)}: ${why}`);
    return undefined;
  }

  #checkOrder(change: Change): void {
    this.#checkProcesses(change);
    this.#checkChanges(change);
  }

  /** No other process that changes something in the same place, not even one that a killed daemon left behind. */
  #checkProcesses({ process, remediation }: Change): void {
    for (const other of this.#watch.running()) {
      if (other.pid === process.pid || !isChanging(other.argv)) continue;
      const target = this.changes.find((each) => each.process.pid === other.pid)?.remediation.target;
      if (target === undefined || placeOf(target) !== placeOf(remediation.target)) continue;
      const left = other.life === process.life ? '' : ' (left over from before the last start)';
      const text = `${lineOf(process.argv)} while ${lineOf(other.argv)} runs${left}`;
      this.#watch.broken(2, 'two processes', text);
    }
  }

  /** No other change in the same place that is not at its end. */
  #checkChanges({ process, remediation }: Change): void {
    for (const other of this.#watch.shadow.remediations.values()) {
      if (other.id === remediation.id || !isUnderWay(other)) continue;
      if (placeOf(other.target) === placeOf(remediation.target))
        this.#watch.broken(2, 'two changes', `${lineOf(process.argv)} while ${other.id} is ${other.state}`);
    }
  }

  /** Once it was run, or may have been, it is run again only after it came true and was undone by somebody else. */
  #checkRepetition({ process, step, remediation }: Change): void {
    if (remediation.action.repeatable || step.kind === 'undo') return;
    const line = lineOf(process.argv);
    const before = this.changes.findLast(
      (each) =>
        each.step.kind === 'do' && lineOf(each.process.argv) === line && !this.#refused.has(each.process.pid),
    );
    if (before === undefined) return;
    const { id } = before.remediation;
    const state = this.#watch.shadow.remediations.get(id)?.state ?? 'Running';
    if (id === remediation.id || isOpen.has(state))
      this.#watch.broken(
        4,
        'repeated',
        `${line} a second time, for ${remediation.id}; the first is ${state}`,
      );
  }
}

/** Nothing has been decided about these yet. */
const isOpen: ReadonlySet<string> = new Set(['Running', 'Verifying', 'WaitingDependency', 'Proposed']);

/** `controller`, or `controller:model`. */
export function placeOf({ controller = '', model }: Target): string {
  return model === undefined ? controller : `${controller}:${model}`;
}

function isUnderWay({ state }: Remediation): boolean {
  return state === 'Running' || state === 'Verifying';
}

const hindrances: ReadonlySet<string> = new Set(['blocked', 'denied', 'busy']);
const refusals: ReadonlySet<string> = new Set([...hindrances, 'not-found', 'rejected']);

const reads: ReadonlySet<string> = new Set([
  'status',
  'models',
  'users',
  'offers',
  'secrets',
  'operations',
  'info',
  'version',
  'clouds',
  'credentials',
]);

function isChanging([name = '', ...rest]: readonly string[]): boolean {
  if (reads.has(name) || name.startsWith('show-')) return false;
  if (name === 'config' || name === 'model-config' || name === 'controller-config')
    return rest.some((word) => word.includes('=') || word.startsWith('--reset'));
  return true;
}
