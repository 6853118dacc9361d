import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { defineControl, defineGuide } from '../../core/control.js';
import { pass } from '../../core/judgement.js';
import { observeOnly, type PolicyRule } from '../../core/policy/policy.js';
import { mistakesAgainst, policyMistakes } from './against-guides.js';

const control = defineControl({
  id: 'TOY-01',
  title: '',
  severity: 'low',
  section: '',
  rationale: '',
  references: [],
  evidence: [],
  scope: 'model',
  params: z.object({ certificateDays: z.number().default(30), mode: z.enum(['a', 'b']).default('a') }),
  reasons: {},
  remediation: 'manual',
  fixableBy: 'operator',
  manual: '',
  hazards: [],
  evaluate: () => pass(''),
});
const guides = [
  defineGuide({ id: 'toys', title: '', product: '', version: '1', url: '', controls: [control] }),
];

function complaint(rule: PolicyRule): string {
  try {
    policyMistakes({ ...observeOnly, rules: [rule] }, guides, 'p');
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}

test.each([
  [
    'a guide that there is not',
    { match: { guide: 'toyz' } },
    'p: rules[0].match.guide "toyz" matches nothing (did you mean toys?)',
  ],
  [
    'a control that there is not',
    { match: { control: 'TOY-02' } },
    'p: rules[0].match.control "TOY-02" matches nothing (did you mean TOY-01?)',
  ],
  [
    'a parameter that there is not',
    { match: {}, params: { certificateDay: 1 } },
    'p: rules[0].params.certificateDay is no parameter of these controls (did you mean certificateDays?)',
  ],
  [
    'a value of the wrong kind',
    { match: {}, params: { certificateDays: '21' } },
    'p: rules[0].params.certificateDays should be a number, not a text (TOY-01)',
  ],
  [
    'a word that is none',
    { match: {}, params: { mode: 'c' } },
    'p: rules[0].params.mode should be one of a, b, not "c" (TOY-01)',
  ],
  ['nothing, when all is well', { match: { control: 'TOY-*' }, params: { certificateDays: 21 } }, ''],
])('a rule is held against the guides: %s', (_name, rule, expected) => {
  expect(complaint(rule)).toBe(expected);
});

test('limits, windows and what is managed elsewhere are held against the guides too', () => {
  const match = { control: 'TOY-02' };
  const window = {
    name: 'nights',
    kind: 'allow',
    match,
    cron: '0 2 * * *',
    duration: 60,
    timeZone: 'UTC',
  } as const;
  const policy = {
    ...observeOnly,
    limits: [{ match }],
    windows: [window],
    managedBy: [{ match, tool: 'terraform' }],
  } as const;
  const meant = '"TOY-02" matches nothing (did you mean TOY-01?)';
  expect(mistakesAgainst(policy, guides)).toEqual([
    `limits[0].match.control ${meant}`,
    `windows: nights: match.control ${meant}`,
    `managedBy[0].match.control ${meant}`,
  ]);
});
