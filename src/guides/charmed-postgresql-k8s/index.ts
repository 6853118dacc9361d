import { defineGuide } from '../../core/control.js';
import { etcdGuide, jujuHardening, postgresqlGuide } from '../shared/publications.js';
import { authentication } from './authentication.js';
import { backup } from './backup.js';
import { documents } from './documents.js';
import { encryptionEvidence } from './encryption-evidence.js';
import { encryptionProviders } from './encryption-providers.js';
import { encryptionRelations } from './encryption-relations.js';
import { handbook } from './handbook/index.js';
import { images } from './images.js';
import { monitoring } from './monitoring.js';
import { network } from './network.js';
import { operatingSystem } from './operating-system.js';
import { probesFor } from './ports.js';
import { isNamedAlike } from './release.js';
import { upgrades } from './upgrades.js';

/**
 * Canonical's security hardening guide for Charmed PostgreSQL K8s with PgBouncer, tracks 14 and 16. The machine charms
 * are judged by the same controls where these make sense on a machine.
 */
export const charmedPostgresqlK8s = defineGuide({
  id: 'charmed-postgresql-k8s',
  title: 'Charmed PostgreSQL K8s: security hardening guide',
  product: 'Charmed PostgreSQL K8s',
  version: '14 and 16',
  url: documents.guide,
  publications: [postgresqlGuide, etcdGuide, jujuHardening],
  handbook,
  appliesTo: isNamedAlike,
  probes: probesFor,
  together: [
    {
      ...{ change: 'PG-ENC-01', needs: 'PG-ENC-02', within: 'application' },
      why: 'PostgreSQL 16 has an endpoint for each: its members go on with a CA of their own',
    },
    {
      ...{ change: 'PG-ENC-02', needs: 'PG-ENC-01', within: 'application' },
      why: 'PostgreSQL 16 has an endpoint for each: its clients go on talking in clear',
    },
  ],
  controls: [
    ...images,
    ...upgrades,
    ...encryptionRelations,
    ...encryptionEvidence,
    ...encryptionProviders,
    ...authentication,
    ...monitoring,
    ...backup,
    ...network,
    ...operatingSystem,
  ],
});
