import type { Handbook } from '../../../core/handbook.js';
import {
  bothModels,
  providerNeeds,
  providerWaiving,
  tlsRelationChange,
  tlsWaiving,
  transport,
} from '../../shared/handbook.js';

const triedByAPerson =
  'Ends as NeedsReview, because the ports of MySQL are not probed: a person tries once whether a client without TLS is refused.';

export const encryption: Readonly<Record<string, Handbook>> = {
  'MYSQL-ENC-01': {
    passes:
      'A TLS provider is related to certificates (track 8.0) or client-certificates (track 8.4), and the relation stands.',
    needs: { S: bothModels },
    change: tlsRelationChange(
      'certificates (track 8.0) or client-certificates (track 8.4)',
      'Every client that connects without TLS, for good; the plan names the related clients.',
      triedByAPerson,
    ),
    waiving: tlsWaiving(
      'let only the related clients reach MySQL, by a NetworkPolicy of your own (the ports of MySQL are not known to K8S-NET-01), and change the passwords that travelled in clear once TLS is on.',
    ),
  },
  'MYSQL-ENC-02': {
    passes: 'On track 8.4 a TLS provider is related to peer-certificates, and the relation stands.',
    needs: { S: bothModels },
    change: tlsRelationChange(
      'peer-certificates',
      'Nobody for good; members may restart one after the other.',
      'Ends as NeedsReview, because the ports of MySQL are not probed: a person looks once which certificates the members show.',
    ),
    waiving: tlsWaiving('let only the members reach each other, by a NetworkPolicy of your own.'),
  },
  'MYR-ENC-01': {
    passes: 'A TLS provider is related to certificates of MySQL Router, and the relation stands.',
    needs: { S: bothModels },
    change: tlsRelationChange(
      'certificates of MySQL Router',
      'Clients for a moment, when the Router takes its certificate into use.',
      triedByAPerson,
    ),
    waiving: tlsWaiving(
      'let only the related clients reach the Router, by a NetworkPolicy of your own, and open it to nobody outside the cluster (MYR-NET-01).',
    ),
  },
  'MYSQL-ENC-03': transport('MySQL'),
  'MYSQL-ENC-04': {
    passes:
      'The related provider is graded for production, or is a manual one with an owner, and signs IP addresses.',
    needs: providerNeeds,
    waiving: providerWaiving,
  },
};
