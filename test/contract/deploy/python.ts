import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const here = import.meta.dirname;
const venv = join(here, '../../../build/deploy-python');
const lock = join(here, 'requirements.txt');
const made = join(venv, 'locked.txt');

/** Installs the locked Python libraries that read the files of deploy/, where they are not there yet. */
export function installReaders(): void {
  if (existsSync(made) && readFileSync(made, 'utf8') === readFileSync(lock, 'utf8')) return;
  rmSync(venv, { recursive: true, force: true });
  execFileSync('python3', ['-m', 'venv', venv]);
  const quiet = ['--quiet', '--disable-pip-version-check'];
  execFileSync(join(venv, 'bin/pip'), ['install', ...quiet, '--require-hashes', '--requirement', lock]);
  copyFileSync(lock, made);
}

/** What check.py answers. */
export function readBy(reader: 'hcl' | 'rock' | 'cyclonedx', file: string): unknown {
  const output = execFileSync(join(venv, 'bin/python'), [join(here, 'check.py'), reader, file], {
    encoding: 'utf8',
    maxBuffer: 1 << 24,
  });
  return JSON.parse(output);
}
