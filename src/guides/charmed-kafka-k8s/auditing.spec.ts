import { describe, expect, it, test } from '@jest/globals';
import { linesOf, undoLinesOf } from '../../../test/support/etcd.js';
import { findingOf, saysOf, type KafkaWorld, type ProductName } from '../../../test/support/kafka.js';
import { application, relate, unknownFact } from '../../../test/support/world.js';
import type { Dict } from '../../core/dict.js';
import { charmedKafkaK8s as guide } from './index.js';

describe('KAFKA-AUD-01: denied accesses', () => {
  test.each<[string, string, ProductName, KafkaWorld]>([
    ['the default of Kafka 3 passes', 'pass AsRequired', 'k8s3', {}],
    ['the default of Kafka 4 passes', 'pass AsRequired', 'k8s4', {}],
    ['DEBUG passes', 'pass AsRequired', 'machine3', { options: { log_level: 'DEBUG' } }],
    ['WARNING fails', 'fail DenialsNotLogged', 'machine3', { options: { log_level: 'WARNING' } }],
    ['ERROR fails', 'fail DenialsNotLogged', 'machine4', { options: { 'log-level': 'ERROR' } }],
    [
      "another track's spelling means nothing",
      'pass AsRequired',
      'k8s4',
      { options: { log_level: 'ERROR' } },
    ],
    ['an option that is not shown is unknown', 'unknown OptionNotShown', 'k8s3', { it: { config: {} } }],
    [
      'unread options are unknown',
      'unknown PermissionMissing',
      'k8s3',
      { it: { config: unknownFact('hidden', 'read on the model') } },
    ],
  ])('%s', (_, expected, product, spec) => {
    expect(saysOf(guide, 'KAFKA-AUD-01', product, spec)).toBe(expected);
  });

  test.each<[ProductName, string]>([
    ['k8s3', 'log_level'],
    ['machine3', 'log_level'],
    ['k8s4', 'log-level'],
    ['machine4', 'log-level'],
  ])('%s is set back to INFO by %s', (product, option) => {
    const finding = findingOf(guide, 'KAFKA-AUD-01', product, {
      options: { [option]: 'ERROR' },
      applications: { shop: application({}) },
      relations: [relate('kafka:kafka-client', 'shop:kafka', 'kafka_client')],
    });
    expect(linesOf(finding)).toEqual([`juju config -m prod:admin/data kafka ${option}=INFO`]);
    expect(undoLinesOf(finding)).toEqual([`juju config -m prod:admin/data kafka ${option}=ERROR`]);
    expect(finding.remedies[0]).toMatchObject({ disruptive: true, cutsOff: ['shop'] });
  });
});

describe('KAFKA-AUD-02: granted accesses', () => {
  const says = (product: ProductName, options: Dict<unknown>, params: Dict<unknown>) =>
    saysOf(guide, 'KAFKA-AUD-02', product, { options, judging: { params } });
  const all = { grantedAccesses: 'all-logs' };
  const own = { grantedAccesses: 'authorizer-log' };

  test.each<[string, string, ProductName, Dict<unknown>, Dict<unknown>]>([
    ['are not asked for by default', 'not-applicable NotAskedFor', 'k8s3', {}, {}],
    ['fail at INFO where all logs shall have them', 'fail GrantsNotLogged', 'k8s3', {}, all],
    ['pass at DEBUG', 'pass AsRequired', 'k8s4', { 'log-level': 'DEBUG' }, all],
    ["may be in the authorizer's own log", 'unknown WorkloadEvidenceOff', 'k8s3', {}, own],
    ['are there anyway at DEBUG', 'pass AsRequired', 'k8s3', { log_level: 'DEBUG' }, own],
  ])('%s', (_, expected, ...asked) => {
    expect(says(...asked)).toBe(expected);
  });

  it('sets DEBUG only where all logs shall have them', () => {
    const lines = (params: Dict<unknown>) =>
      linesOf(findingOf(guide, 'KAFKA-AUD-02', 'k8s4', { judging: { params } }));
    expect(lines(all)).toEqual(['juju config -m prod:admin/data kafka log-level=DEBUG']);
    expect(lines(own)).toEqual([]);
  });
});
