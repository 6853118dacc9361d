/** No guide of ours would ask for this; a rail holds it all the same. */
import { z } from 'zod';
import { defineControl, defineGuide } from '../../src/core/control.js';
import { fail } from '../../src/core/judgement.js';

export const lockOutGuide = defineGuide({
  id: 'own',
  title: 'A guide that would lock us out',
  product: 'own',
  version: '1',
  url: 'https://example.com/own',
  controls: [
    defineControl({
      id: 'OWN-01',
      title: 'Nobody mends anything',
      section: 'Own',
      severity: 'low',
      rationale: 'None.',
      references: [],
      evidence: ['J'],
      scope: 'controller',
      params: z.object({}),
      reasons: { Mends: 'Somebody mends.' },
      remediation: 'disruptive',
      fixableBy: 'operator',
      manual: 'Do nothing.',
      hazards: [],
      evaluate: (controller) => fail('Mends', `the remediator mends ${controller.name}`),
      remediate: (controller) => [
        {
          action: { type: 'disable-user', controller: controller.name, user: 'remediator' },
          undo: { inverse: [{ type: 'enable-user', controller: controller.name, user: 'remediator' }] },
          effect: 'nobody mends anything',
          ...{ risk: 'low', disruptive: false, repeatable: true, cutsOff: [], preconditions: [] },
        },
      ],
    }),
  ],
});
