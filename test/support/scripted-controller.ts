/** A controller whose state the test sets by hand: for the loop's own tests, where no wire is of interest. */
import type { CliOutcome, CliResult, JujuApi, JujuCli, StateChange } from '../../src/core/ports/index.js';
import { share } from '../../src/core/share.js';
import type { Snapshot } from '../../src/core/snapshot.js';

export interface ScriptedController extends JujuApi {
  /** Shows another state from now on, and tells. */
  show(snapshot: Snapshot): void;
  /** How often it was read anew. */
  reads(): number;
  /** Whether it can be read anew from now on. */
  answers(yes: boolean): void;
  /** What happens whenever it is read anew. */
  onRead(task: () => void): void;
}

/** Follows the controller `prod` of the snapshots it is shown. */
export function scriptedController(first: Snapshot): ScriptedController {
  let state = first.controllers['prod']!;
  const listeners = new Set<(change: StateChange) => void>();
  const tell = (): void => {
    for (const listener of listeners) {
      listener({ controller: 'prod' });
      for (const model of Object.keys(state.models)) listener({ controller: 'prod', model });
    }
  };
  let reads = 0;
  let readable = true;
  const read = (): Promise<void> => {
    if (!readable) return Promise.reject(new Error('the controller does not answer'));
    reads += 1;
    onRead?.();
    return Promise.resolve();
  };
  let onRead: (() => void) | undefined;
  return {
    controller: 'prod',
    start: tell,
    current: () => state,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    refresh: read,
    refreshController: read,
    health: () => ({ controller: 'prod', connected: true, models: [], calls: 0, errors: 0, reconnects: 0 }),
    close: () => Promise.resolve(),
    reads: () => reads,
    answers(yes) {
      readable = yes;
    },
    onRead(task) {
      onRead = task;
    },
    show(snapshot) {
      state = share(state, snapshot.controllers['prod']!);
      tell();
    },
  };
}

export interface ScriptedCli extends JujuCli {
  readonly calls: string[];
}

/** A `juju` that answers as told; what it changes, the test does in `answer`. */
export function scriptedCli(answer: (line: string, n: number) => CliOutcome): ScriptedCli {
  const calls: string[] = [];
  return {
    controller: 'prod',
    calls,
    run(argv) {
      const line = argv.join(' ');
      calls.push(line);
      const outcome = answer(line, calls.length);
      const result: CliResult = {
        outcome,
        argv,
        exitCode: 0,
        timedOut: false,
        stdout: '',
        stderr: '',
        durationMs: 1,
        summary: outcome,
      };
      return Promise.resolve(result);
    },
  };
}
