import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { knowledge } from '../../../test/support/judge.js';
import { application, model, prod, unknownFact } from '../../../test/support/world.js';
import { defineControl, defineGuide } from '../control.js';
import { fail, pass } from '../judgement.js';
import { observeOnly } from '../policy/policy.js';
import { share } from '../share.js';
import type { Snapshot } from '../snapshot.js';
import { evaluate } from './index.js';
import { Evaluation } from './evaluation.js';
import type { ModelView } from './view.js';

const now = Date.UTC(2026, 10, 22);

/** Applications by name, each with its number of units. */
function world(units: Readonly<Record<string, number>>): Snapshot {
  const apps = Object.entries(units).map(([name, count]) => [name, application({ units: count })] as const);
  return prod({ models: { data: model({ applications: Object.fromEntries(apps) }) } });
}

/** Each application is judged by which of its model have no units, which is found out once for all. */
function idling(): {
  readonly made: () => number;
  readonly judged: string[];
  readonly evaluation: Evaluation;
  readonly guides: Parameters<typeof evaluate>[0];
} {
  let made = 0;
  const judged: string[] = [];
  const idle = (view: ModelView, most: number): readonly string[] => {
    made += 1;
    return view
      .applications()
      .filter((app) => {
        const units = app.get('units');
        if (!('value' in units)) throw new Error('units not read');
        return Object.keys(units.value).length <= most;
      })
      .map(({ name }) => name);
  };
  const control = defineControl({
    ...{ id: 'T-1', title: 't', severity: 'low', section: 's', rationale: 'r.', references: [] },
    ...{ evidence: ['S'], scope: 'application', params: z.object({}), reasons: {} },
    ...{ remediation: 'manual', fixableBy: 'operator', manual: 'm', hazards: [] },
    evaluate: (app) => {
      judged.push(app.name);
      const names = app.model.derived(idle, 0).join();
      return names === '' ? pass('none idle') : fail('Idle', names);
    },
  });
  const about = { title: 't', product: 'p', version: '1', url: 'https://example.com' };
  const guides = [defineGuide({ id: 't', ...about, controls: [control] })];
  return { made: () => made, judged, guides, evaluation: new Evaluation(guides, observeOnly, knowledge) };
}

describe('what is derived from a model', () => {
  it('is made once for all who ask, and again only after something that it read has changed', () => {
    const { evaluation, made, judged } = idling();
    const first = world({ a: 1, b: 1, c: 1 });
    evaluation.update(first, now);
    expect([made(), judged.length]).toEqual([1, 3]);
    evaluation.update({ ...first }, now + 1);
    expect([made(), judged.length]).toEqual([1, 3]);
    evaluation.update(world({ a: 1, b: 0, c: 1 }), now + 2);
    expect([made(), judged.length]).toEqual([2, 6]);
    expect(evaluation.findings().map(({ judgement }) => judgement.message)).toEqual(['b', 'b', 'b']);
  });

  it('has nobody judged again where it comes out as before', () => {
    const { evaluation, made, judged } = idling();
    const first = world({ a: 1, b: 0 });
    evaluation.update(first, now);
    const busier = share(first, world({ a: 2, b: 0 }));
    evaluation.update(busier, now + 1);
    expect([made(), judged.length]).toEqual([2, 2]);
    evaluation.update(share(busier, world({ a: 0, b: 0 })), now + 2);
    expect([made(), judged.length]).toEqual([3, 4]);
    expect(evaluation.findings().map(({ judgement }) => judgement.message)).toEqual(['a,b', 'a,b']);
  });

  it('is not made for nobody', () => {
    const { evaluation, made } = idling();
    const first = world({ a: 1 });
    evaluation.update(first, now);
    evaluation.update(prod({ models: {} }), now + 1);
    expect([made(), evaluation.findings()]).toEqual([1, []]);
    evaluation.update(first, now + 2);
    expect(made()).toBe(2);
  });

  it('says the same as in an evaluation that follows nothing', () => {
    const { evaluation, guides } = idling();
    evaluation.update(world({ a: 1 }), now);
    const after = world({ a: 0, b: 0 });
    evaluation.update(after, now + 1);
    const once = evaluate(guides, after, { policy: observeOnly, knowledge }, now + 1);
    expect(evaluation.findings().map(({ judgement }) => judgement)).toEqual(
      once.map(({ judgement }) => judgement),
    );
  });

  it('is told of applications that come and go', () => {
    const { evaluation } = idling();
    evaluation.update(world({ a: 1, gone: 0 }), now);
    evaluation.update(world({ a: 1, come: 0 }), now + 1);
    expect(evaluation.findings().map(({ judgement }) => judgement.message)).toEqual(['come', 'come']);
  });

  it('is made anew after it failed, once what it read has changed', () => {
    const { evaluation } = idling();
    const unread = application({ units: unknownFact('not read') });
    const blind = prod({ models: { data: model({ applications: { a: unread } }) } });
    evaluation.update(blind, now);
    expect(evaluation.findings()[0]?.judgement.reason).toBe('ControlFailed');
    evaluation.update(world({ a: 1 }), now + 1);
    expect(evaluation.findings()[0]?.judgement.outcome).toBe('pass');
  });
});
