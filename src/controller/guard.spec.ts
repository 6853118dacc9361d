import { describe, expect, it } from '@jest/globals';
import {
  application,
  controller,
  estate,
  model,
  unit,
  unknownFact,
  type ModelSpec,
} from '../../test/support/world.js';
import { knowledge } from '../../test/support/judge.js';
import { toyGuide } from '../../test/support/toy-guide.js';
import { evaluate } from '../core/evaluate/index.js';
import { plan, type ProposedStep } from '../core/plan.js';
import { observeOnly, type Policy } from '../core/policy/policy.js';
import type { Precondition } from '../core/action/action.js';
import type { Unit } from '../core/snapshot.js';
import { heldBack } from './guard.js';

const enforce: Policy['defaults'] = { mode: 'enforce', profile: 'baseline', disruptive: 'allow' };

interface Case {
  readonly defaults?: Partial<Policy['defaults']>;
  readonly unit?: Partial<Unit>;
  readonly info?: ModelSpec['info'];
  readonly irreversible?: string;
  readonly preconditions?: readonly Precondition[];
}

function held(given: Case): string | undefined {
  const db = application({ exposure: { exposed: true }, units: { 'db/0': unit('db/0', given.unit ?? {}) } });
  const made = model({ applications: { db }, ...(given.info === undefined ? {} : { info: given.info }) });
  const snapshot = estate({ controllers: { prod: controller({ users: [], models: { data: made } }) } });
  const policy = { ...observeOnly, defaults: { ...enforce, mode: 'propose' as const, ...given.defaults } };
  const step = plan(evaluate([toyGuide], snapshot, { policy, knowledge }, 0), 0)[0]?.steps[0];
  const prod = snapshot.controllers['prod'];
  if (step === undefined || prod === undefined) throw new Error('nothing to hold');
  const world = {
    controller: prod,
    ...(prod.models['data'] === undefined ? {} : { model: prod.models['data'] }),
  };
  const hold = heldBack(changed(step, given), world);
  return hold && `${hold.state} ${hold.reason}`;
}

function changed(step: ProposedStep, given: Case): ProposedStep {
  const irreversible = given.irreversible === undefined ? {} : { irreversible: given.irreversible };
  return { ...step, action: { ...step.action, ...irreversible, preconditions: given.preconditions ?? [] } };
}

const allow = { mode: 'enforce' } as const;

describe('what holds a step back', () => {
  it.each<[string, Case, string | undefined]>([
    ['nothing when all is at rest and the policy allows it', { defaults: allow }, undefined],
    ['the mode propose', {}, 'Proposed ModePropose'],
    [
      'a disruption that nobody approved',
      { defaults: { ...allow, disruptive: 'approval' } },
      'WaitingApproval ApprovalNeeded',
    ],
    [
      'a change that cannot be undone, even where disruption is allowed',
      { defaults: allow, irreversible: 'it is gone' },
      'WaitingApproval ApprovalNeeded',
    ],
    [
      'a unit whose agent is at work',
      { defaults: allow, unit: { agent: 'executing' } },
      'WaitingDependency UnitsNotIdle',
    ],
    [
      'a unit in maintenance',
      { defaults: allow, unit: { workload: 'maintenance' } },
      'WaitingDependency UnitsNotIdle',
    ],
    [
      'a refresh under way',
      { defaults: allow, unit: { upgradingFrom: 'ch:db-1' } },
      'WaitingDependency RefreshInProgress',
    ],
    [
      'a migration of the model',
      { defaults: allow, info: { migration: 'exporting' } },
      'WaitingDependency MigrationInProgress',
    ],
    ['a model that is busy', { defaults: allow, info: { status: 'busy' } }, 'WaitingDependency ModelBusy'],
    [
      'a model that could not be read',
      { defaults: allow, info: unknownFact('not read') },
      'WaitingDependency ModelNotSeen',
    ],
    [
      'a precondition that does not hold',
      { defaults: allow, preconditions: [{ type: 'related', application: 'db', endpoint: 'peer' }] },
      'WaitingDependency PreconditionUnmet',
    ],
  ])('%s', (_, given, expected) => {
    expect(held(given)).toBe(expected);
  });
});
