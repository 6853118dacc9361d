/** Runs seeds, adds up what happened in them, and shows what broke with the command that shows it again. */
import { parseArgs } from 'node:util';
import { guides } from '../../src/guides/index.js';
import { knowledge } from '../support/judge.js';
import { simGuide } from './sim-guide.js';
import { simulate, type Outcome, type RunOptions } from './simulation.js';
import { shrunk } from './shrink.js';
import { Summary } from './summary.js';

/** `--seeds N` from `--first SEED`, or one `--seed SEED` of which only the incidents `--keep 1,4` happen. */
export async function main(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      seeds: { type: 'string', default: '100' },
      first: { type: 'string', default: '1' },
      seed: { type: 'string' },
      keep: { type: 'string' },
      most: { type: 'string', default: '5' },
      ignore: { type: 'string', default: '' },
    },
  });
  const ignore = new Set(values.ignore.split(','));
  if (values.seed !== undefined && values.seed !== '')
    return replay({ ...optionsOf(Number(values.seed), values.keep), ignore });
  return many({
    first: Number(values.first),
    count: Number(values.seeds),
    most: Number(values.most),
    ignore,
  });
}

interface Many {
  readonly first: number;
  readonly count: number;
  /** Broken seeds after which it ends. */
  readonly most: number;
  readonly ignore: ReadonlySet<string>;
}

async function many({ first, count, most, ignore }: Many): Promise<number> {
  const summary = new Summary();
  let broken = 0;
  for (let seed = first; seed < first + count && broken < most; seed += 1) {
    const outcome = await simulate({ ...optionsOf(seed), ignore });
    summary.add(outcome);
    if (outcome.violations.length === 0) continue;
    broken += 1;
    await show(outcome, ignore);
  }
  console.log(summary.text());
  return broken === 0 ? 0 : 1;
}

async function replay(options: RunOptions): Promise<number> {
  const outcome = await simulate(options);
  console.log(outcome.trace.join('\n'));
  console.log(`digest ${outcome.digest}`);
  for (const { invariant, rule, text } of outcome.violations)
    console.log(`invariant ${invariant}, ${rule}: ${text}`);
  return outcome.violations.length === 0 ? 0 : 1;
}

export function optionsOf(seed: number, keep?: string): RunOptions {
  const kept = keep === undefined || keep === '' ? {} : { keep: new Set(keep.split(',').map(Number)) };
  return { seed, guides: [...guides, simGuide], knowledge, ...kept };
}

/** The violation, what is left of its run once all that is not needed is left out, and how to see it again. */
async function show(outcome: Outcome, ignore: ReadonlySet<string>): Promise<void> {
  const [first] = outcome.violations;
  if (first === undefined) return;
  console.log(`\nseed ${outcome.seed} breaks invariant ${first.invariant} (${first.rule}): ${first.text}`);
  const { smaller, command } = await shrunk(outcome, (keep) =>
    simulate({ ...optionsOf(outcome.seed), keep, ignore }),
  );
  console.log(`replay: ${command}`);
  console.log(smaller.trace.slice(-40).join('\n'));
}
