import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import LongFirst, { known, nameOf } from '../support/long-first.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const files = ['src', 'test']
  .flatMap((folder) =>
    readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
  )
  .filter((name) => name.endsWith('.spec.ts') && !name.startsWith('test/e2e/'))
  .map((name) => ({ path: `${root}${name}` }));

describe('the order of the test files', () => {
  it('has each file once, and begins with two that wait beside the longest that computes', () => {
    const order = new LongFirst().sort(files);
    expect(order.map(({ path }) => path).toSorted()).toEqual(files.map(({ path }) => path).toSorted());
    const [first = '', second = '', third = ''] = order.map(nameOf);
    expect([first, second].map((name) => name.split('/')[0])).toEqual(['integration', 'integration']);
    expect(third).toMatch(/^simulation\/simulation/);
  });

  it('names no file that there is not', () => {
    const there = files.map(nameOf);
    expect(known.filter((name) => !there.includes(name))).toEqual([]);
  });
});
