import { describe, expect, it, test } from '@jest/globals';
import { etcdWorld, findingOn } from '../../../test/support/etcd.js';
import { unknownFact } from '../../../test/support/world.js';
import type { Charm } from '../../core/snapshot.js';
import { charmedEtcd } from '../charmed-etcd/index.js';
import { cisEtcd } from '../cis-etcd/index.js';
import { etcdBestPractice } from '../etcd-best-practice/index.js';
import { etcdFamilyOf } from './etcd-family.js';

const both = ['', 'peer-certificates', 'client-certificates', 'etcd-client'];
const older = ['', 'certificates', 'cluster', 'db', 'proxy'];

describe('which family an application is of', () => {
  test.each<[string, string, Partial<Charm>, readonly string[]]>([
    ['Charmed etcd by its endpoints', 'charmed', { track: '3.6' }, both],
    ['a charm from a file by its endpoints', 'charmed', { origin: 'local' }, both],
    ['by its track where endpoints are not shown', 'charmed', { track: '3.5' }, []],
    ['by its track where only the default binding is', 'charmed', { track: '3.6' }, ['']],
    ['not shown without endpoints and track', 'not shown', {}, []],
    ['another with one of the two endpoints', 'another', { track: '3.6' }, ['', 'peer-certificates']],
    ['another of a major version of which nothing is known', 'another', { track: '4.0' }, []],
    ['the reactive charm, whatever its endpoints', 'reactive', { name: 'etcd', track: '3.4' }, both],
    ['the reactive charm without any', 'reactive', { name: 'etcd' }, []],
    ['another charm altogether', 'another', { name: 'etcd-operator' }, both],
  ])('%s', (_, expected, charm, endpoints) => {
    expect(etcdFamilyOf({ name: 'charmed-etcd', subordinateTo: [], ...charm }, endpoints)).toBe(expected);
  });
});

describe('what is no Charmed etcd', () => {
  const controls = [charmedEtcd, etcdBestPractice, cisEtcd].flatMap((guide) =>
    guide.controls.map(({ id }) => [id, guide] as const),
  );
  const charm = { name: 'etcd', track: 'latest', channel: 'latest/stable' };

  test.each(controls)('%s does not apply to the older charm, and says what to do', (id, guide) => {
    const { judgement, remedies } = findingOn(guide, id, etcdWorld({ etcd: { charm, endpoints: older } }));
    expect([judgement.outcome, judgement.reason, remedies]).toEqual(['not-applicable', 'AnotherFamily', []]);
    expect(judgement.message).toMatch(/^etcd runs etcd latest\/stable, the older reactive charm .*move to/);
  });

  test.each([
    ['one without the endpoints does not apply', 'not-applicable AnotherFamily', { track: '3.6' }, older],
    ['one of which nothing is shown stays open', 'unknown FamilyNotShown', { origin: 'local' }, []],
  ] as const)('%s', (_, expected, shown, endpoints) => {
    const world = etcdWorld({
      etcd: { charm: { name: 'charmed-etcd', ...shown }, endpoints: [...endpoints] },
    });
    const { outcome, reason } = findingOn(charmedEtcd, 'ETCD-ENC-01', world).judgement;
    expect(`${outcome} ${reason}`).toBe(expected);
  });

  it('is not what a road shows without endpoints, when the track tells', () => {
    const world = etcdWorld({ etcd: { bindings: unknownFact('bundle'), relations: [] } });
    expect(findingOn(charmedEtcd, 'ETCD-ENC-01', world).judgement.reason).toBe('ClientTlsDisabled');
  });
});
