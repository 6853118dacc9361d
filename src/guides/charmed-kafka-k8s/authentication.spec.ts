import { describe, expect, it, test } from '@jest/globals';
import { linesOf, undoLinesOf } from '../../../test/support/etcd.js';
import { findingOf, saysOf, type KafkaWorld, type ProductName } from '../../../test/support/kafka.js';
import { application, model, relate, unknownFact } from '../../../test/support/world.js';
import type { Dict } from '../../core/dict.js';
import type { SecretMeta } from '../../core/snapshot.js';
import { charmedKafkaK8s as guide } from './index.js';

const rules = 'RULE:^CN=([a-z]+),OU=shop$/$1/';

describe('KAFKA-AUTH-02: certificates of clients', () => {
  const three = [relate('kafka:trusted-certificate', 'app:certificates', 'tls-certificates')];
  const ca = [relate('kafka:trusted-ca', 'ca:certificates', 'tls-certificates')];
  const four = [relate('kafka:client-cas', 'ca:send-ca-cert', 'certificate_transfer')];
  const says = (product: ProductName, spec: KafkaWorld, params: Dict<unknown> = {}) =>
    saysOf(guide, 'KAFKA-AUTH-02', product, { ...spec, judging: { params } });

  test.each<[string, string, ProductName, KafkaWorld, Dict<unknown>]>([
    ['without them there is nothing to judge', 'not-applicable MtlsNotUsed', 'k8s3', {}, {}],
    ['on Kafka 4, too', 'not-applicable MtlsNotUsed', 'k8s4', {}, {}],
    [
      'plain rules leave open whether they are demanded',
      'unknown WorkloadEvidenceOff',
      'k8s3',
      { relations: three },
      {},
    ],
    ['a trusted CA counts', 'unknown WorkloadEvidenceOff', 'k8s3', { relations: ca }, {}],
    ['those of Kafka 4 count', 'unknown WorkloadEvidenceOff', 'k8s4', { relations: four }, {}],
    [
      'other rules than the declared ones fail',
      'fail MappingDiffers',
      'k8s4',
      { relations: four },
      { principalMapping: rules },
    ],
    [
      'the declared ones leave the rest open',
      'unknown WorkloadEvidenceOff',
      'k8s4',
      { relations: four, options: { 'ssl-principal-mapping-rules': rules } },
      { principalMapping: rules },
    ],
    [
      'rules that are not shown are unknown',
      'unknown MappingNotShown',
      'machine4',
      { relations: four },
      { principalMapping: rules },
    ],
    [
      'without endpoint names it is not known whether they are used',
      'unknown MtlsUseNotSeen',
      'k8s3',
      { relations: [relate('kafka', 'ca', 'tls-certificates')] },
      {},
    ],
    [
      'unread relations are unknown',
      'unknown NotObserved',
      'k8s3',
      { it: { relations: unknownFact('gone') } },
      {},
    ],
    [
      'unread options are unknown',
      'unknown PermissionMissing',
      'k8s3',
      { relations: three, it: { config: unknownFact('hidden', 'read on the model') } },
      {},
    ],
  ])('%s', (_, expected, ...asked) => {
    expect(says(...asked)).toBe(expected);
  });

  it('sets the declared rules in the spelling of the track, and names whose users they rename', () => {
    const judging = { params: { principalMapping: rules } };
    const finding = findingOf(guide, 'KAFKA-AUTH-02', 'k8s3', { relations: three, judging });
    expect(finding.remedies.map(({ action, cutsOff, risk }) => ({ action, cutsOff, risk }))).toMatchObject([
      {
        action: { type: 'set-config', key: 'ssl_principal_mapping_rules', value: rules },
        cutsOff: ['app'],
        risk: 'high',
      },
    ]);
    expect(undoLinesOf(finding)).toEqual([
      'juju config -m prod:admin/data --reset ssl_principal_mapping_rules kafka',
    ]);
  });

  it('does not give juju a former value that it would take for a file', () => {
    const judging = { params: { principalMapping: rules } };
    const options = { ssl_principal_mapping_rules: '@/etc/passwd' };
    const finding = findingOf(guide, 'KAFKA-AUTH-02', 'k8s3', { relations: three, options, judging });
    expect(undoLinesOf(finding)[0]).toMatch(/^never: /);
  });
});

describe('KAFKA-AUTH-03: OAuth', () => {
  const oauth = [
    relate('kafka:oauth', 'hydra:oauth', 'oauth'),
    relate('grafana:oauth', 'hydra:oauth', 'oauth'),
  ];
  const hydra = (dev: unknown) => ({ hydra: application({ config: { dev } }), grafana: application({}) });

  test.each<[string, string, KafkaWorld]>([
    ['without a provider there is nothing to judge', 'not-applicable NoOauth', {}],
    [
      'Hydra in development mode fails',
      'fail OauthProviderInDevMode',
      { applications: hydra(true), relations: oauth },
    ],
    [
      'out of it the rest is in the units',
      'unknown WorkloadEvidenceOff',
      { applications: hydra(false), relations: oauth },
    ],
    [
      'an option that is not shown is unknown',
      'unknown OptionNotShown',
      { applications: { hydra: application({}) }, relations: oauth },
    ],
    [
      'a provider in a model that is not watched is unknown',
      'unknown OauthProviderNotSeen',
      { relations: [relate('kafka:oauth', '@iam:oauth', 'oauth')] },
    ],
    [
      'another provider is unknown',
      'unknown OauthProviderNotKnown',
      { applications: { hydra: application({ charm: { name: 'keycloak' } }) }, relations: oauth },
    ],
    ['unread relations are unknown', 'unknown NotObserved', { it: { relations: unknownFact('gone') } }],
  ])('%s', (_, expected, spec) => {
    expect(saysOf(guide, 'KAFKA-AUTH-03', 'k8s3', spec)).toBe(expected);
  });

  it('takes Hydra out of it once it has an ingress, and names all that log in through it', () => {
    const finding = findingOf(guide, 'KAFKA-AUTH-03', 'k8s4', {
      applications: hydra(true),
      relations: oauth,
    });
    expect(linesOf(finding)).toEqual(['juju config -m prod:admin/data hydra dev=false']);
    expect(finding.remedies[0]).toMatchObject({ disruptive: true, cutsOff: ['kafka', 'grafana'] });
    expect(finding.remedies[0]?.preconditions).toContainEqual({
      type: 'related',
      application: 'hydra',
      endpoint: 'public-route',
    });
  });

  it('leaves a Hydra of another model to a person', () => {
    const iam = model({
      applications: { hydra: application({ config: { dev: true } }) },
      offers: {
        oauth: { name: 'oauth', application: 'hydra', endpoints: [{ name: 'oauth', interface: 'oauth' }] },
      },
    });
    const remoteApplications = {
      iam: { name: 'iam', offerUrl: 'admin/iam.oauth', endpoints: [], status: 'active' },
    };
    const finding = findingOf(guide, 'KAFKA-AUTH-03', 'k8s4', {
      prod: { models: { iam } },
      remoteApplications,
      relations: [relate('kafka:oauth', '@iam:oauth', 'oauth')],
    });
    expect(finding.judgement.reason).toBe('OauthProviderInDevMode');
    expect(finding.remedies).toEqual([]);
  });
});

describe('KAFKA-AUTH-05: passwords of the internal users', () => {
  const id = 'd1a2b3c4d5e6f7g8h9i0';
  const secret = (revisionCreated?: string): SecretMeta => ({
    id,
    owner: 'model-1',
    ...(revisionCreated === undefined ? {} : { revisionCreated }),
  });
  const given = { options: { 'system-users': `secret:${id}` } };

  test.each<[string, string, ProductName, KafkaWorld]>([
    ['Kafka 3 shows nothing', 'manual RotationNotSeen', 'k8s3', {}],
    ['nor does ZooKeeper', 'manual RotationNotSeen', 'zookeeper', {}],
    ['nor does Kafka 4 without a secret', 'manual RotationNotSeen', 'k8s4', {}],
    [
      'an old secret fails',
      'fail PasswordsTooOld',
      'k8s4',
      { ...given, secrets: [secret('2026-01-01T00:00:00Z')] },
    ],
    [
      'named with its model, too',
      'fail PasswordsTooOld',
      'machine4',
      {
        options: { 'system-users': `secret://d4a5f6c0-0000-4000-8000-000000000001/${id}` },
        secrets: [secret('2026-01-01T00:00:00Z')],
      },
    ],
    [
      'a young one does not show that it was taken over',
      'manual TakeOverNotSeen',
      'k8s4',
      { ...given, secrets: [secret('2026-11-01T00:00:00Z')] },
    ],
    ['one that is not listed shows nothing', 'manual RotationNotSeen', 'k8s4', { ...given, secrets: [] }],
    [
      'one without revisions shows nothing',
      'manual RotationNotSeen',
      'k8s4',
      { ...given, secrets: [secret()] },
    ],
    [
      'unread secrets are unknown',
      'unknown PermissionMissing',
      'k8s4',
      { ...given, secrets: unknownFact('hidden', 'admin on the model') },
    ],
    ['unread options are unknown', 'unknown NotObserved', 'k8s4', { it: { config: unknownFact('gone') } }],
  ])('%s', (_, expected, product, spec) => {
    expect(saysOf(guide, 'KAFKA-AUTH-05', product, spec)).toBe(expected);
  });

  it('asks for the age that the policy gives', () => {
    const spec = { ...given, secrets: [secret('2026-11-01T00:00:00Z')] };
    expect(saysOf(guide, 'KAFKA-AUTH-05', 'k8s4', { ...spec, judging: { params: { age: '7d' } } })).toBe(
      'fail PasswordsTooOld',
    );
  });
});
