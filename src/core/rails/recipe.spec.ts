import { describe, expect, it, test } from '@jest/globals';
import {
  ago,
  at,
  place,
  proposal,
  restart,
  said,
  scene,
  step,
  window,
  word,
} from '../../../test/support/rails.js';
import type { Action, Precondition } from '../action/action.js';
import type { Recipe } from '../action/recipe.js';
import type { ProposedStep } from '../plan.js';
import type { Decision, Mark } from '../ports/index.js';
import { findingId } from '../report/build.js';
import { instant } from '../time.js';
import { approval } from './approval.js';
import { blastRadius } from './blast-radius.js';
import { splitPlan } from './split-plan.js';
import { window as windowRail } from './window.js';

const settings = { disruptive: 'allow' } as const;

function recipeTo(revision: number, application = 'etcd'): Recipe {
  const steps = [
    { type: 'run-action', action: 'pre-refresh-check' },
    { type: 'refresh', revision },
    { type: 'run-action', action: 'resume-refresh' },
  ] as const;
  return { type: 'refresh', model: place, application, revision, steps };
}

interface Given {
  readonly recipe?: Recipe;
  readonly disruptive?: boolean;
  readonly irreversible?: string;
  readonly preconditions?: readonly Precondition[];
}

function stepOf(args: Action, { recipe = recipeTo(200), ...more }: Given = {}): ProposedStep {
  const made = step(args, { settings, target: { application: recipe.application }, ...more });
  return { ...made, action: { ...made.action, recipe } };
}

function run(action: string, given: Given = {}, application = 'etcd'): ProposedStep {
  const args = {
    type: 'run-action',
    model: place,
    application,
    unit: `${application}/0`,
    action,
    params: {},
  } as const;
  return stepOf(args, given);
}

const check = run('pre-refresh-check', { disruptive: false });
const gone = { irreversible: 'the data may have changed' };
const refresh = stepOf({ type: 'refresh', model: place, application: 'etcd', revision: 200 }, gone);
const paused: Precondition = { type: 'refresh-paused', application: 'etcd', unit: 'etcd/0' };
const resume = run('resume-refresh', { ...gone, preconditions: [paused] });

const needed = 'WaitingApproval ApprovalNeeded';
const given = `- approved by ann until ${instant(at + 7_200_000)}`;
const approved = word(proposal([check]).plan);

function verdict(
  now: readonly ProposedStep[],
  decisions: readonly Decision[],
  marks: readonly Mark[] = [],
): string {
  const [first = check] = now;
  return said(approval(first, scene({ steps: now, orders: { decisions }, marks })));
}

function spent(minutesAgo: number): Mark {
  const finding = findingId('TOY-01', refresh.findings[0]!.target);
  return { at: ago(minutesAgo), kind: 'spent', controller: 'prod', model: 'data', finding };
}

describe('a refresh is approved once', () => {
  const elsewhere = stepOf(
    { type: 'refresh', model: place, application: 'etcd', revision: 201 },
    { ...gone, recipe: recipeTo(201) },
  );
  const elsewhereFirst = run('pre-refresh-check', { recipe: recipeTo(201), disruptive: false });
  const forced = run('force-refresh-start', gone);

  interface Said {
    readonly decisions?: readonly Decision[];
    readonly marks?: readonly Mark[];
  }
  const once = { decisions: [approved] };
  const done = { decisions: [approved], marks: [spent(10)] };
  const atOnce = { decisions: [approved], marks: [spent(60)] };
  const tried = { decisions: [approved], marks: [{ ...spent(10), kind: 'attempt' }] } as const;
  const anew = { decisions: [word(proposal([check]).plan, { at: ago(5) })], marks: [spent(10)] };
  const denied = {
    decisions: [approved, word(proposal([refresh]).plan, { decision: 'deny', at: ago(5) })],
  } as const;
  const over = { decisions: [word(proposal([check]).plan, { expiresAt: ago(1) })] };

  test.each<[string, readonly ProposedStep[], Said, string]>([
    ['before its first step, which by itself would need nobody', [check], {}, needed],
    ['and its first step goes', [check], once, given],
    ['and so does what follows', [refresh], once, given],
    ['to its end', [resume], done, given],
    ['and no more than its steps', [forced], once, needed],
    ['to one revision only', [elsewhere], once, needed],
    ['from its first step on', [elsewhereFirst], once, needed],
    ['and not again, when somebody took it back', [check], done, needed],
    ['not even in the moment of the approval', [check], atOnce, needed],
    ['and a mark of another kind does not use it up', [check], tried, given],
    ['and again when that was approved since', [refresh], anew, given],
    ['and a word against any step counts for all of it', [resume], denied, 'WaitingApproval PlanDenied'],
    ['and not when the plan grew before it was begun', [refresh, restart('kafka')], once, needed],
    ['and what is half done is finished, whatever else came up', [resume, restart('kafka')], once, given],
    ['until that is over', [resume], over, needed],
  ])('%s', (_, now, { decisions = [], marks = [] }, expected) => {
    expect(verdict(now, decisions, marks)).toBe(expected);
  });

  it('is told why it takes another approval', () => {
    const told = approval(
      check,
      scene({ steps: [check], orders: { decisions: [approved] }, marks: [spent(10)] }),
    );
    expect(told.hold?.message).toBe(
      'needs an approval: it is a step of the refresh of etcd to revision 200, which cannot be undone; ' +
        'ann approved it, but it was done once since: doing it again takes another',
    );
  });

  /** The same step where one application at a time may be reached. */
  const own = (one: ProposedStep): ProposedStep => ({
    ...one,
    findings: one.findings.map((found) => ({
      ...found,
      settings: { ...found.settings, rails: { ...found.settings.rails, applications: 1 } },
    })),
  });

  it('and what is half done is finished, though the plan has come to reach too far for all else', () => {
    const decisions = [word(proposal([own(check)]).plan)];
    const [half, other] = [own(resume), own(restart('kafka'))];
    const now = scene({ steps: [half, other], orders: { decisions }, marks: [spent(10)] });
    const tooFar = 'WaitingApproval BlastRadiusExceeded';
    expect(said(blastRadius(half, now))).toBe('- ends what was begun, as ann approved');
    expect(said(blastRadius(other, now))).toBe(tooFar);
    expect(said(blastRadius(half, scene({ steps: [half, other] })))).toBe(tooFar);
    expect(
      said(blastRadius(own(refresh), scene({ steps: [own(refresh), other], orders: { decisions } }))),
    ).toBe(tooFar);
  });

  it('also as a part of a plan that was split', () => {
    const kafka = recipeTo(300, 'kafka');
    const first = own(check);
    const second = own(run('pre-refresh-check', { recipe: kafka }, 'kafka'));
    const whole = [first, second];
    const decisions = splitPlan(proposal(whole), scene({ steps: whole }).world.model).map((part) =>
      word(part),
    );
    expect(decisions).toHaveLength(2);
    expect(verdict([second, own(refresh)], decisions)).toBe(given);
    expect(verdict([own(refresh), second], decisions)).toBe(given);
  });
});

it('is not even checked while what it disrupts would be held', () => {
  const nights = [window('0 22 * * *')];
  const held = {
    ...check,
    findings: check.findings.map((one) => ({ ...one, settings: { ...one.settings, windows: nights } })),
  };
  expect(held.action.disruptive).toBe(false);
  expect(said(windowRail(held, scene({ steps: [held] })))).toBe('WaitingWindow WindowClosed');
});

it('has another plan hash when it leads elsewhere', () => {
  const other = { ...check, action: { ...check.action, recipe: recipeTo(201) } };
  expect(proposal([other]).plan.hash).not.toBe(proposal([check]).plan.hash);
});
