import { describe, expect, test } from '@jest/globals';
import { allAnswer, etcdWorld, probes, saysOn, type EtcdWorld } from '../../../test/support/etcd.js';
import { relate, unknownFact } from '../../../test/support/world.js';
import { etcdBestPractice } from './index.js';

const says = (id: string, world: EtcdWorld) => saysOn(etcdBestPractice, id, etcdWorld(world));

const related = [relate('etcd:client-certificates', 'ca:certificates', 'tls-certificates')];

describe('EBP-AUTHN-01: certificates rather than passwords', () => {
  test.each<[string, string, EtcdWorld]>([
    [
      'callers turned away without one pass',
      'pass AsRequired',
      { etcd: { probes: allAnswer('tls-client-certificate') } },
    ],
    [
      'TLS that serves anyone fails',
      'fail ClientCertificateNotDemanded',
      { etcd: { probes: allAnswer('tls') } },
    ],
    [
      'without probes a missing relation fails',
      'fail NoTlsRelation',
      { etcd: { probes: unknownFact('file') } },
    ],
    [
      'one unit that serves anyone is inconsistent',
      'inconsistent UnitsDiffer',
      { etcd: { probes: probes({ 'etcd/0': ['tls-client-certificate'], 'etcd/1': ['tls'] }) } },
    ],
    [
      'out of reach is unknown, whatever is related',
      'unknown NotReachedFromHere',
      { etcd: { probes: allAnswer('unreachable') }, relations: related },
    ],
    ['without units there is nothing to ask', 'not-applicable NoUnits', { etcd: { units: 0 } }],
  ])('%s', (_, expected, world) => {
    expect(says('EBP-AUTHN-01', world)).toBe(expected);
  });
});

describe('EBP-AUTHN-02: passwords over TLS only', () => {
  test.each<[string, string, EtcdWorld]>([
    [
      'TLS will do, with or without a certificate of the client',
      'pass AsRequired',
      { etcd: { probes: probes({ 'etcd/0': ['tls'], 'etcd/1': ['tls-client-certificate'] }) } },
    ],
    ['plain text fails', 'fail PasswordsTravelInClear', { etcd: { probes: allAnswer('plaintext') } }],
    [
      'one unit in clear is inconsistent',
      'inconsistent UnitsDiffer',
      { etcd: { probes: probes({ 'etcd/0': ['tls'], 'etcd/1': ['plaintext'] }) } },
    ],
    [
      'out of reach is unknown',
      'unknown NotReachedFromHere',
      { etcd: { probes: allAnswer('unreachable') }, relations: related },
    ],
    [
      'not probed is unknown',
      'unknown NotObserved',
      { etcd: { probes: unknownFact('file') }, relations: related },
    ],
    ['without units nothing travels', 'not-applicable NoUnits', { etcd: { units: 0 } }],
    [
      'without a TLS provider they travel in clear',
      'fail PasswordsTravelInClear',
      { etcd: { probes: unknownFact('file') } },
    ],
  ])('%s', (_, expected, world) => {
    expect(says('EBP-AUTHN-02', world)).toBe(expected);
  });
});

describe('EBP-AUTHN-03: strong passwords', () => {
  const set = (option: unknown): EtcdWorld => ({ etcd: { config: { 'system-users': option } } });
  test.each<[string, string, EtcdWorld]>([
    ['made by the charm they pass', 'pass AsRequired', {}],
    ['an option that is not set leaves it to the charm', 'pass AsRequired', set({ source: 'default' })],
    ['given by an operator somebody has to vouch for them', 'manual PasswordSetByOperator', set('secret:d1')],
    [
      'the same when the value was not kept',
      'manual PasswordSetByOperator',
      set({ source: 'user', redacted: true }),
    ],
    [
      'a default that was not kept is unknown',
      'unknown OptionNotShown',
      set({ source: 'default', redacted: true }),
    ],
    [
      'options that were not read are unknown',
      'unknown NotObserved',
      { etcd: { config: unknownFact('file') } },
    ],
  ])('%s', (_, expected, world) => {
    expect(says('EBP-AUTHN-03', world)).toBe(expected);
  });
});
