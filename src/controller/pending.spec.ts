import { describe, expect, it } from '@jest/globals';
import { finding, place, proposal, scene, secure, step, usual } from '../../test/support/rails.js';
import { unknownFact } from '../../test/support/world.js';
import { pass } from '../core/judgement.js';
import type { ProposedStep } from '../core/plan.js';
import type { CliOutcome, CliResult } from '../core/ports/index.js';
import { afterCall, dyingRelation, verdictOn, type Pending } from './pending.js';
import { SettleWatch } from './settle.js';
import { workOf } from './work.js';

const quiet = 10_000;

function pendingOf(made: ProposedStep): Pending {
  const times = { begun: 0, since: 0, notBefore: 0, patience: 0 };
  return { ...workOf(made, proposal([made]).plan), n: 1, ...times, ours: false, troubled: {} };
}

function answered(made: ProposedStep, outcome: CliOutcome): Pending {
  const said = { stdout: '', stderr: '', timedOut: false, durationMs: 1, summary: 'said so' };
  const result: CliResult = { outcome, argv: [], ...said };
  return afterCall(pendingOf(made), result, 0);
}

/** How it stands `now` ms after the call, where the finding passes and all is at rest. */
function stands(pending: Pending, now: number, model = usual): string {
  const { world } = scene({ steps: [], model });
  const findings = [{ ...finding(), judgement: pass('as it should be') }];
  const looking = { key: 'prod:data', settle: new SettleWatch(), effectOf: () => undefined, quiet };
  const { is, ...more } = verdictOn(pending, { ...looking, world, findings, now });
  return 'reason' in more ? `${is} ${more.reason}` : is;
}

describe('a change whose finding passes', () => {
  it('has come true once its units have been at rest for a while', () => {
    const done = answered(secure('etcd'), 'done');
    expect([stands(done, quiet - 1), stands(done, quiet)]).toEqual(['waiting UnitsNotIdle', 'verified']);
  });

  it('is not believed while a relation that was there already may be on its way out', () => {
    const already = answered(secure('etcd'), 'already');
    expect([stands(already, dyingRelation - 1), stands(already, dyingRelation)]).toEqual([
      'waiting StillJoined',
      'verified',
    ]);
  });

  it('is not believed where what became of its action cannot be seen', () => {
    const unit = 'etcd/0';
    const run = step({
      type: 'run-action',
      model: place,
      application: 'etcd',
      unit,
      action: 'check',
      params: {},
    });
    const unread = { ...usual, operations: unknownFact('not read') };
    expect(stands(answered(run, 'done'), quiet, unread)).toBe('waiting NotObserved');
  });

  it('has not come true while the user holds the level that was to be lowered', () => {
    const [user, level] = ['bob', 'write'] as const;
    const on = { kind: 'model', name: 'admin/data' } as const;
    const lowered = step(
      { type: 'revoke', controller: 'prod', user, level, on },
      { preconditions: [{ type: 'user-level', user, level, on: 'model' }] },
    );
    const holding = (held: string) => ({ ...usual, users: { admin: 'admin', bob: held } });
    const done = answered(lowered, 'done');
    expect(['write', 'read'].map((held) => stands(done, quiet, holding(held)))).toEqual(['gone', 'verified']);
  });

  it('is ours to undo only where Juju said that it did it', () => {
    const outcomes = ['done', 'already', 'retry'] as const;
    expect(outcomes.map((outcome) => answered(secure(), outcome).ours)).toEqual([true, false, false]);
  });
});
