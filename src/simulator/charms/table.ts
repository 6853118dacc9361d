import { charmOf, type Charm, type CharmFacts } from './charm.js';
import { grafanaAgent, opentelemetryCollector, opentelemetryCollectorK8s } from './data/agents.js';
import { lego, manualTlsCertificates, selfSignedCertificates, vault } from './data/certificates.js';
import { jujuController } from './data/controller.js';
import { charmedEtcd } from './data/etcd.js';
import { kafka3, zookeeper } from './data/kafka.js';
import { kafkaK8s4 } from './data/kafka-4.js';
import { kafkaK8s3, zookeeperK8s } from './data/kafka-k8s.js';
import { mysqlK8s80, mysqlRouterK8s80 } from './data/mysql.js';
import { grafanaK8s, lokiK8s, prometheusK8s } from './data/observability.js';
import { postgresql14, postgresqlK8s14 } from './data/postgresql.js';
import { pgbouncerK8s, postgresqlK8s16 } from './data/postgresql-16.js';
import { azureStorageIntegrator, dataIntegrator, s3Integrator1, s3Integrator2 } from './data/storage.js';
import { hydra, landscapeClient, ubuntuAdvantage, ubuntuPro } from './data/system.js';

const facts: readonly CharmFacts[] = [
  grafanaAgent,
  opentelemetryCollector,
  opentelemetryCollectorK8s,
  selfSignedCertificates,
  lego,
  manualTlsCertificates,
  vault,
  jujuController,
  charmedEtcd,
  kafka3,
  zookeeper,
  kafkaK8s4,
  kafkaK8s3,
  zookeeperK8s,
  prometheusK8s,
  lokiK8s,
  grafanaK8s,
  postgresql14,
  postgresqlK8s14,
  postgresqlK8s16,
  pgbouncerK8s,
  mysqlK8s80,
  mysqlRouterK8s80,
  s3Integrator1,
  s3Integrator2,
  azureStorageIntegrator,
  dataIntegrator,
  landscapeClient,
  ubuntuPro,
  ubuntuAdvantage,
  hydra,
];

const charms: readonly Charm[] = facts.map(charmOf);

/**
 * The charm of this name; with several tracks known, the one of the channel's track, or the newest.
 * An unknown name gives a charm without endpoints or options, so that an estate may hold any application.
 */
export function charmNamed(name: string, channel = ''): Charm {
  const candidates = charms.filter((charm) => charm.name === name);
  const track = channel.split('/')[0];
  return candidates.find((charm) => charm.track === track) ?? candidates.at(-1) ?? unknownCharm(name);
}

/** A charm in each of its tracks whose facts are known. */
export function charmsNamed(name: string): readonly Charm[] {
  return charms.filter((charm) => charm.name === name);
}

/** The tracks of a charm whose facts are known; none for a charm that is not known at all. */
export function knownTracks(name: string): readonly string[] {
  return charms.filter((charm) => charm.name === name).map(({ track }) => track);
}

function unknownCharm(name: string): Charm {
  return {
    name,
    track: 'latest',
    base: '24.04',
    workloadVersion: '',
    revision: 1,
    endpoints: [],
    options: {},
    actions: [],
  };
}
