import { afterEach, describe, expect, test } from '@jest/globals';
import { InputError } from '../core/input-error.js';
import { refuseReadableByOthers } from './read-file.js';

const holdfast = 584_792;
const { geteuid } = process;
afterEach(() => {
  Object.assign(process, { geteuid });
});

function refused(owner: number, mode: number, runsAs: number): boolean {
  Object.assign(process, { geteuid: () => runsAs });
  try {
    refuseReadableByOthers('secret', { owner, mode });
    return false;
  } catch (error) {
    if (error instanceof InputError) return true;
    throw error;
  }
}

describe('a file with a secret', () => {
  test.each([
    ['of its own for itself alone', holdfast, 0o600],
    ['of root, shown to it by its group: a Secret mounted with fsGroup', 0, 0o440],
    ['of root, shown to it by its group: a credential of systemd', 0, 0o640],
  ])('is read %s', (_what, owner, mode) => {
    expect(refused(owner, mode, holdfast)).toBe(false);
  });

  test.each([
    ['of its own that a group may read', holdfast, 0o640],
    ["of somebody else's that a group may read", 1000, 0o640],
    ['of root that a group may change', 0, 0o660],
    ['of root that a group may run', 0, 0o650],
    ['of root that everybody may read', 0, 0o444],
  ])('is refused %s', (_what, owner, mode) => {
    expect(refused(owner, mode, holdfast)).toBe(true);
  });

  test('of root that a group may read is refused for root, whom nothing forces to show it', () => {
    expect(refused(0, 0o640, 0)).toBe(true);
  });
});
