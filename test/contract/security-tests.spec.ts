/** Every defence that the security model claims names the tests that show it, and they are there. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from '@jest/globals';

const page = readFileSync('docs/explanation/security.md', 'utf8');
const chapter = /^## What a hostile administrator.*(?=^## What the audit trail)/ms.exec(page)?.[0] ?? '';

interface Row {
  readonly threat: string;
  readonly tests: readonly (readonly [file: string, name: string])[];
}

/** `| threat | defence | tests |`; a test is `file` *name*, or a file of which all is about it. */
const rows: readonly Row[] = chapter
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (?:-+|to|from) /.test(line))
  .map((line) => {
    const [, threat = '', , told = ''] = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
    const tests = [...told.matchAll(/`((?:src|test|charm)\/[^`]+)`(?: \*([^*]+)\*)?/g)];
    return { threat, tests: tests.map(([, file = '', name = '']) => [file, name] as const) };
  });

describe('the security model', () => {
  it('has a chapter of threats', () => {
    expect(rows.length).toBeGreaterThan(25);
  });

  test.each(rows.map((row) => [row.threat, row] as const))('shows by tests: %s', (_, { tests }) => {
    expect(tests.length).toBeGreaterThan(0);
    for (const [file, name] of tests) {
      expect([file, existsSync(file)]).toEqual([file, true]);
      expect(readFileSync(file, 'utf8')).toContain(name);
    }
  });
});
