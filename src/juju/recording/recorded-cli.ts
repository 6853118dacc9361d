import type { CliResult, JujuCli } from '../../core/ports/index.js';
import { classify } from '../cli/classify.js';
import type { CliRecord } from './answers.js';
import { answers, commandOf, recordedCommand, type Command, type ModelName } from './command.js';

interface Call {
  readonly record: CliRecord;
  readonly command: Command;
}

/** The recorded calls of `juju`, found by what they ask. */
export class RecordedCli implements JujuCli {
  readonly controller: string;
  readonly #calls: readonly Call[];

  constructor(records: readonly CliRecord[], controller: string) {
    const calls = records.map((record) => ({ record, command: recordedCommand(record) }));
    this.controller = controller;
    this.#calls = placed(calls);
  }

  /** Models whose status was recorded. */
  get models(): readonly ModelName[] {
    return this.#calls.flatMap(({ command: { name, model } }) =>
      name === 'status' && model !== undefined ? [model] : [],
    );
  }

  /** Whether a command of this name was answered. */
  has(name: string): boolean {
    return this.#calls.some(({ command, record }) => command.name === name && record.exit === 0);
  }

  run(argv: readonly string[]): Promise<CliResult> {
    const asked = commandOf(argv);
    const fitting = this.#calls.filter(({ command }) => answers(command, asked));
    // What was done counts before what was refused; then the latest.
    const found = fitting.findLast(({ record }) => record.exit === 0) ?? fitting.at(-1);
    return Promise.resolve(found === undefined ? missing(argv) : resultOf(argv, found.record));
  }
}

/** A call that names no model was about the current one: the one that its status tells, or the only one. */
function placed(calls: readonly Call[]): readonly Call[] {
  const unnamed = calls.find(
    ({ record, command }) =>
      command.model !== undefined && commandOf(record.argv.slice(1)).model === undefined,
  );
  const all = calls.flatMap(({ command: { model } }) => (model === undefined ? [] : [model]));
  const isOnly = new Set(all.map(({ name }) => name)).size === 1;
  const current = unnamed?.command.model ?? (isOnly ? all[0] : undefined);
  return calls.flatMap(({ record, command }) => {
    if (command.model !== undefined || ofControllers.has(command.name)) return [{ record, command }];
    return current === undefined ? [] : [{ record, command: { ...command, model: current } }];
  });
}

const ofControllers = new Set(['show-controller', 'controller-config', 'users', 'models', 'credentials']);

/** A recorded call as one that has just ended. */
export function resultOf(argv: readonly string[], { exit, stdout, stderr }: CliRecord): CliResult {
  const verdict = classify({ exitCode: exit, stdout, stderr, timedOut: false, argv });
  return { ...verdict, argv, exitCode: exit, timedOut: false, stdout, stderr, durationMs: 0 };
}

function missing(argv: readonly string[]): CliResult {
  const summary = `the recording holds no answer to juju ${argv.join(' ')}`;
  return { outcome: 'not-found', summary, argv, timedOut: false, stdout: '', stderr: '', durationMs: 0 };
}
