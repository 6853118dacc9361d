/** The inputs that are kept: sound ones to begin from, and those that once broke something. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Target } from './target.js';

const corpus = fileURLToPath(new URL('corpus/', import.meta.url));
const fixtures = fileURLToPath(new URL('../fixtures/', import.meta.url));

/** Larger files say nothing more, and cost the time of many. */
const largestSeed = 48_000;
const mostSeeds = 60;

/** All sound inputs of a target, and its regressions. */
export function seedsOf({ name, seeds = [] }: Target): readonly Buffer[] {
  const own = filesIn(join(corpus, name)).map((file) => readFileSync(file));
  const others = seeds.flatMap((seed) => filesIn(join(fixtures, seed))).map((file) => readFileSync(file));
  return [...own, ...others.filter(({ length }) => length <= largestSeed).slice(0, mostSeeds)];
}

function filesIn(path: string): readonly string[] {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesIn(join(path, name)));
}

/** Names of the folders that the corpus has. */
export function corpusFolders(): readonly string[] {
  return readdirSync(corpus).sort();
}

/** Keeps what broke a reader, to be looked at and committed with what mends it. @returns its name */
export function keepCrasher(target: string, bytes: Buffer): string {
  const name = `crash-${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}`;
  mkdirSync(join(corpus, target), { recursive: true });
  writeFileSync(join(corpus, target, name), bytes);
  return `test/fuzz/corpus/${target}/${name}`;
}
