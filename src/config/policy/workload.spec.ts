import { describe, expect, test } from '@jest/globals';
import { workloadRuleFor } from '../../core/policy/workload.js';
import { WorkloadEntry, workloadFrom } from './workload.js';

const place = { controller: 'prod', model: 'data', application: 'etcd' };

describe('which units may be looked into', () => {
  test.each<[string, readonly object[], object | undefined]>([
    ['none unless said', [], undefined],
    ['those of a model', [{ match: { model: 'data' } }], { every: 900, atOnce: 2, perMinute: 30 }],
    ['not those of another', [{ match: { model: 'web' } }], undefined],
    [
      'by pattern, as often as said',
      [{ match: { model: 'd*' }, every: '2h', atOnce: 1 }],
      { every: 7200, atOnce: 1 },
    ],
    [
      'but for those that are taken out again',
      [{ match: {} }, { match: { application: 'etcd' }, enabled: false }],
      undefined,
    ],
  ])('%s', (_, entries, expected) => {
    const rule = workloadRuleFor(workloadFrom(entries.map((entry) => WorkloadEntry.parse(entry))), place);
    if (expected === undefined) expect(rule).toBeUndefined();
    else expect(rule).toMatchObject(expected);
  });

  test.each([
    { match: { guide: 'x' } },
    { match: {}, every: '5s' },
    { match: {}, atOnce: 0 },
    { match: {}, often: true },
  ])('%j is a mistake', (entry) => {
    expect(WorkloadEntry.safeParse(entry).success).toBe(false);
  });
});
