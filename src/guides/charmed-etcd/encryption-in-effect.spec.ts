import { describe, expect, it, test } from '@jest/globals';
import {
  allAnswer,
  etcdWorld,
  findingOn,
  probes,
  saysOn,
  type EtcdWorld,
} from '../../../test/support/etcd.js';
import { application, relate, unknownFact, type ApplicationSpec } from '../../../test/support/world.js';
import type { Relation } from '../../core/snapshot.js';
import { charmedEtcd } from './index.js';

const bothRelated: readonly Relation[] = [
  relate('etcd:peer-certificates', 'ca:certificates', 'tls-certificates'),
  relate('etcd:client-certificates', 'ca:certificates', 'tls-certificates'),
];
const ca = (charm: string, spec: ApplicationSpec = {}) => ({
  ca: application({ charm: { name: charm }, ...spec }),
});
const mutual = 'tls-client-certificate';

describe('ETCD-ENC-03: encryption is really on', () => {
  const probed = (answers: ApplicationSpec['probes'], relations = bothRelated): EtcdWorld => ({
    applications: ca('self-signed-certificates'),
    relations,
    ...(answers === undefined ? {} : { etcd: { probes: answers } }),
  });
  test.each<[string, string, EtcdWorld]>([
    ['all ports demanding certificates pass', 'pass AsRequired', probed(allAnswer(mutual))],
    ['plain text fails whatever the relations say', 'fail TlsNotInEffect', probed(allAnswer('plaintext'))],
    [
      'a peer port in clear fails',
      'fail TlsNotInEffect',
      probed(probes({ 'etcd/0': [mutual, 'plaintext'], 'etcd/1': [mutual, 'plaintext'] })),
    ],
    ['TLS that asks for no certificate fails', 'fail ClientCertificateNotDemanded', probed(allAnswer('tls'))],
    [
      'units that differ are inconsistent',
      'inconsistent UnitsDiffer',
      probed(probes({ 'etcd/0': [mutual, mutual], 'etcd/1': ['plaintext', mutual] })),
    ],
    ['a time-out is our vantage, no evidence', 'unknown NotReachedFromHere', probed(allAnswer('timeout'))],
    ['so is an unreachable unit', 'unknown NotReachedFromHere', probed(allAnswer('unreachable'))],
    [
      'one unit out of reach leaves it open',
      'unknown NotReachedFromHere',
      probed(probes({ 'etcd/0': [mutual, mutual], 'etcd/1': ['timeout', mutual] })),
    ],
    [
      'a violation counts beside a unit out of reach',
      'fail TlsNotInEffect',
      probed(probes({ 'etcd/0': ['plaintext', mutual], 'etcd/1': ['timeout', 'timeout'] })),
    ],
    ['a closed port shows no encryption', 'unknown PortClosed', probed(allAnswer('refused'))],
    [
      'an answer of another kind shows none',
      'unknown AnswerNotUnderstood',
      probed(allAnswer('unrecognised')),
    ],
    [
      'a unit not probed yet leaves it open',
      'unknown NotProbedYet',
      probed(probes({ 'etcd/0': [mutual, mutual] })),
    ],
    [
      'without probes the relations alone prove nothing',
      'unknown NotObserved',
      probed(unknownFact('a status file')),
    ],
    [
      'without probes a missing relation is proof enough',
      'fail NoTlsRelation',
      probed(unknownFact('a status file'), []),
    ],
    [
      'a side without a relation fails where the ports are out of reach',
      'fail NoTlsRelation',
      probed(allAnswer('timeout'), bothRelated.slice(1)),
    ],
    ['what the ports show beats what the relations show', 'pass AsRequired', probed(allAnswer(mutual), [])],
    ['without units there is nothing to judge', 'not-applicable NoUnits', { etcd: { units: 0 } }],
  ])('%s', (_, expected, world) => {
    expect(saysOn(charmedEtcd, 'ETCD-ENC-03', etcdWorld(world))).toBe(expected);
  });

  it('shows what each unit answered', () => {
    const world = etcdWorld(
      probed(
        probes({
          'etcd/0': [{ answer: mutual, protocol: 'TLSv1.3' }, mutual],
          'etcd/1': ['plaintext', mutual],
        }),
      ),
    );
    const { judgement } = findingOn(charmedEtcd, 'ETCD-ENC-03', world);
    expect(judgement.message).toBe('etcd/0 is as wanted, but etcd/1: port 2379 answers in plain text');
    expect(judgement.evidence.map(({ unit, seen }) => `${unit ?? ''} ${seen}`)).toEqual([
      'etcd/0 port 2379: tls-client-certificate (TLSv1.3)',
      'etcd/0 port 2380: tls-client-certificate',
      'etcd/1 port 2379: plaintext',
      'etcd/1 port 2380: tls-client-certificate',
    ]);
  });
});

it('ETCD-ENC-06 is unknown until units may be looked into', () => {
  expect(saysOn(charmedEtcd, 'ETCD-ENC-06', etcdWorld())).toBe('unknown WorkloadEvidenceOff');
});
