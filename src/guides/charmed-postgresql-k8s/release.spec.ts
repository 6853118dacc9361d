import { describe, expect, it, test } from '@jest/globals';
import { findingsOn, postgresqlWorld, releases, saysOn } from '../../../test/support/postgresql.js';
import { unknownFact } from '../../../test/support/world.js';
import type { Charm } from '../../core/snapshot.js';
import { charmedPostgresqlK8s as guide } from './index.js';
import { isNamedAlike, releaseOf } from './release.js';

const { k8s14, k8s16, machine14, machine16, pgbouncer } = releases;
const older = ['db', 'db-admin', 'master', 'syslog', 'nrpe-external-master'];

function kindOf(charm: Partial<Charm>, endpoints: readonly string[]): string | undefined {
  const release = releaseOf({ name: 'postgresql-k8s', subordinateTo: [], ...charm }, endpoints);
  return release && `${release.product} ${release.track} on ${release.substrate}`;
}

describe('which release an application is', () => {
  test.each<[string, string | undefined, Partial<Charm>, readonly string[]]>([
    ['track 14 by name, track and endpoints', 'postgresql 14 on kubernetes', k8s14.charm, k8s14.endpoints],
    ['track 16 likewise', 'postgresql 16 on kubernetes', k8s16.charm, k8s16.endpoints],
    ['the machine charm of 14', 'postgresql 14 on machine', machine14.charm, machine14.endpoints],
    ['the machine charm of 16', 'postgresql 16 on machine', machine16.charm, machine16.endpoints],
    ['PgBouncer', 'pgbouncer 1 on kubernetes', pgbouncer.charm, pgbouncer.endpoints],
    ['PgBouncer on machines', 'pgbouncer 1 on machine', { name: 'pgbouncer' }, ['backend-database']],
    [
      'a charm from a file with one TLS endpoint',
      'postgresql 14 on kubernetes',
      { origin: 'local' },
      k8s14.endpoints,
    ],
    ['a charm from a file with two', 'postgresql 16 on kubernetes', { origin: 'local' }, k8s16.endpoints],
    [
      'the endpoints where they and the track differ',
      'postgresql 16 on kubernetes',
      { track: '14' },
      k8s16.endpoints,
    ],
    ['the track where no endpoints are shown', 'postgresql 16 on kubernetes', { track: '16' }, ['']],
    ['none of an older family by its endpoints', undefined, { name: 'postgresql' }, older],
    ['none of an older PgBouncer', undefined, { name: 'pgbouncer' }, ['db', 'backend-db-admin']],
    ['none of a track of which nothing is known', undefined, { track: '18' }, k8s16.endpoints],
    ['none of the track latest', undefined, { track: 'latest' }, k8s14.endpoints],
    ['none of another charm', undefined, { name: 'mysql-k8s', track: '14' }, k8s14.endpoints],
    [
      'none of a name that every object has',
      undefined,
      { name: 'constructor', track: '14' },
      k8s14.endpoints,
    ],
  ])('%s', (_, expected, charm, endpoints) => {
    expect(kindOf(charm, endpoints)).toBe(expected);
  });

  it('the guide is about charms of these four names', () => {
    const named = ['postgresql-k8s', 'postgresql', 'pgbouncer-k8s', 'pgbouncer', 'mysql-k8s', 'toString'];
    expect(named.filter((name) => isNamedAlike({ name, subordinateTo: [] }))).toEqual(named.slice(0, 4));
  });
});

describe('what is not the release', () => {
  const family = (charm: Partial<Charm>, endpoints: readonly string[]) =>
    postgresqlWorld('machine14', { db: { charm: { name: 'postgresql', ...charm }, endpoints } });

  test.each<[string, string, Parameters<typeof family>]>([
    ['an older family is not judged', 'not-applicable AnotherFamily', [{ track: 'latest' }, older]],
    ['nor is one from a file', 'not-applicable AnotherFamily', [{ origin: 'local' }, older]],
    ['without track and endpoints it stays open', 'unknown FamilyNotShown', [{ origin: 'local' }, []]],
  ])('%s', (_, expected, [charm, endpoints]) => {
    for (const { id } of guide.controls.filter(({ id }) => id.startsWith('PG-')))
      expect(saysOn(guide, id, family(charm, endpoints))).toBe(expected);
  });

  it('unread endpoints leave the track', () => {
    const world = postgresqlWorld('k8s16', { db: { bindings: unknownFact('bundle'), relations: [] } });
    expect(saysOn(guide, 'PG-ENC-02', world)).toBe('fail PeerTlsDisabled');
  });

  it('has no remedy', () => {
    const world = family({ track: 'latest' }, older);
    expect(findingsOn(guide, 'PG-ENC-01', world).flatMap(({ remedies }) => remedies)).toEqual([]);
  });

  it('PgBouncer is asked what concerns it, and PostgreSQL what concerns that', () => {
    const ofPgbouncer = guide.controls.filter(
      ({ id }) => findingsOn(guide, id, postgresqlWorld('pgbouncer')).length > 0,
    );
    const ofPostgresql = guide.controls.filter(
      ({ id }) => findingsOn(guide, id, postgresqlWorld('k8s14')).length > 0,
    );
    expect(ofPgbouncer.every(({ id }) => id.startsWith('PGB-'))).toBe(true);
    expect(ofPostgresql.every(({ id }) => id.startsWith('PG-'))).toBe(true);
    expect(ofPgbouncer.length + ofPostgresql.length).toBe(guide.controls.length);
  });
});
