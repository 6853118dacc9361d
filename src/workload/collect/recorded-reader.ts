/**
 * Answers looks from what somebody recorded: `cat`, `stat` and `openssl` of the same unit and files. Of a file that was
 * printed as a whole only the keys that are asked for are taken; the rest is dropped here.
 */
import type { Look, LookAnswer, UnitPlace, WorkloadReader } from '../../core/ports/workload-reader.js';
import { branchOf } from '../parse/system.js';
import { extract } from './extract/extract.js';
import { actionAnswer } from './juju-reader.js';

/** One call of `juju exec` or `juju run` that was recorded. */
export interface RecordedCall {
  /** `exec`, or the name of the action that was run. */
  readonly command: string;
  /** The command that was run on the units; empty for an action. */
  readonly text: string;
  /** Name of the model, without controller and owner. */
  readonly model: string;
  /** What it answered, by unit. */
  readonly units: Readonly<Record<string, unknown>>;
}

const notRecorded = 'the recording holds no such look into the unit';

export function recordedReader(calls: readonly RecordedCall[]): WorkloadReader {
  return {
    road: 'recording',
    look: (place, looks) => {
      const printed = printedBy(calls, place);
      return Promise.resolve(looks.map((look) => answerTo(look, printed)));
    },
    act: (place, action) => {
      const call = callsOn(calls, place).findLast(({ command }) => command === action);
      if (call === undefined)
        return Promise.resolve({ missing: `the recording holds no ${action} of the unit` });
      return Promise.resolve(
        actionAnswer({ outcome: 'rejected', summary: 'no reason given' }, branchOf(call.units[place.unit])),
      );
    },
  };
}

function callsOn(calls: readonly RecordedCall[], { model, unit }: UnitPlace): readonly RecordedCall[] {
  const name = model.slice(model.lastIndexOf('/') + 1).replace(/^.*:/, '');
  return calls.filter((call) => call.model === name && Object.hasOwn(call.units, unit));
}

interface Printed {
  readonly text: string;
  readonly stdout: string;
  readonly failed: boolean;
}

function printedBy(calls: readonly RecordedCall[], place: UnitPlace): readonly Printed[] {
  return callsOn(calls, place).flatMap(({ command, text, units }) => {
    if (command !== 'exec') return [];
    const results = branchOf(branchOf(units[place.unit])['results']);
    const stdout = results['stdout'];
    return [{ text, stdout: typeof stdout === 'string' ? stdout : '', failed: results['return-code'] !== 0 }];
  });
}

function answerTo(look: Look, printed: readonly Printed[]): LookAnswer {
  const found = printed.findLast(({ text, failed }) => !failed && answers(text, look));
  if (found === undefined) return { missing: notRecorded };
  if (look.kind === 'keys') {
    const [path = ''] = look.paths;
    const head = look.each === true ? `#${path}\n` : '';
    return { text: `${head}${extract(look.format, found.stdout, look.keys)}` };
  }
  return { text: found.stdout };
}

/** What somebody has to have printed; of many alike the first stands for all. */
function wanted({ paths, each }: Extract<Look, { kind: 'keys' }>): string {
  return (each === true ? paths.slice(0, 1) : paths).join(' ');
}

/** Whether a command that somebody ran shows what a look wants to see. */
function answers(text: string, look: Look): boolean {
  const words = text
    .replace(/2>\S+|;.*$/g, '')
    .trim()
    .split(/\s+/);
  switch (look.kind) {
    case 'keys':
      return words[0] === 'cat' && words.slice(1).join(' ') === wanted(look);
    case 'stat':
      return text.startsWith("stat -c '%a %u %g %n' ") && look.paths.some((path) => words.includes(path));
    case 'certificates': {
      const [first = ''] = look.paths;
      return text.includes(`openssl x509 -in ${first.slice(0, first.lastIndexOf('/'))}/`);
    }
    case 'program':
      return false;
  }
}
