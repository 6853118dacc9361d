import { describe, expect, it } from '@jest/globals';
import type { PlannedAction } from '../core/action/planned.js';
import { planHash, type Plan } from '../core/plan.js';
import { limitsFor } from '../core/policy/limits.js';
import { readPlansText, readReportText } from './documents.js';

const model = { controller: 'prod', owner: 'admin', model: 'data' };
const action: PlannedAction = {
  id: 'unexpose-1',
  type: 'unexpose',
  args: { type: 'unexpose', model, application: 'kafka' },
  preconditions: [{ type: 'application-present', application: 'kafka' }],
  argv: ['juju', 'unexpose', '-m', 'prod:admin/data', 'kafka'],
  effect: 'closed',
  inverse: [{ type: 'expose', model, application: 'kafka', cidrs: ['0.0.0.0/0'] }],
  risk: 'low',
  disruptive: true,
  repeatable: true,
  cutsOff: [],
  controls: ['JUJU-APP-02'],
};
const target = { kind: 'model', controller: 'prod', model: 'data' } as const;
const limits = limitsFor([]);
const hash = planHash({ target, limits, actions: [action] });
const plan: Plan = {
  kind: 'Plan',
  version: 'v1',
  id: hash.slice(0, 12),
  hash,
  target,
  createdAt: '2026-11-22T06:00:00Z',
  findings: [],
  limits,
  actions: [action],
};

describe('saved plans', () => {
  it('are read one by one or as a list', () => {
    expect(readPlansText(JSON.stringify(plan), 'f')).toEqual([plan]);
    expect(
      readPlansText(JSON.stringify({ kind: 'PlanList', version: 'v1', items: [plan, plan] }), 'f'),
    ).toEqual([plan, plan]);
  });

  it('are refused when an action was changed', () => {
    const changed = { ...plan, actions: [{ ...action, args: { ...action.args, application: 'etcd' } }] };
    expect(() => readPlansText(JSON.stringify(changed), 'f')).toThrow('f was changed after it was made');
  });

  it('are refused when the command shown is not the one that would be run', () => {
    const changed = { ...plan, actions: [{ ...action, argv: ['juju', 'status'] }] };
    expect(() =>
      readPlansText(JSON.stringify({ kind: 'PlanList', version: 'v1', items: [changed] }), 'f'),
    ).toThrow('f: items[0] was changed after it was made');
  });

  it('are refused with every mistake when they are malformed', () => {
    const changed = { ...plan, hash: 'x', actions: [{ ...action, risk: 'none' }] };
    expect(() => readPlansText(JSON.stringify(changed), 'f')).toThrow(
      /hash.*\n.*actions\[0\]\.risk should be one of low/,
    );
  });
});

describe('a saved report', () => {
  it('is told from other documents', () => {
    expect(() => readReportText(JSON.stringify(plan), 'f')).toThrow('f is no report: its kind is Plan');
    expect(() => readReportText('{}', 'f')).toThrow('f is no report: it names no kind');
  });
});
