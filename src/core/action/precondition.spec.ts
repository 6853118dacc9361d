import { describe, expect, test } from '@jest/globals';
import { at, restart, scene } from '../../../test/support/rails.js';
import { application, unit, unknownFact } from '../../../test/support/world.js';
import type { Unit } from '../snapshot.js';
import { unmet } from './precondition.js';

function settled(more: Partial<Unit>): string | undefined {
  const units = { 'etcd/0': unit('etcd/0'), 'etcd/1': unit('etcd/1', more) };
  return why({ etcd: application({ units }) });
}

function why(applications: Readonly<Record<string, ReturnType<typeof application>>>): string | undefined {
  const { world } = scene({ steps: [restart()], model: { applications } });
  return unmet({ type: 'application-settled', application: 'etcd' }, { ...world, now: at });
}

describe('an application has settled', () => {
  test.each(['active', 'blocked'])('when its idle units are %s', (workload) => {
    expect(settled({ workload })).toBeUndefined();
  });

  test.each(['error', 'maintenance', 'terminated', 'unknown', 'waiting'])(
    'not while a unit is in %s',
    (workload) => {
      expect(settled({ workload })).toBe(`unit etcd/1 is ${workload}/idle`);
    },
  );

  test('not while an agent is at work', () => {
    expect(settled({ agent: 'executing' })).toBe('unit etcd/1 is active/executing');
  });

  test('not where its units were not read', () => {
    expect(why({ etcd: application({ units: unknownFact('no') }) })).toBe('the units of etcd were not read');
  });
});
