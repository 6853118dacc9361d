import { defineGuide } from '../../core/control.js';
import { kafkaProbes, zookeeperProbes } from '../shared/kafka-ports.js';
import { etcdGuide, jujuHardening, kafkaGuide } from '../shared/publications.js';
import { auditing } from './auditing.js';
import { authentication } from './authentication.js';
import { backup } from './backup.js';
import { documents } from './documents.js';
import { encryptionEvidence } from './encryption-evidence.js';
import { encryptionRelations } from './encryption-relations.js';
import { handbook } from './handbook/index.js';
import { monitoring } from './monitoring.js';
import { network } from './network.js';
import { operatingSystem } from './operating-system.js';
import { hasOurName } from './product.js';
import { releases } from './releases.js';

/**
 * Canonical's security hardening guide for Charmed Kafka K8s, tracks 3 (with ZooKeeper) and 4. The machine charms of the
 * same products are judged by it, too.
 */
export const charmedKafkaK8s = defineGuide({
  id: 'charmed-kafka-k8s',
  title: 'Charmed Kafka K8s: security hardening guide',
  product: 'Charmed Kafka and ZooKeeper',
  version: '3 and 4',
  url: documents.guide,
  publications: [kafkaGuide, etcdGuide, jujuHardening],
  handbook,
  appliesTo: hasOurName,
  probes: (charm) => (charm.name.startsWith('zookeeper') ? zookeeperProbes : kafkaProbes),
  together: [
    {
      ...{ change: 'ZK-ENC-01', needs: 'KAFKA-ENC-01', within: 'model' },
      why: 'Kafka 3 stays blocked while ZooKeeper speaks TLS and it does not',
    },
    {
      ...{ change: 'KAFKA-ENC-01', needs: 'ZK-ENC-01', within: 'model' },
      why: 'Kafka 3 stays blocked while it speaks TLS and its ZooKeeper does not; Kafka 4 has none',
    },
  ],
  controls: [
    ...operatingSystem,
    ...releases,
    ...encryptionRelations,
    ...encryptionEvidence,
    ...authentication,
    ...monitoring,
    ...auditing,
    ...backup,
    ...network,
  ],
});
