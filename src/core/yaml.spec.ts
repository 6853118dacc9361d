import { describe, expect, it, test } from '@jest/globals';
import { YamlError, yamlValue, yamlValues } from './yaml.js';

const strict = { uniqueKeys: true };
const lax = { uniqueKeys: false };

/** Ms of the processor, the least of three: one of them may have swept up what other tests left behind. */
function spent(work: () => unknown): number {
  return Math.min(...[1, 2, 3].map(() => spentOnce(work)));
}

function spentOnce(work: () => unknown): number {
  const begun = process.cpuUsage();
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(YamlError);
  }
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}

function refusal(text: string, options = strict): YamlError {
  try {
    yamlValue(text, options);
  } catch (error) {
    if (error instanceof YamlError) return error;
    throw error;
  }
  throw new Error('it was taken');
}

const aliases = Array.from(
  { length: 40 },
  (_, n) => `k${n}: &k${n} [${`*k${n - 1},`.repeat(n === 0 ? 0 : 9)}]`,
).join('\n');

const manyAliases =
  aliases +
  Array.from({ length: 4000 }, () => '\n- *k3')
    .join('')
    .replace('\n', '\nz:\n');

describe('a text of YAML', () => {
  it('is read, all documents of it or the first', () => {
    expect(yamlValues('a: 1\n---\n- b\n', lax)).toEqual([{ a: 1 }, ['b']]);
    expect([yamlValue('a: &x [1]\nb: *x\n---\nc: 2\n', strict), yamlValue('', strict)]).toEqual([
      { a: [1], b: [1] },
      null,
    ]);
  });

  test.each([
    [
      'a key that comes twice',
      'a: 1\nb: {c: 1, d: 2, c: 3}\n',
      'Map keys must be unique at line 2, column 17',
      2,
    ],
    ['a list that is not closed', 'a: [1,\n', /at line 2, column 1/, 2],
    ['itself', 'a: &a {b: *a}\n', /contains itself/, undefined],
    ['aliases that lead nowhere', 'a: *nowhere\n', /Unresolved alias/, undefined],
    ['aliases of empty lists that multiply', aliases, /multiply/, undefined],
    ['aliases without measure', manyAliases, /more than 400 YAML aliases/, undefined],
  ])('that holds %s is refused, and where that is told', (_, text, message, line) => {
    const { message: told, line: at } = refusal(text);
    expect(told).toMatch(message);
    expect(at).toBe(line);
  });

  it('may repeat a key where that is allowed', () => {
    expect(yamlValue('a: 1\na: 2\n', lax)).toEqual({ a: 2 });
  });

  it('is never quoted', () => {
    expect(refusal('password: [hunter2').mistakes.join()).not.toContain('hunter2');
  });

  it('has no more mistakes than a person reads', () => {
    expect(refusal('"'.repeat(2000)).mistakes).toHaveLength(20);
  });
});

describe('the time that a text takes', () => {
  test.each<[string, (n: number) => string]>([
    ['many keys', (n) => Array.from({ length: n }, (_, key) => `key${key}: 1`).join('\n')],
    ['many errors', (n) => '"'.repeat(n)],
  ])('grows with it alone: %s', (_, text) => {
    const once = spent(() => yamlValue(text(5000), strict));
    const fourfold = spent(() => yamlValue(text(20_000), strict));
    // Four times the work, and twice that for a busy machine; what is quadratic takes sixteen times.
    expect(fourfold).toBeLessThan(Math.max(once, 20) * 9);
  });

  test.each([
    ['brackets', '['.repeat(200_000)],
    ['lists in lists', '- '.repeat(200_000)],
    ['keys of keys', '? '.repeat(200_000)],
    ['aliases of aliases', aliases],
    ['many aliases', manyAliases],
    ['a list of many items', '- 1\n'.repeat(50_000)],
  ])('is little for %s', (_, text) => {
    expect(spentOnce(() => yamlValue(text, lax))).toBeLessThan(60_000);
  });
});
