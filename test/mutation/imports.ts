/** Which files a spec imports, directly or through others: those alone can it notice anything of. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './hooks.js';

const known = new Map<string, readonly string[]>();

function direct(file: string): readonly string[] {
  const found = known.get(file);
  if (found !== undefined) return found;
  const text = readFileSync(root + file, 'utf8');
  const imports = [...text.matchAll(/^(?!import type).*(?:from |import\(?)'(\.[^']+)\.js'/gm)]
    .map(([, name = '']) => `${join(dirname(file), name)}.ts`)
    .filter((one) => existsSync(root + one));
  known.set(file, imports);
  return imports;
}

/** With the file itself. */
export function allImports(file: string): ReadonlySet<string> {
  const seen = new Set([file]);
  for (const one of seen) for (const next of direct(one)) seen.add(next);
  return seen;
}

/** Whether one of these files may start a process or open a socket. */
export function reachesOut(files: Iterable<string>): boolean {
  for (const file of files) if (isOutward(file)) return true;
  return false;
}

const outward = new Map<string, boolean>();

function isOutward(file: string): boolean {
  const found =
    outward.get(file) ??
    /^import (?!type).*'(node:(net|tls|https?|child_process)|ws|execa)'/m.test(
      readFileSync(root + file, 'utf8'),
    );
  outward.set(file, found);
  return found;
}
