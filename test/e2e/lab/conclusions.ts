/** What Holdfast concludes from the answer of a port, on an application whose TLS relations are all there. */
import type { PortProbe, Snapshot } from '../../../src/core/snapshot.js';
import type { Guide } from '../../../src/core/control.js';
import { charmedEtcd } from '../../../src/guides/charmed-etcd/index.js';
import { charmedKafkaK8s } from '../../../src/guides/charmed-kafka-k8s/index.js';
import { charmedPostgresqlK8s } from '../../../src/guides/charmed-postgresql-k8s/index.js';
import { controlOf, etcdWorld } from '../../support/etcd.js';
import { judge } from '../../support/judge.js';
import { products } from '../../support/kafka.js';
import { releases } from '../../support/postgresql.js';
import { application, controller, estate, model, relate, type ApplicationSpec } from '../../support/world.js';

type Product = Pick<ApplicationSpec, 'charm' | 'endpoints' | 'config'>;

const judged: Readonly<Record<string, readonly [Guide, Product, readonly string[]]>> = {
  'etcd-client': [charmedEtcd, {}, ['ETCD-ENC-03', 'ETCD-AUTH-02']],
  postgresql: [charmedPostgresqlK8s, releases.k8s16, ['PG-ENC-03']],
  patroni: [charmedPostgresqlK8s, releases.k8s16, ['PG-ENC-06']],
  pgbouncer: [charmedPostgresqlK8s, releases.pgbouncer, ['PGB-ENC-02']],
  kafka: [charmedKafkaK8s, products.k8s3, ['KAFKA-ENC-02']],
  zookeeper: [charmedKafkaK8s, products.zookeeper, ['ZK-ENC-02']],
};

/** `CONTROL outcome Reason` of the controls that go by these ports. */
export function concluded(product: string, ports: readonly PortProbe[]): string {
  const [guide, charm, controls] = judged[product] ?? [];
  if (guide === undefined || charm === undefined || controls === undefined)
    throw new Error(`nothing is concluded from ports of ${product}`);
  const world = worldOf(product, charm, ports);
  return controls
    .map((id) => {
      const all = judge(controlOf(guide, id), world).filter(({ target }) => target.application !== 'ca');
      const said = all.map(({ judgement: { outcome, reason } }) => `${outcome} ${reason}`);
      return `${id} ${said.join(' / ')}`;
    })
    .join('; ');
}

const endpoints = ['certificates', 'client-certificates', 'peer-certificates'];

function worldOf(product: string, charm: Product, ports: readonly PortProbe[]): Snapshot {
  const answers = Object.fromEntries(ports.map((probe) => [String(probe.port), probe]));
  const isEtcd = product === 'etcd-client';
  const relations = endpoints
    .slice(isEtcd ? 1 : 0)
    .map((endpoint) =>
      relate(`${isEtcd ? 'etcd' : 'it'}:${endpoint}`, 'ca:certificates', 'tls-certificates'),
    );
  if (isEtcd) return etcdWorld({ etcd: { units: 1, probes: { 'etcd/0': answers } }, relations });
  const it = application({ ...charm, units: 1, probes: { 'it/0': answers } });
  const ca = application({ charm: { name: 'vault-k8s' }, endpoints: ['certificates'] });
  const data = model({ type: 'caas', relations, applications: { it, ca } });
  return estate({ controllers: { prod: controller({ models: { data } }) } });
}

/** What was seen on a port, in few words. */
export function seenOn({ port, answer, protocol, certificate }: PortProbe): string {
  const version = protocol?.split(' ', 1).join('');
  const more = [version, certificate?.issuer].filter((part) => part !== undefined);
  return `${port} ${answer}${more.length === 0 ? '' : ` (${more.join(', ')})`}`;
}
