import { describe, expect, test } from '@jest/globals';
import { workloadDefaults, workloadRuleFor, type WorkloadRule } from './workload.js';

const rule = (match: WorkloadRule['match'], enabled = true): WorkloadRule => ({
  ...workloadDefaults,
  match,
  enabled,
});
const here = { controller: 'prod', model: 'data', application: 'pg' };

describe('units are looked into', () => {
  test.each<[string, readonly WorkloadRule[], boolean]>([
    ['never without an entry', [], false],
    ['where an entry matches', [rule(here)], true],
    ['where an entry says nothing of the place', [rule({})], true],
    ['where an entry matches by its pattern', [rule({ application: 'p?' })], true],
    ['never on another controller', [rule({ ...here, controller: 'lab' })], false],
    ['never in another model', [rule({ ...here, model: 'web' })], false],
    ['never in another application', [rule({ ...here, application: 'etcd' })], false],
    ['never where a later entry takes it out', [rule({}), rule({ model: 'data' }, false)], false],
    ['where a later entry takes it in again', [rule({}, false), rule({ model: 'data' })], true],
  ])('%s', (_name, rules, expected) => {
    expect(workloadRuleFor(rules, here) !== undefined).toBe(expected);
  });
});
