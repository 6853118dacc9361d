import { branch, isBranch, text } from '../status/json.js';
import { jsonIn } from '../status/ask.js';
import type { CliRecord } from './answers.js';
import { recordedCommand } from './command.js';
import { loadRecording } from './load.js';

/** A command or an action on units that somebody recorded. */
export interface UnitCall {
  /** `exec`, or the name of the action. */
  readonly command: string;
  /** The command that was run on the units; empty for an action. */
  readonly text: string;
  /** Name of the model, without controller and owner; empty where it was not named. */
  readonly model: string;
  /** What it answered, by unit. */
  readonly units: Readonly<Record<string, unknown>>;
}

/**
 * What was run on units, as a folder of recorded answers holds it.
 * @throws InputError as `loadRecording`.
 */
export function unitCalls(folder: string): readonly UnitCall[] {
  return loadRecording(folder).cli.flatMap((record) => callIn(record) ?? []);
}

function callIn(record: CliRecord): UnitCall | undefined {
  const [, name] = record.argv;
  const units = jsonIn(record.stdout);
  if ((name !== 'exec' && name !== 'run') || !isBranch(units)) return undefined;
  const { model, words } = recordedCommand(record);
  const named = { model: text(model?.name), units: branch(units) };
  if (name === 'run') return { command: words.find((word) => !word.includes('/')) ?? '', text: '', ...named };
  const dashes = record.argv.indexOf('--');
  return dashes < 0
    ? undefined
    : { command: 'exec', text: record.argv.slice(dashes + 1).join(' '), ...named };
}
