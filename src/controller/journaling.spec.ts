import { describe, expect, it } from '@jest/globals';
import { bench, mends, type BenchOptions } from '../../test/support/daemon-bench.js';
import { undoableTwice } from '../../test/support/toy-guide.js';
import { application, controller, estate, model, unit } from '../../test/support/world.js';
import type { Step } from '../core/ports/index.js';
import type { Snapshot } from '../core/snapshot.js';
import { newMemory, type Memory } from '../store/memory.js';

function written({ steps }: Memory): readonly string[] {
  return [...steps.values()].flatMap((own) => [...own.values()]).map(text);
}

function text({ n, kind, state, argv, outcome }: Step): string {
  return [n, kind, argv[1], state, ...(outcome === undefined ? [] : [outcome])].join(' ');
}

/** What stands in the journal whenever a process is started. */
async function seenAtStart(more: BenchOptions): Promise<readonly (readonly string[])[]> {
  const memory = newMemory();
  const seen: (readonly string[])[] = [];
  const { clock } = await bench({
    memory,
    ...more,
    answer: (n, api) => {
      seen.push(written(memory));
      return (more.answer ?? mends)(n, api);
    },
  });
  await clock.advance(1_300_000);
  return [...seen, written(memory)];
}

/** db, exposed or not, with its one unit well or in error. */
function shown(exposed: boolean, workload = 'active'): Snapshot {
  const endpoints = { '': { cidrs: ['10.0.0.0/8'], spaces: [] } };
  const exposure = exposed ? { exposed, endpoints } : { exposed };
  const app = application({ exposure, units: { 'db/0': unit('db/0', { workload }) } });
  return estate({
    controllers: { prod: controller({ models: { data: model({ applications: { db: app } }) } }) },
  });
}

describe('before a process is started', () => {
  it('its intent is in the journal, and its end when it has ended', async () => {
    expect(await seenAtStart({})).toEqual([['1 do unexpose intent'], ['1 do unexpose verified']]);
  });

  it('so it is for what undoes a change', async () => {
    const answer: BenchOptions['answer'] = (n, api) => {
      api.show(n === 1 ? shown(false, 'error') : shown(true));
      return 'done';
    };
    const seen = await seenAtStart({ guides: [undoableTwice], answer });
    expect(seen.slice(0, 3)).toEqual([
      ['1 do unexpose intent'],
      ['1 do unexpose exited done', '2 undo expose intent'],
      ['1 do unexpose exited done', '2 undo expose exited done', '3 undo expose intent'],
    ]);
  });

  it('the journal must have taken the intent: where it cannot, nothing is started', async () => {
    class Full extends Map<string, Map<number, Step>> {
      override set(): never {
        throw new Error('no space left');
      }
    }
    const { clock, cli } = await bench({ memory: { ...newMemory(), steps: new Full() } });
    await clock.advance(600_000);
    expect(cli.calls).toEqual([]);
  });
});
