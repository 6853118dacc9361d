/** A thread that holds spec files and all mutants, and says of one mutant after another whether a test notices it. */
import '../support/from-source.ts';
import { parentPort, workerData } from 'node:worker_threads';
import type { Numbered } from './hooks.js';
import type { Test } from './suite.js';

export interface WorkerData {
  readonly files: readonly Numbered[];
  /** The numbers of the mutants to be judged. */
  readonly chosen: readonly number[];
  /** In the order in which they are loaded. */
  readonly specs: readonly string[];
  /** Whether the only mutant is alive from the beginning; else they come as messages. */
  readonly isAlone: boolean;
  /** Tests that fail here without any mutant, or take too long. */
  readonly leftOut: readonly string[];
}

export interface Ready {
  readonly leftOut: readonly string[];
  /** Mutants whose places are reached while files are loaded. */
  readonly loaded: readonly number[];
  /** By file and spec: how often its tests run through a place of a mutant of the file. */
  readonly reaching: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly tests: number;
}

/** `spoilt`: after it, tests fail without any mutant. */
export interface Answer {
  readonly verdict: 'killed' | 'survived' | 'unreached' | 'spoilt';
  readonly by: string;
}

const { loadMutants, root } = await import('./hooks.js');
const { collect, runTest } = await import('./suite.js');
const { theSwitch } = await import('./switch.js');
const { files, chosen, specs, isAlone, leftOut } = workerData as WorkerData;

/** Milliseconds of a test that is not worth its time here. */
const tooLong = 2000;
/** Turns of loops in a test alone; with other mutants before it, some times what it needs. */
const mostTicks = 5_000_000;

// A mutant may leave a promise to fail by itself: the test that awaits it tells.
process.on('unhandledRejection', () => undefined);
const numbers = new Set(chosen);
theSwitch.hold(Math.max(...chosen) + 1);
loadMutants(files, (id) => numbers.has(id));

interface Measured {
  readonly test: Test;
  readonly millis: number;
  readonly ticks: number;
}

async function fails(test: Test, most: number): Promise<boolean> {
  theSwitch.begin(most);
  try {
    await runTest(test);
    return false;
  } catch {
    return true;
  }
}

function titleOf({ spec, name }: Test): string {
  return `${spec} ${name}`;
}

/** The first test that fails with the mutant alive from the very beginning. */
async function aloneVerdict(): Promise<Answer> {
  const skipped = new Set(leftOut);
  theSwitch.choose(chosen[0] ?? -1);
  for (const spec of specs) {
    theSwitch.begin(mostTicks);
    let tests: readonly Test[];
    try {
      tests = await collect(spec, () => import(root + spec));
    } catch {
      return { verdict: 'killed', by: `${spec} is not even loaded` };
    }
    for (const test of tests)
      if (!skipped.has(titleOf(test)) && (await fails(test, mostTicks)))
        return { verdict: 'killed', by: titleOf(test) };
  }
  return { verdict: 'survived', by: '' };
}

class Bench {
  readonly #covering = new Map<number, Measured[]>();
  readonly #loaded = new Set<number>();
  readonly #leftOut: string[] = [];
  readonly #reaching = new Map(files.map(({ file }) => [file, new Map<string, number>()]));
  #tests = 0;

  async load(): Promise<Ready> {
    const all: Test[] = [];
    for (const spec of specs) {
      theSwitch.begin();
      all.push(...(await collect(spec, () => import(root + spec))));
      for (const id of theSwitch.reached) this.#loaded.add(id);
    }
    for (const test of all) await this.#measure(test);
    const loaded = [...this.#loaded];
    return { leftOut: this.#leftOut, loaded, reaching: this.#reaching, tests: this.#tests };
  }

  async #measure(test: Test): Promise<void> {
    const begun = performance.now();
    const isBroken = await fails(test, Infinity);
    const millis = performance.now() - begun;
    if (isBroken || millis > tooLong) {
      this.#leftOut.push(titleOf(test));
      return;
    }
    this.#tests += 1;
    const measured = { test, millis, ticks: theSwitch.ticks };
    for (const id of theSwitch.reached) {
      const reaching = this.#reaching.get(fileOf(id));
      reaching?.set(test.spec, (reaching.get(test.spec) ?? 0) + 1);
      const known = this.#covering.get(id);
      if (known === undefined) this.#covering.set(id, [measured]);
      else known.push(measured);
    }
  }

  async verdict(id: number, file: string): Promise<Answer> {
    const covering = (this.#covering.get(id) ?? []).toSorted(
      (a, b) => farness(file, a) - farness(file, b) || a.millis - b.millis,
    );
    theSwitch.choose(id);
    for (const { test, ticks } of covering) {
      if (!(await fails(test, 100_000 + 20 * ticks))) continue;
      theSwitch.choose(-1);
      const isSpoilt = await fails(test, Infinity);
      return { verdict: isSpoilt ? 'spoilt' : 'killed', by: titleOf(test) };
    }
    theSwitch.choose(-1);
    return { verdict: covering.length === 0 ? 'unreached' : 'survived', by: '' };
  }
}

function fileOf(id: number): string {
  return files.findLast(({ first }) => first <= id)?.file ?? '';
}

/** The spec beside it is likeliest to notice, then its folder's. */
function farness(file: string, { test }: Measured): number {
  if (test.spec === file.replace(/\.ts$/, '.spec.ts')) return 0;
  const folder = file.slice(0, file.lastIndexOf('/') + 1);
  return test.spec.startsWith(folder) ? 1 : 2;
}

if (isAlone) parentPort?.postMessage(await aloneVerdict());
else {
  const bench = new Bench();
  parentPort?.postMessage(await bench.load());
  parentPort?.on('message', ({ id, file }: { readonly id: number; readonly file: string }) => {
    void bench.verdict(id, file).then((answer) => parentPort?.postMessage(answer));
  });
}
