import { describe, expect, it, test } from '@jest/globals';
import { bench, mends, world, type BenchOptions } from '../../test/support/daemon-bench.js';
import { newMemory, type Memory } from '../store/memory.js';

function counted({ marks }: Memory): readonly string[] {
  return marks.map(({ kind, control }) => `${kind} ${control}`);
}

describe('what the rails count on', () => {
  test.each<[string, BenchOptions['answer'], readonly string[]]>([
    ['a change that was seen to work', mends, ['attempt TOY-01', 'fixed TOY-01']],
    ['a change that was refused', () => 'rejected', ['attempt TOY-01', 'failure TOY-01']],
    [
      'a change that made it worse',
      (_, api) => {
        api.show(world({ exposed: false, workload: 'error' }));
        return 'done';
      },
      ['attempt TOY-01', 'failure TOY-01'],
    ],
  ])('is written down for %s', async (_, answer, expected) => {
    const memory = newMemory();
    const { clock } = await bench({ memory, ...(answer === undefined ? {} : { answer }) });
    await clock.advance(3_600_000);
    expect(counted(memory)).toEqual(expected);
  });

  it('is what comes back, too: undone twice, it is left alone', async () => {
    const memory = newMemory();
    const { clock, api, cli, way } = await bench({ memory, first: { exposed: false } });
    await clock.advance(1000);
    for (let n = 0; n < 4; n += 1) {
      api.show(world({ exposed: true }));
      await clock.advance(600_000);
    }
    expect([cli.calls.length, way().at(-1)]).toEqual([2, 'Quarantined(FoughtOver)']);
    expect(counted(memory)).toContain('drift TOY-01');
  });
});
