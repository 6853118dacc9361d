import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { execaSync } from 'execa';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-junit-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

type Ended = 'passed' | 'failed' | 'skipped';
const inside = { passed: '', failed: '<failure/>', skipped: '<skipped/>' } as const;

function suite(file: string, ...ended: readonly Ended[]): string {
  return ended
    .map((how, at) => `<testcase name="${how} ${at}" file="${file}">${inside[how]}</testcase>`)
    .join('');
}

/** What the script prints about JUnit files with this content, and its exit code. */
function sum(
  files: Readonly<Record<string, string>>,
  ...args: readonly string[]
): [number | undefined, string] {
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(folder, `${name}.xml`), `<testsuites>${content}</testsuites>`);
  const script = resolve('scripts/junit_sum.py');
  const { exitCode, stdout } = execaSync('python3', [script, ...args, folder], { reject: false });
  return [exitCode, stdout];
}

const four = ['a', 'b', 'c', 'd'].map((file) => suite(file, 'failed')).join('');

describe('the sum of all suites', () => {
  test.each<[string, Record<string, string>, number, string]>([
    ['adds up all files', { jest: suite('a', 'passed'), e2e: suite('b', 'passed') }, 0, '2 passed, 0 failed'],
    ['fails with one failure', { jest: suite('a', 'passed', 'failed') }, 1, '1 passed, 1 failed'],
    ['names what was skipped', { jest: suite('a', 'passed', 'skipped') }, 0, '1 passed, 0 failed, 1 skipped'],
    ['is none without a test that passed', {}, 1, '0 passed, 0 failed'],
    [
      'counts a file as it ended when it ran again, and names what had failed',
      {
        jest: suite('a', 'passed', 'failed') + suite('b', 'passed'),
        'again-test': suite('a', 'passed', 'passed'),
      },
      0,
      'failed at first, run again: a: failed 1\n3 passed, 0 failed',
    ],
    [
      'fails with what failed again',
      { jest: suite('a', 'failed'), 'again-test': suite('a', 'failed') },
      1,
      'failed at first, run again: a: failed 0\n0 passed, 1 failed',
    ],
  ])('%s', (_, files, code, said) => {
    expect(sum(files)).toEqual([code, said]);
  });
});

describe('a second look', () => {
  test.each<[string, string, number, string]>([
    ['is for files with a failure', suite('a', 'failed', 'failed') + suite('b', 'passed'), 0, 'a'],
    ['is for three files at most', four, 1, ''],
    ['is not for a suite that names no files', suite('a', 'failed') + suite('', 'failed'), 1, ''],
    ['is not needed without a failure', suite('a', 'passed'), 1, ''],
  ])('%s', (_, content, code, files) => {
    expect(sum({ jest: content }, '--again')).toEqual([code, files]);
  });
});
