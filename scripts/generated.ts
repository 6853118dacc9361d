import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Writes generated files (path in the repository to content); with `--check` among the arguments it only compares, and
 * ends the process with exit code 1 when one differs. A `folder` that is theirs alone keeps nothing else.
 */
export function writeOrCheck(files: ReadonlyMap<string, string>, remedy: string, folder?: string): void {
  const check = process.argv.includes('--check');
  const differing = [...files].filter(([path, content]) => current(path) !== content);
  const stale = folder === undefined ? [] : strangers(files, folder);
  for (const path of stale) {
    if (check) console.error(`${path} is generated no more: run ${remedy}`);
    else rmSync(root + path);
  }
  for (const [path, content] of differing) {
    if (check) console.error(`${path} is out of date: run ${remedy}`);
    else write(path, content);
  }
  if (check && differing.length + stale.length > 0) process.exitCode = 1;
}

function strangers(files: ReadonlyMap<string, string>, folder: string): readonly string[] {
  if (!existsSync(root + folder)) return [];
  return readdirSync(root + folder)
    .map((name) => `${folder}/${name}`)
    .filter((path) => !files.has(path));
}

function current(path: string): string | undefined {
  try {
    return readFileSync(root + path, 'utf8');
  } catch {
    return undefined;
  }
}

function write(path: string, content: string): void {
  mkdirSync(dirname(root + path), { recursive: true });
  writeFileSync(root + path, content);
  console.log(`wrote ${relative(process.cwd(), root + path)}`);
}
