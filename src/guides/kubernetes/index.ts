import { defineGuide } from '../../core/control.js';
import { postgresqlGuide } from '../shared/publications.js';
import { access } from './access.js';
import { documents } from './documents.js';
import { handbook } from './handbook.js';
import { network } from './network.js';
import { pods } from './pods.js';

/** The cluster below Kubernetes models: the part Environment that all guides of the Kubernetes charms share. */
export const kubernetes = defineGuide({
  id: 'kubernetes',
  title: 'Kubernetes as environment of charmed applications',
  product: 'Kubernetes',
  version: '1',
  url: documents.guide,
  publications: [postgresqlGuide],
  handbook,
  controls: [...access, ...network, ...pods],
});
