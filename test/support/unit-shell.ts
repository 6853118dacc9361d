/** Commands of looks into units, run by a real shell on real files below a folder of their own. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach } from '@jest/globals';
import type { Look } from '../../src/core/ports/workload-reader.js';
import { scriptOf } from '../../src/workload/collect/script.js';

const roots: string[] = [];

/** A new folder, which is gone after the test. */
export function unitRoot(): string {
  const root = mkdtempSync(join(tmpdir(), 'hf-'));
  roots.push(root);
  return root;
}

afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true });
});

interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Given {
  readonly path: string;
  readonly text: string;
  readonly mode?: number;
  readonly isFolder?: true;
}

/** Puts the files below a folder of its own, and runs the command as if that were the root. */
export function run(
  looks: readonly Look[],
  files: readonly Given[],
  more: { readonly programs?: Readonly<Record<string, string>> } = {},
): Ran & { readonly root: string } {
  const root = unitRoot();
  for (const { path, text, mode = 0o644, isFolder } of files) {
    mkdirSync(root + (isFolder === true ? path : dirname(path)), { recursive: true });
    if (isFolder !== true) writeFileSync(root + path, text);
    chmodSync(root + path, mode);
  }
  const bin = join(root, 'bin');
  mkdirSync(bin);
  for (const [name, text] of Object.entries(more.programs ?? {}))
    writeFileSync(join(bin, name), text, { mode: 0o755 });
  const script = scriptOf(looks)
    .replaceAll("'/var/", `'${root}/var/`)
    .replaceAll("'/etc/", `'${root}/etc/`)
    .replaceAll('/charm/', `${root}/charm/`);
  const ran = spawnSync('bash', ['-c', script], {
    encoding: 'utf8',
    env: { PATH: `${bin}:${process.env['PATH'] ?? ''}` },
  });
  return { status: ran.status, stdout: ran.stdout.replaceAll(root, ''), stderr: ran.stderr, root };
}
