import { describe, expect, it } from '@jest/globals';
import { application, controller, estate, model, unknownFact, user } from '../../../test/support/world.js';
import { knowledge } from '../../../test/support/judge.js';
import { productGuide, toyGuide } from '../../../test/support/toy-guide.js';
import type { Control } from '../control.js';
import { observeOnly } from '../policy/policy.js';
import { share } from '../share.js';
import type { Snapshot } from '../snapshot.js';
import { targetLabel } from '../target.js';
import { instant, millis } from '../time.js';
import { Evaluation } from './evaluation.js';
import { evaluate } from './index.js';

const guides = [toyGuide, productGuide];
const rules = { policy: observeOnly, knowledge };
const asOf = millis('2026-11-22T06:00:00Z');

function world(exposed: Record<string, boolean>, lastConnection = '2026-11-01T00:00:00Z'): Snapshot {
  const applications = Object.fromEntries(
    Object.entries(exposed).map(([name, is]) => [
      name,
      application({ exposure: { exposed: is }, endpoints: ['db'], charm: { name: 'product' } }),
    ]),
  );
  const users = [user('admin', { lastConnection })];
  return estate({ controllers: { prod: controller({ users, models: { data: model({ applications }) } }) } });
}

function broken(): never {
  throw new Error('broken');
}

function breaking(part: Partial<Control>): (control: Control) => Control {
  return (control) => (control.id === 'TOY-01' ? { ...control, ...part } : control);
}

function told(findings: ReturnType<typeof evaluate>): readonly string[] {
  return findings.map(
    ({ control, target, judgement }) => `${control.id} ${targetLabel(target)} ${judgement.outcome}`,
  );
}

describe('evaluating a snapshot', () => {
  it('judges each control on each of its targets', () => {
    expect(told(evaluate(guides, world({ a: true, b: false }), rules, asOf))).toEqual([
      'TOY-02 prod admin pass',
      'TOY-03 prod:data pass',
      'TOY-01 prod:data/a fail',
      'PRODUCT-01 prod:data/a fail',
      'TOY-01 prod:data/b pass',
      'PRODUCT-01 prod:data/b pass',
    ]);
  });

  it('says unknown, with the permission that would change it, where a fact was not read', () => {
    const applications = { a: application({ exposure: unknownFact('not shown', 'model read') }) };
    const snapshot = estate({
      controllers: { prod: controller({ models: { data: model({ applications }) } }) },
    });
    const finding = evaluate(guides, snapshot, rules, asOf).find(({ control }) => control.id === 'TOY-01');
    expect(finding?.judgement).toMatchObject({
      outcome: 'unknown',
      reason: 'PermissionMissing',
      message: 'not shown; needs model read',
    });
    expect(finding?.remedies).toEqual([]);
  });

  it('proposes remedies for violations only', () => {
    const findings = evaluate(guides, world({ a: true, b: false }), rules, asOf);
    expect(
      findings.filter(({ remedies }) => remedies.length > 0).map(({ target }) => target.application),
    ).toEqual(['a', 'a']);
  });

  it('proposes nothing for an application of a model that no command could name, whatever its control knows', () => {
    const applications = { a: application({ exposure: { exposed: true } }) };
    const hidden = model({ applications, info: unknownFact('not shown', 'model read') });
    const snapshot = estate({ controllers: { prod: controller({ models: { data: hidden } }) } });
    const finding = evaluate(guides, snapshot, rules, asOf).find(({ control }) => control.id === 'TOY-01');
    expect([finding?.judgement.outcome, finding?.remedies]).toEqual(['fail', []]);
  });

  it('lets the time that one answer hangs on end no other', () => {
    const ends = evaluate(guides, world({ a: true }), rules, asOf).map(
      ({ control, validUntil }) =>
        `${control.id} ${validUntil === Infinity ? 'for ever' : instant(validUntil)}`,
    );
    expect(ends).toEqual([
      'TOY-02 2027-01-30T00:00:00Z',
      'TOY-03 for ever',
      'TOY-01 for ever',
      'PRODUCT-01 for ever',
    ]);
  });

  it('judges with the parameters of the policy, at the moment asked for', () => {
    const limits = { rules: [{ match: { control: 'TOY-02', controller: 'prod' }, params: { age: '1d' } }] };
    const policy = { ...observeOnly, ...limits };
    const at = (moment: string): readonly string[] =>
      told(evaluate([toyGuide], world({}), { policy, knowledge }, millis(moment)));
    expect(at('2026-11-01T12:00:00Z')).toContain('TOY-02 prod admin pass');
    expect(at('2026-11-03T00:00:00Z')).toContain('TOY-02 prod admin fail');
  });

  it('leaves out controls that the policy turns off, and takes its parameters', () => {
    const policy = {
      ...observeOnly,
      rules: [
        { match: { control: 'TOY-0[12]' }, enabled: false },
        { match: { guide: 'product' }, enabled: false },
        { match: { control: 'TOY-03' }, params: { most: 1 } },
      ],
    };
    expect(told(evaluate(guides, world({ a: true, b: false }), { policy, knowledge }, asOf))).toContain(
      'TOY-03 prod:data fail',
    );
  });

  it.each<[string, Partial<Control>, string, number]>([
    ['that cannot judge is unknown', { evaluate: broken }, 'unknown ControlFailed', 0],
    ['that cannot say how to mend leaves the violation standing', { remediate: broken }, 'fail Exposed', 0],
  ])('a control %s, and blinds no other', (_, part, expected, remedies) => {
    const guide = { ...toyGuide, controls: toyGuide.controls.map(breaking(part)) };
    const findings = evaluate([guide, productGuide], world({ a: true }), rules, asOf);
    const finding = findings.find(({ control }) => control.id === 'TOY-01');
    expect(`${finding?.judgement.outcome ?? ''} ${finding?.judgement.reason ?? ''}`).toBe(expected);
    expect([finding?.failure, finding?.remedies.length]).toEqual(['Error: broken', remedies]);
    expect(told(findings)).toContain('PRODUCT-01 prod:data/a fail');
  });

  it('an effect that cannot be judged is unknown', () => {
    const guide = { ...toyGuide, controls: toyGuide.controls.map(breaking({ effect: broken })) };
    const evaluation = new Evaluation([guide], observeOnly, knowledge);
    evaluation.update(world({ a: true }), asOf);
    const view = evaluation.view()?.controller('prod')?.model('data')?.application('a');
    const [finding] = view === undefined ? [] : evaluation.findingsOf(view);
    if (view === undefined || finding === undefined) throw new Error('nothing found');
    expect(evaluation.effectOf(finding, view)?.reason).toBe('ControlFailed');
  });

  it('refuses wrong parameters with the control and the parameter named', () => {
    const policy = { ...observeOnly, rules: [{ match: { control: 'TOY-03' }, params: { most: 'many' } }] };
    expect(() => evaluate(guides, world({}), { policy, knowledge }, asOf)).toThrow(/TOY-03.*most/);
  });
});

describe('evaluating on', () => {
  function names(views: ReadonlySet<{ name: string }>): readonly string[] {
    return [...views].map((view) => view.name);
  }

  it('judges again only what read a changed fact', () => {
    const evaluation = new Evaluation(guides, observeOnly, knowledge);
    const first = world({ a: false, b: false });
    evaluation.update(first, asOf);
    expect(names(evaluation.update(share(first, world({ a: false, b: true })), asOf))).toEqual(['b']);
    expect(told(evaluation.findings())).toContain('TOY-01 prod:data/b fail');
  });

  it('judges nothing again when nothing changed', () => {
    const evaluation = new Evaluation(guides, observeOnly, knowledge);
    const first = world({ a: false });
    evaluation.update(first, asOf);
    expect(names(evaluation.update(share(first, world({ a: false })), asOf + 1000))).toEqual([]);
  });

  it('judges again when time alone changes the answer, exactly then', () => {
    const evaluation = new Evaluation(guides, observeOnly, knowledge);
    const snapshot = world({});
    evaluation.update(snapshot, asOf);
    const due = millis('2027-01-30T00:00:00Z');
    expect(evaluation.expiry()).toBe(due);
    expect(names(evaluation.update(snapshot, due - 1))).toEqual([]);
    expect(names(evaluation.update(snapshot, due))).toEqual(['prod']);
    expect(told(evaluation.findings())).toContain('TOY-02 prod admin fail');
  });

  it('judges as the moment demands when the clock is set back', () => {
    const evaluation = new Evaluation(guides, observeOnly, knowledge);
    const snapshot = world({});
    const late = millis('2027-02-01T00:00:00Z');
    evaluation.update(snapshot, late);
    expect(told(evaluation.findings())).toContain('TOY-02 prod admin fail');
    evaluation.update(snapshot, asOf);
    expect(told(evaluation.findings())).toEqual(told(evaluate(guides, snapshot, rules, asOf)));
  });

  it('names the targets that went, once', () => {
    const evaluation = new Evaluation(guides, observeOnly, knowledge);
    const first = world({ a: true, b: true });
    evaluation.update(first, asOf);
    evaluation.update(share(first, world({ a: true })), asOf);
    expect(evaluation.takeGone().map((view) => view.name)).toEqual(['b']);
    expect(evaluation.takeGone()).toEqual([]);
  });

  it('follows applications that come and go, in the order of the snapshot', () => {
    const evaluation = new Evaluation(guides, observeOnly, knowledge);
    const first = world({ b: false });
    evaluation.update(first, asOf);
    const second = share(first, world({ a: true, b: false, forbidden: false }));
    evaluation.update(second, asOf);
    expect(told(evaluation.findings())).toEqual(told(evaluate(guides, second, rules, asOf)));
    evaluation.update(share(second, world({ a: true })), asOf);
    expect(told(evaluation.findings())).toEqual(told(evaluate(guides, world({ a: true }), rules, asOf)));
  });
});
