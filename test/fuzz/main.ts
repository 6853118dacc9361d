/** Shares the time among the targets, prints a table, and keeps what broke a reader in the corpus. */
import { parseArgs } from 'node:util';
import { keepCrasher } from './corpus.js';
import type { Figures } from './session.js';
import { supervise } from './supervise.js';
import { targets } from './targets.js';

/** `--minutes M` in all, `--target NAME[,NAME]`, `--seed N`. */
export async function main(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      minutes: { type: 'string', default: '10' },
      target: { type: 'string', default: '' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    },
  });
  const wanted = values.target.split(',').filter((name) => name !== '');
  const names = targets
    .map(({ name }) => name)
    .filter((name) => wanted.length === 0 || wanted.includes(name));
  if (names.length === 0) {
    console.error(`there is no such target: ${targets.map(({ name }) => name).join(' ')}`);
    return 1;
  }
  console.log(`seed ${values.seed}\n${heading}`);
  const time = (Number(values.minutes) * 60_000) / names.length;
  const all = await supervise(names, {
    seed: Number(values.seed),
    time,
    told: (figures) => {
      console.log(line(figures));
    },
  });
  return closing(all);
}

const heading = `${'target'.padEnd(24)}${['inputs', 'refused', 'ways', 'seconds', 'inputs/s', 'slowest', 'bytes', 'crashes'].map((word) => word.padStart(10)).join('')}`;

/** One row of the table. */
export function line({
  target,
  inputs,
  refused,
  refusals,
  seconds,
  slowest,
  slowestBytes,
  crashes,
}: Figures): string {
  const rate = seconds === 0 ? 0 : inputs / seconds;
  const cells = [
    inputs,
    refused,
    refusals,
    seconds.toFixed(1),
    rate.toFixed(0),
    `${slowest.toFixed(1)} ms`,
    slowestBytes,
    crashes.length,
  ];
  return target.padEnd(24) + cells.map((cell) => String(cell).padStart(10)).join('');
}

function closing(all: readonly Figures[]): number {
  const inputs = all.reduce((sum, one) => sum + one.inputs, 0);
  const crashes = all.flatMap(({ target, crashes }) => crashes.map((crash) => ({ target, ...crash })));
  console.log(`${all.length} targets, ${inputs} inputs, ${crashes.length} crashes`);
  for (const { target, fault, input } of crashes)
    console.log(`\n${target}: ${fault}\n  kept as ${keepCrasher(target, Buffer.from(input))}`);
  return crashes.length === 0 ? 0 : 1;
}
