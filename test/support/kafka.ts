/** Worlds around Charmed Kafka and ZooKeeper for tests: an application of two units in the model `data` of `prod`. */
import type { Guide } from '../../src/core/control.js';
import type { Finding } from '../../src/core/finding.js';
import type { Charm, Relation, Snapshot } from '../../src/core/snapshot.js';
import { controlOf, isExplained } from './etcd.js';
import { judge, type Judging } from './judge.js';
import {
  application,
  controller,
  estate,
  model,
  relate,
  type ApplicationSpec,
  type ControllerSpec,
  type ModelSpec,
} from './world.js';

const direct = ['grafana-dashboard', 'logging', 'metrics-endpoint'];
const kafka3 = ['certificates', 'kafka-client', 'oauth', 'trusted-ca', 'trusted-certificate', 'zookeeper'];
const kafka4 = ['certificates', 'client-cas', 'kafka-client', 'oauth', 'peer-certificates'];
const zookeeper = ['certificates', 's3-credentials', 'zookeeper'];

interface Product {
  readonly charm: Partial<Charm>;
  readonly endpoints: readonly string[];
  readonly type: 'iaas' | 'caas';
  readonly config: Readonly<Record<string, unknown>>;
}

const byDefault = (value: unknown) => ({ value, source: 'default' });

/** The charms that the guide judges, with the options that it asks about at their defaults. */
export const products = {
  k8s3: {
    charm: { name: 'kafka-k8s', track: '3', base: 'ubuntu@22.04' },
    endpoints: [...kafka3, ...direct],
    type: 'caas',
    config: {
      log_level: byDefault('INFO'),
      expose_external: byDefault('false'),
      ssl_principal_mapping_rules: byDefault('DEFAULT'),
      certificate_include_ip_sans: byDefault(true),
    },
  },
  k8s4: {
    charm: { name: 'kafka-k8s', track: '4', base: 'ubuntu@24.04' },
    endpoints: [...kafka4, ...direct],
    type: 'caas',
    config: {
      'log-level': byDefault('INFO'),
      'expose-external': byDefault('false'),
      'ssl-principal-mapping-rules': byDefault('DEFAULT'),
    },
  },
  machine3: {
    charm: { name: 'kafka', track: '3', base: 'ubuntu@22.04' },
    endpoints: [...kafka3, 'cos-agent', 'juju-info'],
    type: 'iaas',
    config: {
      log_level: byDefault('INFO'),
      expose_external: byDefault('nodeport'),
      ssl_principal_mapping_rules: byDefault('DEFAULT'),
      certificate_include_ip_sans: byDefault(true),
    },
  },
  machine4: {
    charm: { name: 'kafka', track: '4', base: 'ubuntu@24.04' },
    endpoints: [...kafka4, 'cos-agent', 'juju-info'],
    type: 'iaas',
    config: { 'log-level': byDefault('INFO'), 'expose-external': byDefault('nodeport') },
  },
  zookeeper: {
    charm: { name: 'zookeeper-k8s', track: '3', base: 'ubuntu@22.04' },
    endpoints: [...zookeeper, ...direct],
    type: 'caas',
    config: { 'expose-external': byDefault('false'), 'certificate-include-ip-sans': byDefault(true) },
  },
  machineZookeeper: {
    charm: { name: 'zookeeper', track: '3', base: 'ubuntu@22.04' },
    endpoints: [...zookeeper, 'cos-agent', 'juju-info'],
    type: 'iaas',
    config: { 'expose-external': byDefault('false'), 'certificate-include-ip-sans': byDefault(true) },
  },
} as const satisfies Record<string, Product>;

export type ProductName = keyof typeof products;

/** An application of this product; given options are laid over the defaults. */
export function deployed(product: ProductName, spec: ApplicationSpec = {}): ReturnType<typeof application> {
  const { charm, endpoints, config } = products[product];
  return application({ charm, endpoints, config, units: 2, ...spec });
}

export interface KafkaWorld extends ModelSpec {
  /** What is said of the application that the world is about. */
  readonly it?: ApplicationSpec;
  /** Options laid over the defaults. */
  readonly options?: Readonly<Record<string, unknown>>;
  readonly prod?: ControllerSpec;
}

/** The estate with this product in it, as `kafka` or `zookeeper`; what is not said is as the world builder has it. */
export function kafkaWorld(product: ProductName, spec: KafkaWorld = {}): Snapshot {
  const { it = {}, options = {}, prod = {}, ...data } = spec;
  const { config, type } = products[product];
  const app = deployed(product, { config: { ...config, ...options }, ...it });
  const models = {
    data: model({ type, ...data, applications: { [nameOf(product)]: app, ...data.applications } }),
    ...prod.models,
  };
  return estate({ controllers: { prod: controller({ ...prod, models }) } });
}

export function nameOf(product: ProductName): 'kafka' | 'zookeeper' {
  return product.toLowerCase().includes('zookeeper') ? 'zookeeper' : 'kafka';
}

/** What one control says of an application, after a look whether it explains its reasons. */
export function findingsOf(
  guide: Guide,
  id: string,
  at: { readonly world: Snapshot; readonly application: string; readonly judging?: Judging },
): readonly Finding[] {
  const control = controlOf(guide, id);
  const found = judge(control, at.world, at.judging).filter(
    ({ target }) => target.application === at.application && target.model === 'data',
  );
  for (const { judgement } of found) {
    if (!isExplained(control, judgement.reason))
      throw new Error(`${id} does not explain ${judgement.reason}`);
  }
  return found;
}

/** The relation by which a Kafka keeps its state in a ZooKeeper. */
export function keeps(kafka = 'kafka', zookeeperName = 'zookeeper'): Relation {
  return relate(`${kafka}:zookeeper`, `${zookeeperName}:zookeeper`, 'zookeeper');
}

interface FindingAsked {
  readonly judging?: Judging;
  /** What others than Juju show of it besides. */
  readonly seenWith?: (world: Snapshot) => Snapshot;
}

/** The only thing that a control says of the application that the world is about. @throws Error when it is not one. */
export function findingOf(
  guide: Guide,
  id: string,
  product: ProductName,
  { judging = {}, seenWith = (world) => world, ...spec }: KafkaWorld & FindingAsked = {},
): Finding {
  const application = nameOf(product);
  const [finding, ...more] = findingsOf(guide, id, {
    world: seenWith(kafkaWorld(product, spec)),
    application,
    judging,
  });
  if (finding === undefined || more.length > 0)
    throw new Error(`${id} says ${more.length} things of ${application}`);
  return finding;
}

/** `outcome Reason`, for tables. */
export function saysOf(...asked: Parameters<typeof findingOf>): string {
  const { outcome, reason } = findingOf(...asked).judgement;
  return `${outcome} ${reason}`;
}
