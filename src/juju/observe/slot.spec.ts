import { describe, expect, it } from '@jest/globals';
import { failureOf } from '../../../test/support/juju-connection.js';
import { virtualClock } from '../../simulator/virtual-clock.js';
import { known } from '../../core/fact.js';
import { ConnectionError } from '../api/api-error.js';
import { readingOf, Slot } from './slot.js';

const gone = (): Promise<never> => Promise.reject(new ConnectionError('gone'));

describe('a fact read from time to time', () => {
  it('is unknown before the first answer', () => {
    expect(new Slot('Block.List', virtualClock(), 1000).fact).toMatchObject({
      unknown: { reason: 'not read yet' },
      source: { road: 'api', call: 'Block.List' },
    });
  });

  it('outlives short troubles and is given up after long ones', async () => {
    const clock = virtualClock();
    const slot = new Slot<number>('Block.List', clock, 1000);
    await slot.renew(() => Promise.resolve(known(readingOf('Block.List v2', clock.now()), 7)));
    await clock.advance(1000);
    expect((await failureOf(slot.renew(gone))).message).toBe('gone');
    expect(slot.fact).toMatchObject({ value: 7 });
    await clock.advance(1);
    await failureOf(slot.renew(gone));
    expect(slot.fact).toMatchObject({ unknown: { reason: 'not read since 2026-11-22T00:00:00Z: gone' } });
    expect(slot.fact.source.call).toBe('Block.List v2');
  });

  it('is given up after a trouble when the clock was set back: nobody knows how old it is', async () => {
    const clock = virtualClock();
    let offset = 0;
    const slot = new Slot<number>('Block.List', { ...clock, now: () => clock.now() + offset }, 1000);
    await slot.renew(() => Promise.resolve(known(readingOf('Block.List v2', clock.now()), 7)));
    offset = -86_400_000;
    await failureOf(slot.renew(gone));
    expect(slot.fact).toMatchObject({ unknown: { reason: 'not read since 2026-11-22T00:00:00Z: gone' } });
  });

  it('that could never be read says so', async () => {
    const slot = new Slot<number>('Block.List', virtualClock(), 1000);
    await failureOf(slot.renew(gone));
    expect(slot.fact).toMatchObject({ unknown: { reason: 'never read: gone' } });
  });
});
