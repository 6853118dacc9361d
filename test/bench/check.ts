/**
 * `make bench-check`: fails when something takes longer than it did, by ratios taken in this run against those checked in,
 * never by absolute times. `--update` writes the ratios of this run instead.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { guardedRatios, type Ratios } from './guarded.ts';
import { short } from './measure.ts';
import { writeResults } from './table.ts';

/** How much larger than checked in a ratio may be: noise of a shared machine stays below when the best of some tries counts. */
const slack = 1.2;
/** What fills memory on its way waits for the collector as it likes; what this one is to find is growth by the square. */
const wider: Ratios = { 'judging 4,000 units to judging 500': 1.6 };
const tries = 4;
const file = new URL('../../bench/results/reference.json', import.meta.url);

interface Reference {
  readonly about: string;
  readonly ratios: Ratios;
}

let best = guardedRatios();
if (process.argv.includes('--update')) update();
else check();

function check(): void {
  const { ratios } = JSON.parse(readFileSync(file, 'utf8')) as Reference;
  for (let attempt = 1; attempt < tries && grown(ratios).length > 0; attempt += 1)
    best = leastOf(best, guardedRatios());
  const names = Object.keys(ratios);
  const width = Math.max(...names.map(({ length }) => length));
  for (const name of names) {
    const times = (best[name] ?? NaN) / (ratios[name] ?? NaN);
    const verdict = times <= slackOf(name) ? 'ok  ' : 'SLOW';
    const figures = `${short(best[name] ?? NaN)} × (was ${short(ratios[name] ?? NaN)} ×): ${times.toFixed(2)}`;
    console.log(`${verdict}  ${name.padEnd(width)}  ${figures}`);
  }
  writeResults('check', { ratios: best });
  const worse = grown(ratios);
  if (worse.length === 0) return;
  console.log(
    `${worse.length} of ${names.length} ratios are too far above what is checked in. Where that is meant: node --expose-gc test/bench/check.ts --update`,
  );
  process.exitCode = 1;
}

function update(): void {
  for (let attempt = 1; attempt < tries; attempt += 1) best = leastOf(best, guardedRatios());
  const about = 'Ratios that make bench-check holds runs against; see test/bench/guarded.ts.';
  const rounded = Object.fromEntries(
    Object.entries(best).map(([name, value]) => [name, Number(value.toPrecision(3))]),
  );
  writeFileSync(file, `${JSON.stringify({ about, ratios: rounded }, null, 2)}\n`);
  console.log(JSON.stringify(rounded, null, 2));
}

function grown(ratios: Ratios): readonly string[] {
  return Object.keys(ratios).filter(
    (name) => !((best[name] ?? NaN) <= (ratios[name] ?? NaN) * slackOf(name)),
  );
}

function slackOf(name: string): number {
  return wider[name] ?? slack;
}

function leastOf(one: Ratios, other: Ratios): Ratios {
  return Object.fromEntries(
    Object.entries(one).map(([name, value]) => [name, Math.min(value, other[name] ?? value)]),
  );
}
