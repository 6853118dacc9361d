import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import type { Result } from './measure.ts';

const folder = new URL('../../bench/results/', import.meta.url);

export function printTable(title: string, results: readonly Result[]): void {
  const width = Math.max(...results.map(({ what }) => what.length));
  const middle = Math.max(...results.map(({ measured }) => measured.length));
  console.log(`\n${title}`);
  for (const { what, measured, budget, within } of results)
    console.log(`${sign(within)}  ${what.padEnd(width)}  ${measured.padEnd(middle)}  ${budget}`);
}

function sign(within: boolean | undefined): string {
  if (within === undefined) return '    ';
  return within ? 'ok  ' : 'MISS';
}

/** Writes what a run measured into bench/results, and says where. */
export function writeResults(name: string, content: object): void {
  mkdirSync(folder, { recursive: true });
  const at = new Date().toISOString();
  const machine = {
    node: process.version,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memory: totalmem(),
  };
  const file = `${name}-${at.replace(/[:.]/g, '-')}.json`;
  writeFileSync(new URL(file, folder), `${JSON.stringify({ at, machine, ...content }, null, 2)}\n`);
  console.log(`written: bench/results/${file}`);
}
