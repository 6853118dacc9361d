import { describe, expect, it } from '@jest/globals';
import { stack, watchedBy, type StackSpec } from '../../../test/support/stack.js';
import { application, model, prod, unit } from '../../../test/support/world.js';
import { knowledge } from '../../../test/support/judge.js';
import { z } from 'zod';
import { defineControl, defineGuide } from '../control.js';
import { pass } from '../judgement.js';
import { observeOnly } from '../policy/policy.js';
import type { Snapshot } from '../snapshot.js';
import { Evaluation } from './evaluation.js';

const base = prod({
  models: {
    data: model({ applications: { etcd: application({ units: { 'etcd/0': unit('etcd/0') } }) } }),
    web: model({ applications: { site: application({ units: 1 }) } }),
  },
});
const world = (spec?: StackSpec): Snapshot =>
  spec === undefined ? base : watchedBy(base, stack('etcd', spec));

/** How often each application was judged by a control that reads targets of its model. */
function watching(): { readonly judged: string[]; readonly show: (snapshot: Snapshot) => readonly string[] } {
  const judged: string[] = [];
  const control = defineControl({
    ...{ id: 'T-1', title: 't', severity: 'low', section: 's', rationale: 'r.', references: [] },
    ...{ evidence: ['O'], scope: 'application', params: z.object({}), reasons: {} },
    ...{ remediation: 'manual', fixableBy: 'operator', manual: 'm', hazards: [] },
    evaluate: (app) => {
      judged.push(app.name);
      const stacks = app.model.controller.estate.stacks();
      const telemetry = stacks?.map((one) => one.telemetry(`prod:${app.model.name}`)?.get('targets'));
      return pass(JSON.stringify(telemetry ?? 'nobody may ask'));
    },
  });
  const guide = { id: 'g', title: 'g', product: 'p', version: '1', url: 'u', controls: [control] };
  const evaluation = new Evaluation([defineGuide(guide)], observeOnly, knowledge);
  return {
    judged,
    show: (snapshot) => {
      judged.length = 0;
      evaluation.update(snapshot, Date.parse(snapshot.takenAt));
      return evaluation.findings().map(({ judgement }) => judgement.message);
    },
  };
}

describe('stacks as controls read them', () => {
  it('are none where the policy names none', () => {
    expect(watching().show(world())).toEqual(['"nobody may ask"', '"nobody may ask"']);
  });

  it('have only those judged again who read what has changed', () => {
    const { judged, show } = watching();
    const first = world({});
    show(first);
    expect(judged).toEqual(['etcd', 'site']);
    const cos = first.observability?.['cos'];
    const data = cos?.models['prod:data'];
    if (cos === undefined || data === undefined) throw new Error('the stack watches the model');
    const changed = stack('etcd', { targets: [] }).models['prod:data'];
    if (changed === undefined) throw new Error('the stack watches the model');
    const models = { 'prod:data': { ...data, targets: changed.targets } };
    show({ ...first, observability: { cos: { ...cos, models } } });
    expect(judged).toEqual(['etcd']);
    show({ ...first, observability: { cos: { ...cos, models, silences: stack('etcd').silences } } });
    expect(judged).toEqual([]);
  });

  it('come and go', () => {
    const { judged, show } = watching();
    show(world());
    expect(show(world({}))[0]).toContain('etcd/0');
    expect(judged).toEqual(['etcd', 'site']);
    expect(show(world())[0]).toBe('"nobody may ask"');
    expect(judged).toEqual(['etcd', 'site']);
  });
});
