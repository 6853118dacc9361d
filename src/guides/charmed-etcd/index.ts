import { defineGuide } from '../../core/control.js';
import { etcdProbes, isCharmedEtcd } from '../shared/charmed-etcd.js';
import { documents } from '../shared/etcd-documents.js';
import { access } from './access.js';
import { encryptionEvidence } from './encryption-evidence.js';
import { encryptionRelations } from './encryption-relations.js';
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
  appliesTo: isCharmedEtcd,
  probes: etcdProbes,
  controls: [
    ...operatingSystem,
    ...upgrades,
    ...encryptionRelations,
    ...encryptionEvidence,
    ...access,
    ...monitoring,
    ...host,
  ],
});
