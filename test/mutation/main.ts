/** Changes the wanted files one place at a time, for a while or to the end, and writes what came of it to build/. */
import { mkdirSync, readFileSync, writeFileSync, globSync } from 'node:fs';
import { dirname } from 'node:path';
import { chance } from '../simulation/chance.js';
import { isDataFile } from './data.js';
import { root, type Numbered } from './hooks.js';
import { allImports, reachesOut } from './imports.js';
import { mutantsOf, type Mutant } from './instrument.js';
import { Lane } from './lane.js';
import { optionsOf, type Options } from './options.js';
import { asMarkdown, judged, type Judged } from './summary.js';

export async function main(argv: readonly string[]): Promise<number> {
  const options = optionsOf(argv);
  const { files, mutants } = wanted(options);
  if (mutants.length === 0) {
    console.error('there is nothing to change in such files');
    return 1;
  }
  const all = await judgeAll(inOrder(mutants, options), files, options);
  console.log(`\n${written(all, options)}`);
  return 0;
}

/** The report, which it writes down. */
function written(all: readonly Judged[], { into, seed }: Options): string {
  const mutants = all.toSorted((a, b) => a.id - b.id);
  const report = asMarkdown(mutants);
  mkdirSync(dirname(into), { recursive: true });
  writeFileSync(`${into}.md`, report);
  writeFileSync(`${into}.json`, JSON.stringify({ seed, mutants }, null, 1));
  return report;
}

function wanted({ files, folders }: Options): {
  readonly files: readonly Numbered[];
  readonly mutants: readonly Mutant[];
} {
  const names =
    files.length > 0
      ? files
      : folders.flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: root })).toSorted();
  const numbered: Numbered[] = [];
  const mutants: Mutant[] = [];
  for (const file of names.filter((name) => !name.endsWith('.spec.ts') && !isDataFile(name))) {
    numbered.push({ file, first: mutants.length });
    mutants.push(...mutantsOf(file, readFileSync(root + file, 'utf8'), mutants.length));
  }
  return { files: numbered, mutants };
}

/** By chance, and so that each file has its turn before any has its second. */
function inOrder(mutants: readonly Mutant[], { seed, count }: Options): readonly Mutant[] {
  const luck = chance(seed);
  const turns = new Map<string, number>();
  return mutants
    .map((mutant) => ({ mutant, at: luck.next() }))
    .toSorted((a, b) => a.at - b.at)
    .map((one) => {
      const turn = turns.get(one.mutant.file) ?? 0;
      turns.set(one.mutant.file, turn + 1);
      return { ...one, turn };
    })
    .toSorted((a, b) => a.turn - b.turn || a.at - b.at)
    .slice(0, count)
    .map(({ mutant }) => mutant);
}

async function judgeAll(
  mutants: readonly Mutant[],
  files: readonly Numbered[],
  given: Options,
): Promise<readonly Judged[]> {
  const { time, seed, lanes } = given;
  const until = performance.now() + time;
  const specs = specsFor(files);
  const options = {
    files,
    chosen: mutants.map(({ id }) => id),
    specs: specs.map(({ spec }) => spec),
    importersOf: (file: string) => nearest(file, specs),
  };
  console.log(`seed ${seed}: ${mutants.length} mutants in ${files.length} files, ${specs.length} spec files`);
  const left = mutants[Symbol.iterator]();
  const all: Judged[] = [];
  const work = async (number: number): Promise<void> => {
    const lane = new Lane(options);
    const { tests, leftOut } = await lane.begin();
    if (number === 0) console.log([`${tests} tests; left out:`, ...leftOut].join('\n  '));
    for (const mutant of left) {
      all.push(judged(mutant, await lane.judge(mutant)));
      if (performance.now() > until) break;
      if (all.length % 50 !== 0) continue;
      written(all, given);
      console.log(progress(all, mutants.length));
    }
    await lane.end();
  };
  await Promise.all(Array.from({ length: lanes }, (_, number) => work(number)));
  return all;
}

function progress(all: readonly Judged[], count: number): string {
  const left = all.filter(({ verdict }) => verdict === 'survived' || verdict === 'unreached').length;
  return `${all.length} of ${count}: ${left} left`;
}

interface Spec {
  readonly spec: string;
  readonly imports: ReadonlySet<string>;
}

/** Beside their files, and of test/ those that wait for nothing; none that may start a process or open a socket. */
function specsFor(files: readonly Numbered[]): readonly Spec[] {
  const names = ['src/**/*.spec.ts', 'test/contract/{registry-params,tracks}.spec.ts'];
  const all = globSync(names, { cwd: root })
    .toSorted()
    .map((spec) => ({ spec, imports: allImports(spec) }))
    .filter(({ imports }) => !reachesOut(imports));
  const near = new Set(files.flatMap(({ file }) => nearest(file, all)));
  return all.filter(({ spec }) => near.has(spec));
}

/** How many specs a file is held against: what as many do not notice is hardly noticed by the others. */
const most = 60;

function nearest(file: string, specs: readonly Spec[]): readonly string[] {
  const own = file.replace(/\.ts$/, '.spec.ts');
  const folder = file.slice(0, file.lastIndexOf('/') + 1);
  const farness = ({ spec, imports }: Spec): number =>
    spec === own ? 0 : imports.size + (spec.startsWith(folder) ? 0 : 10_000);
  return specs
    .filter(({ imports }) => imports.has(file))
    .toSorted((a, b) => farness(a) - farness(b))
    .slice(0, most)
    .map(({ spec }) => spec);
}
