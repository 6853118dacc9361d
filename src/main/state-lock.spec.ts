import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { takeStateDirectory } from './state-lock.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-lock-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function heldBy(pid: number): void {
  writeFileSync(join(folder, 'holdfast.pid'), `${pid}\n`);
}

test('a directory that another running holdfast has is refused, with its process and what to do', async () => {
  const other = spawn('sh', ['-c', 'sleep 60', 'holdfast'], { stdio: 'ignore' });
  await once(other, 'spawn');
  heldBy(other.pid ?? 0);
  expect(() => takeStateDirectory(folder)).toThrow(
    new RegExp(`is in use by another holdfast \\(process ${other.pid}\\): approve, pause or clear there`),
  );
  other.kill('SIGKILL');
  await once(other, 'exit');
  expect(() => takeStateDirectory(folder)).not.toThrow();
});

test.each([
  ['a process that has ended', 2 ** 22 - 1],
  ['a process that is no holdfast, under an id that was given anew', 1],
])('what %s left behind counts for nothing', (_name, pid) => {
  heldBy(pid);
  expect(() => takeStateDirectory(folder)).not.toThrow();
});

test('a directory that cannot be made is refused in words', () => {
  writeFileSync(join(folder, 'file'), '');
  expect(() => takeStateDirectory(join(folder, 'file', 'state'))).toThrow(
    /file\/state cannot be used: what should be a folder is a file\. Name another one/,
  );
});

test('a directory that was given back may be taken again, also where it was missing', () => {
  const missing = join(folder, 'a', 'b');
  const giveBack = takeStateDirectory(missing);
  giveBack();
  expect(() => takeStateDirectory(missing)).not.toThrow();
});
