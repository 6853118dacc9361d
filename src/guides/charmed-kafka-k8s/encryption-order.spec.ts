import { describe, expect, it, test } from '@jest/globals';
import { effectOn } from '../../../test/support/effect.js';
import { controlOf, linesOf, undoLinesOf } from '../../../test/support/etcd.js';
import {
  deployed,
  findingOf,
  keeps,
  kafkaWorld,
  saysOf,
  type KafkaWorld,
} from '../../../test/support/kafka.js';
import { knowledge } from '../../../test/support/judge.js';
import { application, relate, unit, type ApplicationSpec } from '../../../test/support/world.js';
import type { Dict } from '../../core/dict.js';
import { evaluate } from '../../core/evaluate/index.js';
import { plan } from '../../core/plan.js';
import { observeOnly, type Policy } from '../../core/policy/policy.js';
import type { Relation, Snapshot } from '../../core/snapshot.js';
import { millis } from '../../core/time.js';
import { charmedKafkaK8s as guide } from './index.js';

const vault = (spec: ApplicationSpec = {}) =>
  application({ charm: { name: 'vault-k8s' }, config: { pki_allow_ip_sans: true }, ...spec });
const lego = application({ charm: { name: 'lego' } });
const tls = (end: string, provider = 'vault:vault-pki', more: Partial<Relation> = {}) =>
  relate(end, provider, 'tls-certificates', more);
const m = '-m prod:admin/data';

/** The lines of the plan that the policy's proposals make for this estate. */
function planned(world: Snapshot, params: Dict<unknown> = {}): readonly string[] {
  const policy: Policy = {
    ...observeOnly,
    defaults: { ...observeOnly.defaults, mode: 'propose' },
    rules: [{ match: {}, params }],
  };
  const asOf = millis(world.takenAt);
  const findings = evaluate([guide], world, { policy, knowledge }, asOf);
  return plan(findings, asOf).flatMap((proposal) => proposal.plan.actions.map(({ argv }) => argv.join(' ')));
}

/** Kafka and its ZooKeeper, with everything wrong that has a fix. */
function pair({ relations = [], applications = {}, ...more }: KafkaWorld = {}): KafkaWorld {
  return {
    applications: { vault: vault(), zookeeper: deployed('zookeeper'), ...applications },
    relations: [keeps(), ...(relations as readonly Relation[])],
    ...more,
  };
}

describe('the plan for Kafka 3 and ZooKeeper', () => {
  const zookeeper = `juju integrate ${m} vault:vault-pki zookeeper:certificates`;
  const kafka = `juju integrate ${m} vault:vault-pki kafka:certificates`;

  it('secures ZooKeeper, then Kafka, and puts nothing between', () => {
    const options = { log_level: 'ERROR', expose_external: 'nodeport' };
    const lines = planned(kafkaWorld('k8s3', pair({ options })));
    const first = lines.indexOf(zookeeper);
    expect(lines.slice(first, first + 2)).toEqual([zookeeper, kafka]);
    expect(lines).toContain(`juju config ${m} kafka log_level=INFO`);
    expect(lines).toContain(`juju config ${m} kafka expose_external=false`);
  });

  it('has Kafka alone once ZooKeeper is done', () => {
    const world = kafkaWorld('k8s3', pair({ relations: [tls('zookeeper:certificates')] }));
    expect(planned(world)).toEqual([kafka]);
  });

  it('lets Kafka wait for the relation of ZooKeeper and for its three restarts', () => {
    const [remedy] = findingOf(guide, 'KAFKA-ENC-01', 'k8s3', pair()).remedies;
    expect(remedy?.preconditions).toEqual([
      { type: 'relation-absent', application: 'kafka', endpoint: 'certificates' },
      { type: 'related', application: 'zookeeper', endpoint: 'certificates' },
      { type: 'application-settled', application: 'zookeeper' },
      { type: 'application-settled', application: 'kafka' },
      { type: 'application-present', application: 'vault' },
      { type: 'application-settled', application: 'vault' },
    ]);
  });

  it('asks nothing of ZooKeeper for Kafka 4', () => {
    const { remedies } = findingOf(guide, 'KAFKA-ENC-01', 'k8s4', { applications: { vault: vault() } });
    expect(remedies.flatMap(({ preconditions }) => preconditions).map(({ type }) => type)).not.toContain(
      'related',
    );
  });

  it('keeps each pair together where there are several, and Kafka 4 out of them', () => {
    const applications = {
      vault: vault(),
      'b-zookeeper': deployed('zookeeper'),
      'a-zookeeper': deployed('zookeeper'),
      'z-kafka': deployed('k8s3'),
      'a-kafka': deployed('k8s4'),
    };
    const relations = [keeps('kafka', 'b-zookeeper'), keeps('z-kafka', 'a-zookeeper')];
    const step = (end: string) => `juju integrate ${m} vault:vault-pki ${end}`;
    expect(planned(kafkaWorld('k8s3', { applications, relations }))).toEqual([
      step('a-zookeeper:certificates'),
      step('z-kafka:certificates'),
      step('b-zookeeper:certificates'),
      step('kafka:certificates'),
      step('a-kafka:peer-certificates'),
      step('a-kafka:certificates'),
    ]);
  });

  it('begins no second ZooKeeper while a Kafka stands between its two steps', () => {
    const applications = {
      vault: vault(),
      zookeeper: deployed('zookeeper'),
      kafka2: deployed('k8s3'),
      zookeeper2: deployed('zookeeper'),
    };
    const relations = [keeps(), keeps('kafka2', 'zookeeper2')];
    const waitsFor = (more: readonly Relation[]) =>
      findingOf(guide, 'ZK-ENC-01', 'zookeeper', {
        applications: { ...applications, kafka: deployed('k8s3') },
        relations: [...relations, ...more],
      }).remedies.flatMap(({ preconditions }) =>
        preconditions.flatMap((one) => (one.type === 'related' ? [one.application] : [])),
      );
    expect(waitsFor([])).toEqual([]);
    expect(waitsFor([tls('zookeeper2:certificates')])).toEqual(['kafka2']);
    expect(waitsFor([tls('zookeeper2:certificates'), tls('kafka2:certificates')])).toEqual([]);
  });
});

describe('where one of the two is out of reach, a person does both', () => {
  const remedies = (id: string, product: 'k8s3' | 'zookeeper', spec: KafkaWorld) =>
    findingOf(guide, id, product, spec).remedies.length;

  test.each<[string, string, 'k8s3' | 'zookeeper', KafkaWorld]>([
    [
      'ZooKeeper in another model',
      'KAFKA-ENC-01',
      'k8s3',
      { relations: [relate('kafka:zookeeper', '@far-zookeeper:zookeeper', 'zookeeper')] },
    ],
    [
      'a ZooKeeper that is not the charm of that guide',
      'KAFKA-ENC-01',
      'k8s3',
      {
        applications: {
          vault: vault(),
          zookeeper: application({ charm: { name: 'zookeeper' }, endpoints: ['zookeeper', 'quorum'] }),
        },
        relations: [keeps()],
      },
    ],
    [
      'Kafka in another model',
      'ZK-ENC-01',
      'zookeeper',
      { relations: [relate('zookeeper:zookeeper', '@far-kafka:zookeeper', 'zookeeper')] },
    ],
  ])('%s', (_, id, product, spec) => {
    expect(remedies(id, product, { applications: { vault: vault() }, ...spec })).toBe(0);
    expect(saysOf(guide, id, product, { applications: { vault: vault() }, ...spec })).toMatch(/^fail /);
  });

  it('a ZooKeeper whose other client is no Kafka is secured', () => {
    const spec = {
      applications: { vault: vault(), solr: application({}) },
      relations: [relate('zookeeper:zookeeper', 'solr:zookeeper', 'zookeeper')],
    };
    const finding = findingOf(guide, 'ZK-ENC-01', 'zookeeper', spec);
    expect(finding.remedies.map(({ cutsOff }) => cutsOff)).toEqual([['solr']]);
  });
});

describe('a provider that refuses IP addresses', () => {
  const world = () =>
    pair({ applications: { vault: lego, zookeeper: deployed('zookeeper') }, options: { log_level: 'INFO' } });

  it('has the options of both set before the first of the two steps', () => {
    expect(planned(kafkaWorld('k8s3', world()))).toEqual([
      `juju config ${m} zookeeper certificate-include-ip-sans=false`,
      `juju config ${m} kafka certificate_include_ip_sans=false`,
      `juju integrate ${m} vault:certificates zookeeper:certificates`,
      `juju integrate ${m} vault:certificates kafka:certificates`,
    ]);
  });

  it('is taken as it is where the option is set already', () => {
    const spec = { ...world(), options: { certificate_include_ip_sans: false } };
    expect(linesOf(findingOf(guide, 'KAFKA-ENC-01', 'k8s3', spec))).toEqual([
      `juju integrate ${m} vault:certificates kafka:certificates`,
    ]);
  });

  it('may be named', () => {
    const spec = { ...world(), judging: { params: { provider: 'vault' } } };
    expect(linesOf(findingOf(guide, 'KAFKA-ENC-01', 'k8s3', spec))).toHaveLength(2);
  });

  it('is Vault as well, while its option is off', () => {
    const applications = { vault: vault({ config: { pki_allow_ip_sans: false } }) };
    expect(linesOf(findingOf(guide, 'KAFKA-ENC-01', 'machine3', { applications }))).toEqual([
      `juju config ${m} kafka certificate_include_ip_sans=false`,
      `juju integrate ${m} vault:vault-pki kafka:certificates`,
    ]);
  });

  it('is approved together with the step that it prepares, and taken back', () => {
    const finding = findingOf(guide, 'KAFKA-ENC-01', 'k8s3', world());
    expect(finding.remedies.map(({ disruptive }) => disruptive)).toEqual([true, true]);
    expect(undoLinesOf(finding)[0]).toBe(`juju config ${m} --reset certificate_include_ip_sans kafka`);
  });

  it('is not taken for Kafka 4, which cannot do without IP addresses', () => {
    const applications = { lego };
    expect(linesOf(findingOf(guide, 'KAFKA-ENC-01', 'k8s4', { applications }))).toEqual([]);
    const judging = { params: { provider: 'lego' } };
    expect(linesOf(findingOf(guide, 'KAFKA-ENC-01', 'k8s4', { applications, judging }))).toEqual([]);
  });

  it('is not taken where the options of Kafka were not read', () => {
    const it = { config: {} };
    expect(linesOf(findingOf(guide, 'KAFKA-ENC-01', 'k8s3', { applications: { lego }, it }))).toEqual([]);
  });
});

describe('the effect', () => {
  const effect = (id: string, world: Snapshot, name: string) => {
    const { outcome, reason } = effectOn(controlOf(guide, id), world, 'data', name);
    return `${outcome} ${reason}`;
  };
  const both = [tls('zookeeper:certificates'), tls('kafka:certificates')];

  it('of Kafka is unknown until its ports were asked, so that a person looks at the end', () => {
    for (const product of ['k8s3', 'k8s4', 'machine3', 'machine4'] as const)
      expect(effect('KAFKA-ENC-01', kafkaWorld(product), 'kafka')).toBe('unknown NotProbedYet');
  });

  it('of ZooKeeper is looked at when its Kafka has TLS, too: waiting for it would leave Kafka blocked', () => {
    const between = kafkaWorld('k8s3', pair({ relations: both.slice(0, 1) }));
    expect(effect('ZK-ENC-01', between, 'zookeeper')).toBe('not-applicable KafkaComesNext');
    const done = kafkaWorld('k8s3', pair({ relations: both }));
    expect(effect('ZK-ENC-01', done, 'zookeeper')).toBe('unknown NotProbedYet');
  });

  it('of a ZooKeeper without Kafka is unknown until its port was asked', () => {
    expect(effect('ZK-ENC-01', kafkaWorld('zookeeper'), 'zookeeper')).toBe('unknown NotProbedYet');
  });
});

describe('ZooKeeper at work', () => {
  it('is waited for by Kafka, whose precondition names it', () => {
    const busy = { 'zookeeper/0': unit('zookeeper/0', { workload: 'maintenance' }) };
    const applications = { zookeeper: deployed('zookeeper', { units: busy }) };
    const { remedies } = findingOf(guide, 'KAFKA-ENC-01', 'k8s3', pair({ applications }));
    expect(remedies[0]?.preconditions).toContainEqual({
      type: 'application-settled',
      application: 'zookeeper',
    });
  });
});
