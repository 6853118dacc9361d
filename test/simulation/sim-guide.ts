/** Controls whose steps no real guide has: one that must not be repeated, and one that cannot be undone. */
import { z } from 'zod';
import type { Remedy } from '../../src/core/action/action.js';
import { defineControl, defineGuide, type Control, type Guide } from '../../src/core/control.js';
import { isKnown, valueOf } from '../../src/core/fact.js';
import { evidenceOf, fail, notSeen, pass } from '../../src/core/judgement.js';

interface Setting {
  readonly id: string;
  readonly key: string;
  readonly wanted: string;
  readonly how: Pick<Remedy, 'repeatable' | 'undo' | 'disruptive'>;
}

function setting({ id, key, wanted, how }: Setting): Control {
  return defineControl({
    id,
    title: `${key} is ${wanted}`,
    severity: 'low',
    section: 'Simulation',
    rationale: 'Because.',
    references: [],
    evidence: ['J'],
    scope: 'model',
    params: z.object({}),
    reasons: { Otherwise: 'It is set to something else.' },
    remediation: 'auto',
    fixableBy: 'operator',
    manual: 'Set it.',
    hazards: [],
    evaluate(model) {
      const config = model.get('config');
      if (!isKnown(config)) return notSeen(config, wanted);
      const seen = String(config.value[key]?.value);
      const evidence = evidenceOf(config, seen, wanted);
      return seen === wanted ? pass('as wanted', evidence) : fail('Otherwise', `it is ${seen}`, evidence);
    },
    remediate(model) {
      const owner = valueOf(model.get('info'))?.owner;
      if (owner === undefined) return [];
      const place = { controller: model.controller.name, owner, model: model.name };
      const action = { type: 'set-model-config', model: place, key, value: wanted } as const;
      const rest = { effect: `${key} is ${wanted}`, risk: 'low', cutsOff: [], preconditions: [] } as const;
      return [{ action, ...rest, ...how }];
    },
  });
}

/** What an administrator may set them to, so that they are to be put right. */
export const spoiled = { 'update-status-hook-interval': '1m', 'max-action-results-age': '1h' } as const;

export const simGuide: Guide = defineGuide({
  id: 'simulation',
  title: 'Simulation',
  product: 'simulation',
  version: '1',
  url: 'https://example.com/simulation',
  controls: [
    setting({
      id: 'SIM-ONCE-01',
      key: 'update-status-hook-interval',
      wanted: '5m',
      how: { repeatable: false, undo: { inverse: [] }, disruptive: false },
    }),
    setting({
      id: 'SIM-FOREVER-01',
      key: 'max-action-results-age',
      wanted: '336h',
      how: { repeatable: true, undo: { irreversible: 'what was dropped is gone' }, disruptive: false },
    }),
  ],
});
