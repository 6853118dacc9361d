import { describe, expect, it, test } from '@jest/globals';
import { findingOn, saysOn } from '../../../test/support/etcd.js';
import {
  answers,
  blind,
  ca,
  configuration,
  goodMember,
  inside,
  membersWorld,
} from '../../../test/support/etcd-members.js';
import { application } from '../../../test/support/world.js';
import type { EtcdMember, EtcdServed } from '../../core/evidence/etcd.js';
import { cisEtcd as guide } from './index.js';

const service = Array.from({ length: 7 }, (_, n) => `CIS-2.${n + 1}`);
const sides = service.slice(0, 6);
const says = (id: string, member: EtcdMember): string => saysOn(guide, id, membersWorld(member));
const configured = (changed: Readonly<Record<string, string>>): EtcdMember =>
  goodMember({ configuration: inside(configuration(changed)) });

describe('members that are as they should be', () => {
  test.each([...service, 'CIS-1.1.7', 'CIS-1.1.11', 'CIS-1.1.12'])('pass %s', (id) => {
    expect(says(id, goodMember())).toBe('pass AsRequired');
  });

  it('pass whoever else cannot reach their ports', () => {
    const member = goodMember({ clientPort: answers('timeout'), peerPort: answers('unreachable', 2380) });
    for (const id of service) expect(says(id, member)).toBe('pass AsRequired');
  });
});

describe('a setting', () => {
  test.each<[string, string, Readonly<Record<string, string>>, string]>([
    ['CIS-2.1', 'without a key', { 'key-file': '' }, 'fail CertificateNotSet'],
    [
      'CIS-2.1',
      'with a URL in clear besides',
      { 'listen-client-urls': 'https://a:1,HTTP://a:2' },
      'fail UrlInPlainText',
    ],
    [
      'CIS-2.1',
      'with URLs for http only in clear',
      { 'listen-client-http-urls': 'http://a:2' },
      'fail UrlInPlainText',
    ],
    ['CIS-2.1', 'with the default URL', { 'listen-client-urls': '' }, 'fail UrlInPlainText'],
    [
      'CIS-2.1',
      'with a socket of the file system besides',
      { 'listen-client-urls': 'https://a:1,unix://x' },
      'pass AsRequired',
    ],
    ['CIS-2.2', 'of a trusted CA alone', { 'client-cert-auth': '' }, 'fail ClientCertAuthNotSet'],
    [
      'CIS-2.2',
      'with certificates made up',
      { 'cert-file': '', 'auto-tls': 'true' },
      'fail AutoTlsDropsDemand',
    ],
    ['CIS-2.2', 'in clear', { 'listen-client-urls': 'http://a:1' }, 'fail UrlInPlainText'],
    ['CIS-2.2', 'without a CA of its own', { 'trusted-ca-file': '' }, 'fail PublicRootsTrusted'],
    ['CIS-2.3', 'without effect beside certificates', { 'auto-tls': 'true' }, 'fail AutoTlsOn'],
    ['CIS-2.3', 'that is false', { 'auto-tls': 'false' }, 'pass AsRequired'],
    ['CIS-2.4', 'without a certificate', { 'peer-cert-file': '' }, 'fail CertificateNotSet'],
    ['CIS-2.4', 'with the default URL', { 'listen-peer-urls': '' }, 'fail UrlInPlainText'],
    ['CIS-2.5', 'that is not there', { 'peer-client-cert-auth': '' }, 'fail ClientCertAuthNotSet'],
    ['CIS-2.6', 'that is true', { 'peer-auto-tls': 'true' }, 'fail AutoTlsOn'],
    ['CIS-2.7', 'of no trusted CA', { 'trusted-ca-file': '' }, 'fail TrustedCaNotSet'],
    ['CIS-2.7', 'in clear', { 'listen-client-urls': 'http://a:1' }, 'fail UrlInPlainText'],
  ])('%s %s', (id, _, changed, expected) => {
    expect(says(id, configured(changed))).toBe(expected);
  });

  test.each(service)('%s of a configuration that etcd refuses never passes', (id) => {
    const refused = goodMember({ configuration: inside(configuration({}, { refusal: 'so' })) });
    expect(says(id, refused)).toBe('fail ConfigurationRefused');
  });

  test.each(sides)('%s of a configuration that some versions refuse is not settled', (id) => {
    const doubtful = goodMember({ configuration: inside(configuration({}, { dependsOnVersion: 'so' })) });
    expect(says(id, doubtful)).toBe('unknown VersionDecides');
  });

  test.each(service)('%s by arguments alone proves nothing', (id) => {
    const byFlags = configuration({}, { ruledBy: 'flags and environment' });
    expect(says(id, goodMember({ configuration: inside(byFlags) }))).toBe('unknown ArgumentsProveNothing');
  });
});

describe('what a port answers', () => {
  const port = (id: string): 'clientPort' | 'peerPort' =>
    id >= 'CIS-2.4' && id !== 'CIS-2.7' ? 'peerPort' : 'clientPort';

  test.each<[string, Parameters<typeof answers>[0], string]>([
    ['CIS-2.1', 'plaintext', 'fail PlainTextServed'],
    ['CIS-2.2', 'tls', 'fail ClientCertificateNotDemanded'],
    ['CIS-2.3', 'plaintext', 'pass AsRequired'],
    ['CIS-2.4', 'plaintext', 'fail PlainTextServed'],
    ['CIS-2.5', 'tls', 'fail ClientCertificateNotDemanded'],
    ['CIS-2.7', 'tls', 'fail ClientCertificateNotDemanded'],
    ['CIS-2.1', 'refused', 'unknown NotServing'],
    ['CIS-2.6', 'refused', 'unknown NotServing'],
    ['CIS-2.7', 'refused', 'unknown NotServing'],
    ['CIS-2.1', 'unrecognised', 'unknown AnswerNotUnderstood'],
  ])('%s with the right settings, but a port that is %s: %s', (id, answer, expected) => {
    expect(says(id, goodMember({ [port(id)]: answers(answer) }))).toBe(expected);
  });

  const seenFromOutside = (
    answer: Parameters<typeof answers>[0],
    served?: Partial<EtcdServed>,
  ): EtcdMember => {
    const certificate = { subject: 'CN=etcd', issuer: 'CN=ca', notAfter: '2030-01-01T00:00:00Z' };
    const all = {
      url: 'https://a:1',
      chain: [],
      asked: true,
      authenticationShown: 'so',
      authentication: 'on',
      ...served,
    };
    return {
      clientPort: inside({ port: 2379, answer, certificate }),
      peerPort: inside({ port: 2380, answer, certificate }),
      ...(served === undefined ? {} : { served: inside(all as EtcdServed) }),
    };
  };

  test.each<[string, EtcdMember, string]>([
    ['CIS-2.1', seenFromOutside('tls'), 'pass AsRequired'],
    ['CIS-2.2', seenFromOutside('tls-client-certificate'), 'pass AsRequired'],
    ['CIS-2.2', seenFromOutside('tls-client-certificate', { nameIsUser: false }), 'fail NameNotTaken'],
    ['CIS-2.3', seenFromOutside('tls'), 'pass AsRequired'],
    ['CIS-2.3', seenFromOutside('plaintext'), 'unknown EffectNotShown'],
    ['CIS-2.5', seenFromOutside('tls'), 'fail ClientCertificateNotDemanded'],
    ['CIS-2.6', { peerPort: answers('tls', 2380) }, 'unknown EffectNotShown'],
    ['CIS-2.7', seenFromOutside('tls', { ca: ca('etcd') }), 'manual CaNotSeen'],
    ['CIS-2.7', seenFromOutside('tls', { ca: ca('kafka') }), 'fail CaShared'],
    ['CIS-2.1', seenFromOutside('timeout'), 'unknown NotReachedFromHere'],
    ['CIS-2.1', {}, 'unknown ConfigurationNotSeen'],
    ['CIS-2.1', { configuration: blind('no right to look') }, 'unknown ConfigurationNotSeen'],
    ['CIS-2.4', { peerPort: blind('it did not tell') }, 'unknown NotReachedFromHere'],
  ])('alone, %s of %j', (id, member, expected) => {
    expect(says(id, member)).toBe(expected);
  });

  test.each(['CIS-2.1', 'CIS-2.3'])('%s: a certificate that etcd made up is told by its name', (id) => {
    const certificate = { subject: 'O=etcd', issuer: 'O=etcd', notAfter: '2030-01-01T00:00:00Z' };
    const member = { clientPort: inside({ port: 2379, answer: 'tls' as const, certificate }) };
    expect(says(id, member)).toBe('fail CertificateMadeUp');
  });

  it('to the probes of Juju’s units counts as well', () => {
    const probes = { 'etcd/0': { 2379: { port: 2379, answer: 'plaintext' } } } as const;
    const world = membersWorld(goodMember(), goodMember(), { etcd: { probes } });
    expect(saysOn(guide, 'CIS-2.1', world)).toBe('inconsistent UnitsDiffer');
  });
});

describe('the CA of etcd', () => {
  test.each<[string, EtcdMember, string]>([
    [
      'with the same certificate as another',
      { clientCas: inside([ca('etcd'), ca('kafka')]) },
      'fail CaShared',
    ],
    [
      'with the same key as another',
      { clientCas: inside([{ ...ca('kafka'), fingerprint: 'renewed' }]) },
      'fail CaShared',
    ],
    ['that was not read', { clientCas: blind('no such file') }, 'manual CaNotSeen'],
  ])('%s', (_, changed, expected) => {
    expect(says('CIS-2.7', goodMember(changed))).toBe(expected);
  });

  it('with no other to compare it with is for a person', () => {
    const world = membersWorld(goodMember(), goodMember(), { applications: { kafka: application() } });
    expect(saysOn(guide, 'CIS-2.7', world)).toBe('manual NothingToCompare');
  });

  it('that also signs for another etcd names it', () => {
    const other = application({
      charm: { name: 'charmed-etcd' },
      workload: { etcdMembers: inside({ 'spare/0': goodMember() }) },
    });
    const world = membersWorld(goodMember(), goodMember(), { applications: { spare: other } });
    expect(findingOn(guide, 'CIS-2.7', world).judgement).toMatchObject({
      reason: 'CaShared',
      message: 'each of etcd/0, etcd/1 trusts a CA that signs for data/spare, too',
    });
  });
});

describe('files', () => {
  const standing = (mode: number, owner = 'etcd', group = 'etcd') =>
    inside({ path: '/x', mode, owner, group });
  test.each<[string, string, EtcdMember, string]>([
    ['CIS-1.1.7', 'readable by all', { configurationFile: standing(0o644) }, 'fail ModeTooWide'],
    ['CIS-1.1.7', 'stricter than asked', { configurationFile: standing(0o400) }, 'pass AsRequired'],
    ['CIS-1.1.7', 'that nobody looked at', { configurationFile: blind('no right') }, 'unknown FileNotSeen'],
    ['CIS-1.1.11', 'open to a group', { dataDirectory: standing(0o750) }, 'fail ModeTooWide'],
    ['CIS-1.1.11', 'with a sticky bit', { dataDirectory: standing(0o1700) }, 'fail ModeTooWide'],
    [
      'CIS-1.1.12',
      'of the snap',
      { dataDirectory: standing(0o700, 'snap_daemon', 'root') },
      'fail OtherOwner',
    ],
  ])('%s %s', (id, _, changed, expected) => {
    expect(says(id, goodMember(changed))).toBe(expected);
  });

  it('CIS-1.1.7 does not apply where no file is read', () => {
    const byFlags = configuration({}, { ruledBy: 'flags and environment' });
    expect(says('CIS-1.1.7', goodMember({ configuration: inside(byFlags) }))).toBe(
      'not-applicable NoConfigurationFile',
    );
  });

  it('CIS-1.1.12 takes the owner that the policy names', () => {
    const world = membersWorld(goodMember({ dataDirectory: standing(0o700, 'snap_daemon', 'root') }));
    const params = { 'CIS-1.1.12': { owner: 'snap_daemon:root' } };
    expect(saysOn(guide, 'CIS-1.1.12', world, { params: params['CIS-1.1.12'] })).toBe('pass AsRequired');
  });
});

describe('several members', () => {
  it('that differ are told apart', () => {
    const world = membersWorld(goodMember(), configured({ 'client-cert-auth': '' }));
    const { judgement } = findingOn(guide, 'CIS-2.2', world);
    expect(judgement).toMatchObject({ outcome: 'inconsistent', reason: 'UnitsDiffer' });
    expect(judgement.message).toMatch(/^etcd\/0 is as wanted, but etcd\/1 does not have client-cert-auth/);
    expect(judgement.evidence.map(({ unit }) => unit)).toEqual(['etcd/0', 'etcd/1']);
  });

  test.each(service)('%s: one that was not looked into is not taken for granted', (id) => {
    const world = membersWorld(goodMember(), goodMember(), {
      etcd: { workload: { etcdMembers: inside({ 'etcd/0': goodMember() }) } },
    });
    expect(saysOn(guide, id, world)).toBe('unknown MemberNotSeen');
  });

  test.each(service)('%s: of none of which anything could be read says which permission it takes', (id) => {
    const world = membersWorld(goodMember(), goodMember(), {
      etcd: { workload: { etcdMembers: blind('off') } },
    });
    expect(saysOn(guide, id, world)).toBe('unknown PermissionMissing');
  });

  test.each(service)('%s: an application without units has none', (id) => {
    const workload = { etcdMembers: inside({}) };
    const world = membersWorld(goodMember(), goodMember(), { etcd: { workload, units: 0 } });
    expect(saysOn(guide, id, world)).toBe('not-applicable NoUnits');
  });
});

describe('an etcd of no charm', () => {
  it('is judged as soon as somebody looked at it, and its operator can put it right', () => {
    const world = membersWorld(configured({ 'key-file': '' }), undefined, {
      etcd: { charm: { name: 'etcd' } },
    });
    const { judgement } = findingOn(guide, 'CIS-2.1', world);
    expect(judgement).toMatchObject({ reason: 'CertificateNotSet', fixableBy: 'operator' });
  });

  test.each([...service, 'CIS-1.1.7', 'CIS-1.1.11', 'CIS-1.1.12'])(
    '%s of the reactive charm does not apply else',
    (id) => {
      const world = membersWorld(goodMember(), undefined, {
        etcd: { charm: { name: 'etcd' }, workload: {} },
      });
      expect(saysOn(guide, id, world)).toBe('not-applicable AnotherFamily');
    },
  );
});
