import { describe, expect, it } from '@jest/globals';
import { bench, type BenchOptions } from '../../test/support/daemon-bench.js';
import { undoableGuide, undoableTwice } from '../../test/support/toy-guide.js';
import { application, controller, estate, model, unit } from '../../test/support/world.js';
import type { LimitRule } from '../core/policy/rails.js';
import type { Snapshot } from '../core/snapshot.js';
import { newMemory } from '../store/memory.js';

const open = { exposed: true, endpoints: { '': { cidrs: ['10.0.0.0/8'], spaces: [] } } };
const shut = { exposed: false };

function shown(exposure: typeof open | typeof shut, workload = 'active'): Snapshot {
  const app = application({ exposure, units: { 'db/0': unit('db/0', { workload }) } });
  return estate({
    controllers: { prod: controller({ models: { data: model({ applications: { db: app } }) } }) },
  });
}

/** The first call takes the application down; a second one is the undoing. */
function breaking(
  more: BenchOptions = {},
  second: () => Snapshot = () => shown(open),
): ReturnType<typeof bench> {
  return bench({
    guides: [undoableGuide],
    answer: (n, api) => {
      api.show(n === 1 ? shown(shut, 'error') : second());
      return 'done';
    },
    ...more,
  });
}

const limits = (limit: Partial<LimitRule>): BenchOptions => ({
  policy: { limits: [{ match: {}, ...limit }] },
});

describe('a change that made things worse', () => {
  it('is undone, seen to be as before, and left to a person', async () => {
    const memory = newMemory();
    const { clock, api, cli, way } = await breaking({ memory });
    api.show(shown(open));
    await clock.advance(1_300_000);
    expect(cli.calls).toEqual([
      'unexpose -m prod:admin/data db',
      'expose -m prod:admin/data db --to-cidrs 10.0.0.0/8',
    ]);
    expect(way().slice(-2)).toEqual(['Running(Undoing)', 'RolledBack(HealthWorse)']);
    expect(memory.audit.map(({ event }) => event)).toEqual([
      'ChangeBegun',
      'CallEnded',
      'UndoBegun',
      'CallEnded',
      'RolledBack',
    ]);
    expect(memory.marks.map(({ kind }) => kind)).toContain('failure');
    await clock.advance(86_400_000);
    expect(cli.calls).toHaveLength(2);
  });

  it.each<[string, BenchOptions, RegExp]>([
    ['where the policy undoes nothing by itself', limits({ rollback: 'never' }), /the policy undoes nothing/],
    ['where Juju says that it was so before', { answer: already }, /not ours to undo/],
  ])('is left as it is, with the way back, %s', async (_, more, why) => {
    const { clock, api, cli, daemon } = await breaking(more);
    api.show(shown(open));
    await clock.advance(1_300_000);
    const remediation = daemon.remediations().at(-1);
    expect([cli.calls.length, remediation?.state]).toEqual([1, 'NeedsReview']);
    expect(remediation?.message).toMatch(why);
    expect(remediation?.message).toMatch(
      /by hand: juju expose -m prod:admin\/data db --to-cidrs 10.0.0.0\/8/,
    );
  });

  it('is not undone when someone else has changed it meanwhile', async () => {
    const { clock, api, cli, daemon } = await breaking({
      answer: (_, shows) => {
        shows.show(shown(shut, 'error'));
        return 'done';
      },
    });
    api.show(shown(open));
    await clock.advance(500_000);
    api.show(
      shown({ exposed: true, endpoints: { web: { cidrs: ['10.1.0.0/16'], spaces: [] } } } as never, 'error'),
    );
    await clock.advance(700_000);
    expect(cli.calls.filter((call) => call.startsWith('expose'))).toEqual([]);
    expect(daemon.remediations().at(-1)?.state).not.toBe('RolledBack');
  });

  it('that cannot be undone either says so, with the commands', async () => {
    const { clock, api, daemon } = await breaking({}, () => shown(shut, 'error'));
    api.show(shown(open));
    await clock.advance(2_000_000);
    const last = daemon.remediations().at(-1);
    expect([last?.state, last?.reason]).toEqual(['NeedsReview', 'UndoFailed']);
    expect(last?.message).toMatch(/to undo it by hand: juju expose/);
  });

  it('is not called undone because a call said so', async () => {
    const { clock, api, way } = await breaking({}, () => shown(shut));
    api.show(shown(open));
    await clock.advance(3_000_000);
    expect(way()).toContain('NeedsReview(UndoFailed)');
  });

  it('is undone no further once a call of it failed', async () => {
    const { clock, api, cli, way } = await breaking({
      guides: [undoableTwice],
      answer: (n, shows) => {
        shows.show(shown(shut, 'error'));
        return n === 1 ? 'done' : 'rejected';
      },
    });
    api.show(shown(open));
    await clock.advance(2_000_000);
    expect([cli.calls.length, way().at(-1)]).toEqual([2, 'NeedsReview(UndoFailed)']);
  });
});

function already(_: number, api: { show(snapshot: Snapshot): void }): 'already' {
  api.show(shown(shut, 'error'));
  return 'already';
}
