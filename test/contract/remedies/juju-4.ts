/** Where Juju 4 shows less than 3.6 does. */
import type { RemedyCase } from '../../support/remedies/case.js';
import { jujuRemedies } from './juju.js';

export const jujuFourRemedies: Readonly<Record<string, RemedyCase>> = {
  'JUJU-OFFER-01': {
    ...(jujuRemedies['JUJU-OFFER-01'] ?? { estate: { controllers: [] } }),
    // It shows a grant to everyone nowhere, so that only a person can say that there is none.
    ends: { reason: 'EveryoneNotShown', state: 'NeedsReview' },
  },
};
