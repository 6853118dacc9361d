import { defineGuide } from '../../core/control.js';
import { documents } from '../shared/etcd-documents.js';
import { etcdProbesOf, isNamedEtcd, onCharmedEtcd } from '../shared/etcd-family.js';
import { etcdGuide, jujuHardening } from '../shared/publications.js';
import { access } from './access.js';
import { encryptionEvidence } from './encryption-evidence.js';
import { encryptionRelations } from './encryption-relations.js';
import { handbook } from './handbook/index.js';
import { host } from './host.js';
import { monitoring } from './monitoring.js';
import { operatingSystem } from './operating-system.js';
import { upgrades } from './upgrades.js';

/** Canonical's security hardening guide for Charmed etcd, tracks 3.5 and 3.6. */
export const charmedEtcd = defineGuide({
  id: 'charmed-etcd',
  title: 'Charmed etcd: security hardening guide',
  product: 'Charmed etcd',
  version: '3.6',
  url: documents.guide,
  publications: [etcdGuide, jujuHardening],
  handbook,
  appliesTo: isNamedEtcd,
  probes: etcdProbesOf,
  together: [
    {
      ...{ change: 'ETCD-ENC-01', needs: 'ETCD-ENC-02', within: 'application' },
      why: 'the members go on talking in clear, and the step for the clients waits for theirs',
    },
  ],
  controls: onCharmedEtcd([
    ...operatingSystem,
    ...upgrades,
    ...encryptionRelations,
    ...encryptionEvidence,
    ...access,
    ...monitoring,
    ...host,
  ]),
});
