import { z } from 'zod';
import { outcomes, severities } from '../../core/outcome.js';

/** How a remediation stands. */
export const RemediationState = z.enum([
  'Proposed',
  'WaitingApproval',
  'WaitingWindow',
  'WaitingDependency',
  'Running',
  'Verifying',
  'Succeeded',
  'RolledBack',
  'Failed',
  'Quarantined',
  'NeedsReview',
  'Outdated',
]);

export const Time = z.iso.datetime().meta({ description: 'RFC 3339 in UTC.' });
export const Sha256 = z.string().regex(/^[\da-f]{64}$/);
export const SeverityName = z.enum(severities);
export const OutcomeName = z.enum(outcomes);

export const TargetDocument = z.strictObject({
  kind: z.enum([
    'controller',
    'model',
    'application',
    'unit',
    'machine',
    'user',
    'offer',
    'cloud',
    'credential',
    'namespace',
    'cluster',
    'estate',
  ]),
  controller: z.string().exactOptional(),
  model: z.string().exactOptional(),
  application: z.string().exactOptional(),
  unit: z.string().exactOptional(),
  user: z.string().exactOptional(),
  name: z.string().exactOptional(),
});
