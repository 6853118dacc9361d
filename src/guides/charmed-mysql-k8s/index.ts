import { defineGuide } from '../../core/control.js';
import { mysqlGuide } from '../shared/publications.js';
import { authentication } from './authentication.js';
import { backup } from './backup.js';
import { documents } from './documents.js';
import { encryption } from './encryption.js';
import { handbook } from './handbook/index.js';
import { images } from './images.js';
import { monitoring } from './monitoring.js';
import { network } from './network.js';
import { productOfCharm } from './release.js';

/**
 * Canonical's security hardening guide for Charmed MySQL K8s with MySQL Router, track 8.0; of track 8.4 what could be
 * looked up.
 */
export const charmedMysqlK8s = defineGuide({
  id: 'charmed-mysql-k8s',
  title: 'Charmed MySQL K8s: security hardening guide',
  product: 'Charmed MySQL K8s',
  version: '8.0 and 8.4',
  url: documents.guide,
  publications: [mysqlGuide],
  handbook,
  appliesTo: (charm) => productOfCharm(charm) !== undefined,
  controls: [...images, ...encryption, ...backup, ...authentication, ...monitoring, ...network],
});
