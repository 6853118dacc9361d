import { describe, expect, it } from '@jest/globals';
import { Environment } from '@marcbachmann/cel-js';
import fc from 'fast-check';
import { Meter } from '../../src/custom/cel/meter.js';
import { valueOf } from '../../src/custom/cel/run.js';
import { JudgedTime } from '../../src/core/time.js';

const environment = new Environment({ homogeneousAggregateLiterals: false });
environment.registerVariable('d', 'dyn');

/** What the variable `d` holds: whole numbers as CEL has them. */
const data = { n: 3n, s: 'abc', t: true, l: [1n, 2n, 3n], g: { a: 1n, b: 2n }, w: ['x', 'abc'] };

const { number, text, truth } = fc.letrec<{ number: string; text: string; truth: string }>((tie) => {
  const both = (one: fc.Arbitrary<string>, ops: readonly string[]): fc.Arbitrary<string> =>
    fc.tuple(one, fc.constantFrom(...ops), one).map(([left, op, right]) => `(${left} ${op} ${right})`);
  const overItems = (macro: string, body: fc.Arbitrary<string>): fc.Arbitrary<string> =>
    body.map((inner) => `d.l.${macro}(x, x > 1 && ${inner})`);
  return {
    number: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom('0', '1', '2', '7', 'd.n', 'd.l[0]', 'd.g.b', 'd.l[9]', 'd.g.z', '9223372036854775807'),
      both(tie('number'), ['+', '-', '*', '/', '%']),
      tie('text').map((part) => `size(${part})`),
      tie('truth').map((part) => `d.l.filter(x, x < 3 || ${part}).size()`),
      fc.tuple(tie('truth'), tie('number'), tie('number')).map(([c, a, b]) => `(${c} ? ${a} : ${b})`),
    ),
    text: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom('"a"', '"abc"', '""', 'd.s', 'd.w[0]', 'd.zz'),
      both(tie('text'), ['+']),
      tie('number').map((part) => `string(${part})`),
    ),
    truth: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom(
        'true',
        'false',
        'd.t',
        'has(d.n)',
        'has(d.z)',
        '"a" in d.g',
        '2 in d.l',
        'd.l == [1, 2, 3]',
      ),
      both(tie('truth'), ['&&', '||', '==', '!=']),
      both(tie('number'), ['<', '<=', '>', '>=', '==', '!=']),
      both(tie('text'), ['==', '!=', '<', '>=']),
      tie('truth').map((part) => `!${part}`),
      tie('text').map((part) => `d.s.startsWith(${part})`),
      tie('text').map((part) => `${part}.contains("b")`),
      tie('text').map((part) => `d.w.map(x, x + ${part}) == ["x", "abc"]`),
      overItems('all', tie('truth')),
      overItems('exists', tie('truth')),
      overItems('exists_one', tie('truth')),
    ),
  };
});

function answer(work: () => unknown): unknown {
  try {
    return work();
  } catch {
    return 'an error';
  }
}

describe('expressions', () => {
  it('have the values that the library itself gives them, errors included', () => {
    let values = 0;
    fc.assert(
      fc.property(fc.oneof(number, text, truth), (expression) => {
        if (!environment.check(expression).valid) return;
        const { ast } = environment.parse(expression);
        const run = { meter: new Meter(), time: new JudgedTime(0), facts: new Map() };
        const ours = answer(() => valueOf(ast, new Map([['d', data]]), run));
        if (ours !== 'an error') values += 1;
        expect([expression, ours]).toEqual([
          expression,
          answer(() => environment.evaluate(expression, { d: data })),
        ]);
      }),
      { numRuns: 2000 },
    );
    expect(values).toBeGreaterThan(500);
  });
});
