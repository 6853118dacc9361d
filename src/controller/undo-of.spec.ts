import { describe, expect, test } from '@jest/globals';
import { place, proposal, scene, secure, step, usual } from '../../test/support/rails.js';
import { application, relate, unit, type ModelSpec } from '../../test/support/world.js';
import type { Action } from '../core/action/action.js';
import { defaultRails, type Rails } from '../core/policy/rails.js';
import type { ProposedStep } from '../core/plan.js';
import type { Pending } from './pending.js';
import { undoOf } from './undo.js';
import type { Doubt } from './verify.js';
import { workOf } from './work.js';

const ends = [
  { application: 'ca', endpoint: 'certificates' },
  { application: 'etcd', endpoint: 'peer-certificates' },
] as const;
const closed = step({ type: 'unexpose', model: place, application: 'etcd' });
const reopening: Action = { type: 'expose', model: place, application: 'etcd', cidrs: ['10.0.0.0/8'] };
const parting: Action = { type: 'remove-relation', model: place, ends };

const seen: Doubt = { is: 'waiting', reason: 'HealthWorse', message: 'worse', failing: true };
const unseen: Doubt = { ...seen, failing: false };
const asked: Doubt = { is: 'undone', reason: 'StillViolated', message: 'asked for again' };

const plain = etcd('active');
const secured: ModelSpec = {
  ...plain,
  relations: [relate('etcd:peer-certificates', 'ca:certificates', 'tls-certificates')],
};
const down: ModelSpec = { ...etcd('error'), relations: secured.relations ?? [] };

function etcd(workload: string, exposed = false): ModelSpec {
  const units = Object.fromEntries(['etcd/0', 'etcd/1'].map((name) => [name, unit(name, { workload })]));
  const made = application({ charm: { name: 'charmed-etcd' }, exposure: { exposed }, units });
  return { ...usual, applications: { ...usual.applications, etcd: made } };
}

interface Given {
  readonly made?: ProposedStep;
  readonly inverse?: readonly Action[];
  readonly doubt?: Doubt;
  readonly ours?: boolean;
  readonly model?: ModelSpec;
  readonly rails?: Partial<Rails>;
}

function choice({ made = closed, inverse = [reopening], ...given }: Given): string {
  const { doubt = seen, ours = true, model = plain, rails = {} } = given;
  const work = workOf({ ...made, action: { ...made.action, inverse } }, proposal([made]).plan);
  const times = { begun: 0, since: 0, notBefore: 0, patience: 0 };
  const pending: Pending = { ...work, n: 1, ...times, ours, troubled: {} };
  const { world } = scene({ steps: [], model });
  const chosen = undoOf(pending, doubt, world, { ...defaultRails, ...rails });
  return 'refused' in chosen ? chosen.refused : chosen.actions.map(({ type }) => type).join();
}

const encryption = { made: secure('etcd'), inverse: [parting], model: secured };

describe('a change that did not work', () => {
  test.each<[string, Given, RegExp]>([
    ['is undone where it was seen to fail', {}, /^expose$/],
    ['is not where it was only not seen to work', { doubt: unseen }, /not seen to fail/],
    ['is not where the same is asked for again', { doubt: asked }, /not seen to fail/],
    ['is not where it was so before', { ours: false }, /not ours/],
    ['is not where it is no longer as we left it', { model: etcd('error', true) }, /someone else/],
    ['is not where there is no way back', { inverse: [] }, /cannot be undone/],
    ['is not where the policy undoes nothing', { rails: { rollback: 'never' } }, /the policy undoes nothing/],
    ['is not where it brought encryption', encryption, /plain text/],
    [
      'is not where it brought encryption, the policy lets go of that, and the application is up',
      { ...encryption, rails: { plaintextRollback: true } },
      /plain text/,
    ],
    [
      'is not where it brought encryption and the application is down, unless the policy lets go of that',
      { ...encryption, model: down },
      /plain text/,
    ],
    [
      'is undone where it brought encryption, the policy lets go of that, and the application is down',
      { ...encryption, model: down, rails: { plaintextRollback: true } },
      /^remove-relation$/,
    ],
  ])('%s', (_, given, expected) => {
    expect(choice(given)).toMatch(expected);
  });
});
