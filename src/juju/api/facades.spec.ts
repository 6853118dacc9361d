import { describe, expect, it, test } from '@jest/globals';
import { negotiate } from './facades.js';

describe('facade versions', () => {
  test.each([
    ['the highest that both speak', { Client: [6, 7, 8] }, 8],
    ['ours, when the controller is ahead', { Client: [8, 9, 10] }, 8],
    ['the controller’s, when it is behind', { Client: [1, 2, 3, 4, 5, 6] }, 6],
    ['none, when there is no common one', { Client: [9] }, undefined],
    ['none, when the facade is missing', {}, undefined],
  ])('takes %s', (_, offered, version) => {
    expect(negotiate(offered as Record<string, number[]>, 'Client')).toBe(version);
  });

  it('finds AllWatcher on a 3.x login and not on a 4.x one', () => {
    expect(negotiate({ AllWatcher: [3] }, 'AllWatcher')).toBe(3);
    expect(negotiate({ Client: [8] }, 'AllWatcher')).toBeUndefined();
  });
});
