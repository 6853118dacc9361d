/** `make bench`: measures against the budgets and prints one table. Exit 1 when one is missed. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { auditResults } from './audit.ts';
import { incrementalResults } from './incremental.ts';

const results = [...auditResults(), ...incrementalResults()];
const widths = [
  Math.max(...results.map(({ what }) => what.length)),
  Math.max(...results.map(({ measured }) => measured.length)),
] as const;
for (const { what, measured, budget, within } of results) {
  console.log(
    `${within ? 'ok  ' : 'MISS'}  ${what.padEnd(widths[0])}  ${measured.padEnd(widths[1])}  ${budget}`,
  );
}
console.log('Medians; in brackets first and last decile. Ratios are taken within this run.');

const folder = new URL('../../bench/results/', import.meta.url);
mkdirSync(folder, { recursive: true });
const at = new Date().toISOString().replace(/[:.]/g, '-');
const machine = { node: process.version, cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length };
writeFileSync(new URL(`${at}.json`, folder), `${JSON.stringify({ at, machine, results }, null, 2)}\n`);
if (results.some(({ within }) => !within)) process.exitCode = 1;
