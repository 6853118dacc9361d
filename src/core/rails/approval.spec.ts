import { describe, expect, it, test } from '@jest/globals';
import {
  ago,
  at,
  finding,
  proposal,
  restart,
  said,
  scene,
  word,
  type StepSpec,
} from '../../../test/support/rails.js';
import type { ProposedStep } from '../plan.js';
import type { Decision } from '../ports/index.js';
import { instant } from '../time.js';
import { approval } from './approval.js';
import { splitPlan } from './split-plan.js';

const careful: StepSpec = { settings: { disruptive: 'approval' } };
const one = restart('etcd', careful);
const other = restart('kafka', careful);
const third = restart('postgresql', careful);
const needed = 'WaitingApproval ApprovalNeeded';
const given = `- approved by ann until ${instant(at + 7_200_000)}`;

function verdict(steps: readonly ProposedStep[], decisions: readonly Decision[], step = one) {
  return approval(step, scene({ steps, orders: { decisions } }));
}

const planOf = (...steps: readonly ProposedStep[]) => proposal(steps).plan;

describe('who has to be asked', () => {
  test.each<[string, StepSpec, string]>([
    ['a person for what disrupts', careful, needed],
    ['nobody where the policy lets it through', { settings: { disruptive: 'allow' } }, '- needs none'],
    ['nobody where a window lets it through', { settings: { disruptive: 'window' } }, '- needs none'],
    ['nobody for what disturbs nobody', { ...careful, disruptive: false }, '- needs none'],
    [
      'a person for what cannot be undone, whatever the policy lets through',
      { irreversible: 'it is gone', disruptive: false },
      needed,
    ],
    ['a person where one of two controls wants it', { findings: [finding(), finding(careful)] }, needed],
  ])('%s', (_name, spec, expected) => {
    const step = restart('etcd', spec);
    expect(said(verdict([step], [], step))).toBe(expected);
  });

  it('a person for everything where nothing is done that was not approved', () => {
    const step = restart('etcd', { disruptive: false });
    const asked = (decisions: readonly Decision[]): string =>
      said(approval(step, { ...scene({ steps: [step], orders: { decisions } }), askAlways: true }));
    expect([asked([]), asked([word(planOf(step))])]).toEqual([needed, given]);
  });

  it('is told with the reason', () => {
    const step = restart('etcd', { irreversible: 'the history is lost' });
    expect(verdict([step], [], step).hold?.message).toBe(
      'needs an approval: it cannot be undone: the history is lost',
    );
  });
});

describe('an approval', () => {
  const stricter = restart('etcd', { ...careful, rails: { attempts: 1 } });
  const whole = planOf(one, other);

  test.each<[string, readonly ProposedStep[], readonly Decision[], string]>([
    ['of the plan lets its steps through', [one, other], [word(whole)], given],
    ['of another plan does not', [one], [word(planOf(other))], needed],
    ['still counts when the plan became shorter', [one], [word(whole)], given],
    ['counts no more when the plan grew', [one, other, third], [word(whole)], needed],
    ['counts no more when it is over', [one, other], [word(whole, { expiresAt: instant(at) })], needed],
    [
      'given later than it is now does not count: the clock was set back',
      [one, other],
      [word(whole, { at: instant(at + 1) })],
      needed,
    ],
    [
      'given later than it is now does not count beside an older denial',
      [one, other],
      [word(whole, { at: instant(at + 1) }), word(whole, { decision: 'deny', by: 'bob', at: ago(30) })],
      'WaitingApproval PlanDenied',
    ],
    ['counts no more when the limits changed', [stricter], [word(whole)], needed],
    [
      'counts no more when a condition of the action changed',
      [restart('etcd', { ...careful, preconditions: [{ type: 'user-enabled', user: 'bob' }] })],
      [word(whole)],
      needed,
    ],
    [
      'counts no more when somebody denied it later',
      [one, other],
      [word(whole), word(whole, { decision: 'deny', by: 'bob', at: ago(5) })],
      'WaitingApproval PlanDenied',
    ],
    [
      'counts again when it was given after a denial',
      [one, other],
      [word(whole, { at: ago(5) }), word(whole, { decision: 'deny', by: 'bob', at: ago(30) })],
      given,
    ],
    [
      'does not count beside a denial of the same moment',
      [one, other],
      [word(whole), word(whole, { decision: 'deny', by: 'bob' })],
      'WaitingApproval PlanDenied',
    ],
    [
      'older than a denial counts no more, though a later one does not cover',
      [one, other],
      [
        word(whole, { at: ago(50) }),
        word(whole, { decision: 'deny', by: 'bob', at: ago(30) }),
        word(planOf(one), { at: ago(5), by: 'eve' }),
      ],
      needed,
    ],
    [
      'counts where the denial is just over',
      [one, other],
      [word(whole), word(whole, { decision: 'deny', by: 'bob', at: ago(5), expiresAt: instant(at) })],
      given,
    ],
    [
      'that covers it is found behind a later one that does not',
      [one, other],
      [word(whole, { at: ago(30) }), word(planOf(one), { at: ago(5), by: 'bob' })],
      given,
    ],
  ])('%s', (_name, steps, decisions, expected) => {
    const step = steps[0] ?? one;
    expect(said(verdict(steps, decisions, step))).toBe(expected);
  });

  it('that counts no more is told, with the reason', () => {
    const message = (steps: readonly ProposedStep[], decision: Partial<Decision> = {}) =>
      verdict(steps, [word(whole, decision)], steps[0] ?? one).hold?.message;
    const why = 'needs an approval: it is disruptive; ann approved it, but ';
    expect(message([one, other, third])).toBe(`${why}the plan has grown since`);
    expect(message([stricter])).toBe(`${why}the limits have changed since`);
    expect(message([one], { expiresAt: ago(3) })).toBe(`${why}that ended at ${ago(3)}`);
    expect(message([one], { expiresAt: instant(at) })).toBe(`${why}that ended at ${instant(at)}`);
    const later = instant(at + 60_000);
    expect(message([one], { at: later })).toBe(
      `${why}at ${later}, later than it is now: the clock was set back since, so approve it again`,
    );
  });

  it('of a plan whose strictest step is done still counts for the others', () => {
    const strict = restart('kafka', { ...careful, rails: { attempts: 1 } });
    const approved = planWithLimits(one, strict);
    expect(approved.limits.attempts).not.toBe(planWithLimits(one).limits.attempts);
    expect(said(verdict([one], [word(approved)]))).toBe(given);
  });
});

/** As planning does it: an action says its limits where they are not those of the plan. */
function planWithLimits(...steps: readonly ProposedStep[]) {
  const plan = planOf(...steps);
  const own = (step: ProposedStep) => proposal([step]).plan.limits;
  const actions = steps.map((step) =>
    own(step).attempts === plan.limits.attempts ? step.action : { ...step.action, limits: own(step) },
  );
  return { ...plan, actions };
}

describe('a denial', () => {
  it('holds what nobody had to be asked for, until it ends, and says who and why', () => {
    const step = restart('etcd', { disruptive: false });
    const { hold } = verdict(
      [step],
      [word(planOf(step), { decision: 'deny', reason: 'not this week' })],
      step,
    );
    expect(hold).toEqual({
      state: 'WaitingApproval',
      reason: 'PlanDenied',
      message: `denied by ann until ${instant(at + 7_200_000)}: not this week`,
      until: at + 7_200_000,
    });
  });

  it('need not say why', () => {
    const { hold } = verdict([one], [word(planOf(one), { decision: 'deny' })]);
    expect(hold?.message).toBe(`denied by ann until ${instant(at + 7_200_000)}`);
  });

  it('still holds when the plan has changed around the action', () => {
    const denied = [word(planOf(one, other), { decision: 'deny' })];
    expect(said(verdict([one, third], denied))).toBe('WaitingApproval PlanDenied');
  });

  it('that is over does not hold', () => {
    const over = [word(planOf(one), { decision: 'deny', expiresAt: ago(1) })];
    expect(said(verdict([one], over))).toBe(needed);
  });
});

describe('an approved part of a plan that was split', () => {
  const rails = { applications: 1 };
  const [first, second, more] = ['etcd', 'kafka', 'postgresql', 'zookeeper'].map((app) =>
    restart(app, { ...careful, rails }),
  );
  if (first === undefined || second === undefined || more === undefined) throw new Error('no steps');
  const all = [first, second];
  const parts = splitPlan(proposal(all), scene({ steps: all }).world.model);
  const part = word(parts[0] ?? proposal(all).plan);

  it('lets its own steps through, and no others', () => {
    expect(said(verdict(all, [part], first))).toBe(given);
    expect(said(verdict(all, [part], second))).toBe(needed);
  });

  it('still counts when the rest of the plan became shorter, and not when it grew', () => {
    expect(said(verdict([first], [part], first))).toBe(given);
    expect(said(verdict([first, second, more], [part], first))).toBe(needed);
  });
});
