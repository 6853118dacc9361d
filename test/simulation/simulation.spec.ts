import { describe, expect, it } from '@jest/globals';
import { optionsOf } from './main.js';
import { simulate } from './simulation.js';
import { simulates } from './suite.js';

describe('the daemon through hours of trouble', () => {
  simulates('odd');

  it('fares the same way each time for the same seed', async () => {
    const one = await simulate(optionsOf(7));
    const other = await simulate(optionsOf(7));
    expect(one.trace).toEqual(other.trace);
    expect(one.digest).toBe(other.digest);
  });
});
