import { describe, expect, test } from '@jest/globals';
import { finding, proposal, restart } from '../../test/support/rails.js';
import type { Finding } from '../core/finding.js';
import { fail, notApplicable, pass, unsettled, type Judgement } from '../core/judgement.js';
import { verify } from './verify.js';
import { workOf } from './work.js';

const step = restart('etcd');
const bare = {
  undo: { inverse: [] },
  effect: 'done',
  risk: 'low',
  disruptive: true,
  repeatable: true,
} as const;
const same = { ...bare, action: step.action.args, cutsOff: [], preconditions: [] };
const next = { ...same, action: { ...step.action.args, key: 'next' } as typeof same.action };

/** The finding as it is seen after the change. */
function now(judgement: Judgement, more: Partial<Finding> = {}): Finding {
  return { ...finding({ target: { application: 'etcd' } }), judgement, ...more };
}

function verdict(findings: readonly Finding[], effect?: Judgement): string {
  const work = workOf(step, proposal([step]).plan);
  const { is, ...more } = verify({ work, findings, effectOf: () => effect });
  return 'reason' in more ? `${is} ${more.reason}` : is;
}

const unseen = unsettled('NotObserved', 'not read');
const wrong = fail('Wrong', 'still wrong');
const right = pass('as it should be');
const ofUser = { target: { ...finding().target, user: 'bob' } };

describe('a change has come true', () => {
  test.each<[string, readonly Finding[], Judgement | undefined, string]>([
    ['when its finding passes', [now(right)], undefined, 'verified'],
    ['when its finding passes and its effect is seen', [now(right)], right, 'verified'],
    ['when its effect is no question there', [now(right)], notApplicable('None', 'none'), 'verified'],
    ['when its finding asks for the next step', [now(wrong, { remedies: [next] })], undefined, 'verified'],
    ['when nothing is said of its target any more', [now(right, ofUser)], undefined, 'verified'],
    ['not while its finding cannot be seen', [now(unseen)], undefined, 'waiting NotObserved'],
    ['not while the whole control cannot be seen', [now(unseen, ofUser)], undefined, 'waiting NotObserved'],
    ['not while its effect cannot be seen', [now(right)], unseen, 'waiting EffectNotSeen'],
    ['not while its effect is another', [now(right)], wrong, 'waiting Wrong'],
    [
      'not while it is asked for again',
      [now(wrong, { remedies: [same] })],
      undefined,
      'undone StillViolated',
    ],
    ['not while it is wrong without a step', [now(wrong)], undefined, 'waiting StillViolated'],
    ['not when nobody judges it any more', [], undefined, 'gone'],
  ])('%s', (_, findings, effect, expected) => {
    expect(verdict(findings, effect)).toBe(expected);
  });
});
