/** The guides that Holdfast knows: one line for each. */
import type { Guide } from '../core/control.js';
import { charmedEtcd } from './charmed-etcd/index.js';
import { charmedKafkaK8s } from './charmed-kafka-k8s/index.js';
import { charmedMysqlK8s } from './charmed-mysql-k8s/index.js';
import { charmedPostgresqlK8s } from './charmed-postgresql-k8s/index.js';
import { cisEtcd } from './cis-etcd/index.js';
import { etcdBestPractice } from './etcd-best-practice/index.js';
import { juju } from './juju/index.js';
import { kubernetes } from './kubernetes/index.js';

export const guides: readonly Guide[] = [
  juju,
  kubernetes,
  charmedEtcd,
  etcdBestPractice,
  cisEtcd,
  charmedPostgresqlK8s,
  charmedKafkaK8s,
  charmedMysqlK8s,
];
