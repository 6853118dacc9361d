import { describe, expect, it } from '@jest/globals';
import { takingTurns } from './turns.js';

const loopTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a crowd of requests', () => {
  it('is let in one by one, in its order, with a turn of everything else between two', async () => {
    const turn = takingTurns();
    const seen: string[] = [];
    const all = Promise.all([1, 2, 3].map(async (n) => turn('/').then(() => seen.push(`page ${n}`))));
    for (let n = 0; n < 3; n += 1) {
      await Promise.resolve();
      seen.push('other');
      await loopTurn();
    }
    await all;
    expect(seen.filter((one) => one !== 'other')).toEqual(['page 1', 'page 2', 'page 3']);
    expect(seen.join().includes('page 2,page 3')).toBe(false);
  });

  it('does not keep anybody from asking whether we live, and costs nothing when there is none', async () => {
    const turn = takingTurns();
    const seen: string[] = [];
    void turn('/').then(() => seen.push('first'));
    void turn('/').then(() => seen.push('second'));
    void turn('/healthz').then(() => seen.push('alive'));
    await Promise.resolve();
    await Promise.resolve();
    expect(seen).toEqual(['first', 'alive']);
  });
});
