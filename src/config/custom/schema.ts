import { z } from 'zod';
import { severities } from '../../core/outcome.js';
import { text } from '../policy/parts.js';

const names = z.array(text).min(1, 'name at least one');

const Check = z.strictObject({
  when: text.exactOptional().meta({ description: 'CEL; where it is false, the check does not apply.' }),
  pass: text.meta({ description: 'CEL; true where all is well.' }),
  reason: z
    .string()
    .regex(/^([A-Z][a-z\d]+)+$/, 'write CamelCase that names the violation, as in TrackNotPinned')
    .meta({ description: 'Name of the violation, in CamelCase; stable.' }),
  message: text.meta({ description: 'A sentence; ${CEL} parts are replaced by their values.' }),
});

/** A custom control, version 1, as written by a person. */
export const CustomControlFile = z
  .strictObject({
    kind: z.literal('Control'),
    version: z.literal('v1'),
    id: z
      .string()
      .regex(/^[A-Z][A-Z\d]*(-[A-Z\d]+)+$/, 'write capitals with a prefix of your own, as in ACME-NET-01')
      .meta({ description: 'Stable name with a prefix of your own: ACME-NET-01.' }),
    title: text,
    severity: z.enum(severities),
    scope: z.enum(['controller', 'model', 'application']).meta({ description: 'What it is judged on.' }),
    appliesTo: z
      .strictObject({ charms: names.exactOptional(), endpoints: names.exactOptional() })
      .exactOptional()
      .meta({
        description:
          'With scope application: patterns of charm names, of endpoints; both must fit. Left out: all.',
      }),
    rationale: text.meta({ description: 'Why it matters.' }),
    references: z
      .array(z.url({ protocol: /^https?$/, error: 'write an address, as in https://wiki.example.com/rules' }))
      .exactOptional(),
    manual: text.meta({ description: 'How a person puts it right.' }),
    checks: z.array(Check).min(1, 'has no check').max(20, 'has more than 20 checks'),
  })
  .refine(({ scope, appliesTo }) => scope === 'application' || appliesTo === undefined, {
    path: ['appliesTo'],
    error: 'goes with scope application only',
  })
  .meta({ title: 'Holdfast custom control, version 1' });
