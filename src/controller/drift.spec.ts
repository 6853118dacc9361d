import { describe, expect, it } from '@jest/globals';
import { observeOnly } from '../core/policy/policy.js';
import { defaultRails } from '../core/policy/rails.js';
import { toyGuide } from '../../test/support/toy-guide.js';
import type { Finding } from '../core/finding.js';
import type { Outcome } from '../core/outcome.js';
import { DriftWatch } from './drift.js';

function finding(outcome: Outcome, of?: string): Finding {
  const [control] = toyGuide.controls;
  if (control === undefined) throw new Error('the toy guide is empty');
  return {
    control,
    guide: toyGuide,
    target: { kind: 'application', controller: 'prod', model: 'data', application: 'db' },
    judgement: { outcome, reason: 'R', message: 'm', evidence: [], ...(of === undefined ? {} : { of }) },
    settings: { ...observeOnly.defaults, enabled: true, params: {}, rails: defaultRails, windows: [] },
    remedies: [],
    validUntil: Infinity,
  };
}

/** What is told of what was judged, look by look, every ten seconds. */
function told(findings: readonly Finding[]): readonly string[] {
  const watch = new DriftWatch();
  return findings
    .flatMap((found, index) => watch.observe('db', [found], index * 10_000))
    .map((event) =>
      event.type === 'resolved'
        ? `resolved after ${event.seconds}s${event.wasDrift ? ', was drift' : ''}`
        : event.type,
    );
}

describe('what is replaced by another', () => {
  const old = finding('fail', 'charm 100');
  const fresh = finding('unknown', 'charm 200');

  it.each<[string, readonly Finding[], readonly string[]]>([
    [
      'ends what was wrong, though it does not show itself to be right',
      [old, fresh],
      ['found', 'resolved after 10s'],
    ],
    ['ends nothing while it is being replaced', [old, finding('unknown'), old], ['found']],
    ['ends nothing while it is the same', [old, finding('unknown', 'charm 100'), old], ['found']],
    ['goes on being wrong where it is', [old, finding('fail', 'charm 200')], ['found']],
    [
      'is found, and has not drifted, when it turns out to be wrong itself',
      [old, fresh, fresh, finding('fail', 'charm 200')],
      ['found', 'resolved after 10s', 'found'],
    ],
  ])('%s', (_, findings, expected) => {
    expect(told(findings)).toEqual(expected);
  });
});

describe('following findings', () => {
  it.each<[string, readonly Outcome[], readonly string[]]>([
    ['calls a violation seen at the first look found, not drift', ['fail'], ['found']],
    ['calls what was pass and fails drift', ['pass', 'fail'], ['drift']],
    ['tells a violation once while it lasts', ['pass', 'fail', 'inconsistent', 'fail'], ['drift']],
    [
      'tells how long the drift lasted when it is resolved',
      ['pass', 'fail', 'pass'],
      ['drift', 'resolved after 10s, was drift'],
    ],
    [
      'lets unknown neither open nor close anything',
      ['pass', 'unknown', 'fail', 'unknown', 'pass'],
      ['drift', 'resolved after 20s, was drift'],
    ],
    [
      'does not take unknown for pass: what fails after it is found, not drift',
      ['unknown', 'fail'],
      ['found'],
    ],
    ['does not call it drift where the control did not apply before', ['not-applicable', 'fail'], ['found']],
    ['calls it drift where it applied, passed, and fails', ['not-applicable', 'pass', 'fail'], ['drift']],
    [
      'resolves when the control no longer applies',
      ['fail', 'not-applicable'],
      ['found', 'resolved after 10s'],
    ],
  ])('%s', (_, outcomes, told) => {
    const watch = new DriftWatch();
    const events = outcomes.flatMap((outcome, index) =>
      watch.observe('db', [finding(outcome)], index * 10_000),
    );
    const words = events.map((event) =>
      event.type === 'resolved'
        ? `resolved after ${event.seconds}s${event.wasDrift ? ', was drift' : ''}`
        : event.type,
    );
    expect(words).toEqual(told);
  });

  const about = (name: string, outcome: Outcome): Finding => {
    const plain = finding(outcome);
    const subject = { kind: 'offer', name } as const;
    return {
      ...plain,
      target: { ...plain.target, kind: 'offer', name },
      judgement: { ...plain.judgement, subject },
    };
  };

  it.each<[string, readonly (readonly Finding[])[], readonly string[]]>([
    [
      'tells drift of one although another can never be looked at',
      [
        [about('a', 'pass'), about('b', 'unknown')],
        [about('a', 'fail'), about('b', 'unknown')],
      ],
      ['drift a'],
    ],
    [
      'does not take one for mended who cannot be looked at any more',
      [[about('a', 'fail')], [about('a', 'unknown')], [about('a', 'fail')]],
      ['found a'],
    ],
    [
      'calls found, not drift, what could not be looked at before',
      [
        [about('a', 'unknown'), about('b', 'pass')],
        [about('a', 'fail'), about('b', 'pass')],
      ],
      ['found a'],
    ],
    [
      'resolves what its control does not speak of any more at all',
      [[about('a', 'fail')], []],
      ['found a', 'resolved a'],
    ],
  ])('%s', (_, looks, told) => {
    const watch = new DriftWatch();
    const events = looks.flatMap((findings, index) => watch.observe('db', findings, index * 1000));
    expect(events.map((event) => `${event.type} ${event.finding.target.name ?? ''}`)).toEqual(told);
  });

  it('resolves what was open at a place that is gone, and begins afresh there', () => {
    const watch = new DriftWatch();
    watch.observe('db', [finding('fail')], 0);
    expect(watch.forget('db', 1000).map(({ type }) => type)).toEqual(['resolved']);
    expect(watch.observe('db', [finding('fail')], 2000).map(({ type }) => type)).toEqual(['found']);
    expect(watch.known()).toEqual(['db']);
  });

  it('takes a new culprit of a control that was content for drift, and his disappearance for its end', () => {
    const watch = new DriftWatch();
    const of = (user: string, outcome: Outcome): Finding => ({
      ...finding(outcome),
      target: { kind: 'user', user },
    });
    const looks = [
      [finding('pass')],
      [of('bob', 'fail')],
      [of('bob', 'fail'), of('eve', 'fail')],
      [of('eve', 'fail')],
      [finding('pass')],
    ];
    const told = looks.map((findings, index) =>
      watch
        .observe('prod', findings, index * 1000)
        .map((event) => `${event.type} ${event.finding.target.user ?? ''}`),
    );
    expect(told).toEqual([[], ['drift bob'], ['drift eve'], ['resolved bob'], ['resolved eve']]);
  });
});
