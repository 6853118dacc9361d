import { defineGuide } from '../../core/control.js';
import { documents } from '../shared/etcd-documents.js';
import { etcdProbesOf, isNamedEtcd, onCharmedEtcd } from '../shared/etcd-family.js';
import { etcdArticle } from '../shared/publications.js';
import { access } from './access.js';
import { encryption } from './encryption.js';
import { handbook } from './handbook/index.js';
import { monitoring } from './monitoring.js';
import { network } from './network.js';
import { updates } from './updates.js';

/** The article "etcd Security: Best Practices & Deep Dive", judged on Charmed etcd. */
export const etcdBestPractice = defineGuide({
  id: 'etcd-best-practice',
  title: 'etcd security: best practices',
  product: 'etcd',
  version: '1',
  url: documents.article,
  publications: [etcdArticle],
  handbook,
  appliesTo: isNamedEtcd,
  probes: etcdProbesOf,
  controls: onCharmedEtcd([...access, ...encryption, ...network, ...monitoring, ...updates]),
});
