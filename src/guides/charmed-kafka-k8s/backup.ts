import { z } from 'zod';
import type { Control } from '../../core/control.js';
import { pass, type Judgement } from '../../core/judgement.js';
import { relatedStoreReasons, storeJudgement, storeRemedy } from '../shared/backup-store.js';
import { storeTransport, transportReasons, transportRemedy } from '../shared/backup-transport.js';
import { worst } from '../shared/combine.js';
import { httpsEndpoint, integrator } from '../shared/params.js';
import { documents } from './documents.js';
import { s3Endpoint } from './endpoints.js';
import { productControl, type Subject } from './product-control.js';

const store = productControl({
  id: 'ZK-BKP-01',
  on: ['zookeeper'],
  title: 'ZooKeeper has a backup store, reached over https',
  severity: 'high',
  section: 'Applications',
  rationale:
    'ZooKeeper holds the users, rules and topics of Kafka: without a backup a mistake there loses the cluster.',
  references: [documents.guide, documents.howToThree, documents.s3Integrator],
  evidence: ['S', 'J'],
  params: z.object({ integrator, endpoint: httpsEndpoint }),
  reasons: { ...relatedStoreReasons, ...transportReasons },
  remediation: 'auto',
  fixableBy: 'operator',
  manual:
    "Deploy and configure an integrator ('juju deploy -m MODEL s3-integrator', bucket, an endpoint that begins with https, credentials as a secret), then run " +
    "'juju integrate -m MODEL S3_INTEGRATOR:s3-credentials ZOOKEEPER:s3-credentials', 'juju run -m MODEL ZOOKEEPER/leader create-backup' and '… list-backups'.",
  hazards: [
    'Restoring puts the users and rules of that day back: passwords changed since are lost.',
    'One integrator serves many applications: a changed endpoint changes for all of them.',
  ],
  evaluate: storeOverHttps,
  remediate({ app }, { params }, { reason }) {
    if (reason === 'NoBackupStore') return storeRemedy(app, s3Endpoint, params.integrator);
    return reason === 'StoreNotHttps' ? transportRemedy(app, s3Endpoint, params.endpoint) : [];
  },
});

/** The guide asks for the store and nothing about how old a backup is. */
function storeOverHttps({ app }: Subject): Judgement {
  const related = storeJudgement(app, [s3Endpoint]);
  if (related.reason !== 'BackupAgeNotObserved') return related;
  return worst(pass(`${app.name} has a backup store`, ...related.evidence), storeTransport(app, s3Endpoint));
}

export const backup: readonly Control[] = [store];
