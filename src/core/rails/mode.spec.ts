import { expect, test } from '@jest/globals';
import { finding, restart, said, scene } from '../../../test/support/rails.js';
import type { Mode } from '../policy/policy.js';
import { mode } from './mode.js';

test.each<[string, readonly Mode[], string]>([
  ['what is only proposed is not done', ['propose'], 'Proposed ModePropose'],
  ['what is enforced is', ['enforce'], '- mode enforce'],
  ['one control that is enforced is enough', ['propose', 'enforce'], '- mode enforce'],
])('%s', (_name, modes, expected) => {
  const step = restart('etcd', { findings: modes.map((one) => finding({ settings: { mode: one } })) });
  expect(said(mode(step, scene({ steps: [step] })))).toBe(expected);
});
