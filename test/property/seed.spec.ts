import fc from 'fast-check';
import { expect, it } from '@jest/globals';

it('properties are tried on the same values in every run', () => {
  const { seed } = fc.readConfigureGlobal();
  expect(seed).toBe(Number(process.env['HOLDFAST_SEED'] ?? 20_261_122));
  const tried: number[][] = [[], []];
  for (const values of tried)
    fc.assert(
      fc.property(fc.integer(), (value) => {
        values.push(value);
      }),
    );
  expect(tried[0]).toEqual(tried[1]);
});
