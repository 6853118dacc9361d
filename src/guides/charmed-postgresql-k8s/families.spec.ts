import { describe, expect, it, test } from '@jest/globals';
import { findingsOn, postgresqlWorld, releases } from '../../../test/support/postgresql.js';
import { verdicts } from '../../../test/support/verdicts.js';
import type { ApplicationSpec } from '../../../test/support/world.js';
import { charmedPostgresqlK8s as guide } from './index.js';

/** The families that bore the names before: other charms, with other endpoints and tracks. */
const older = {
  PG: { charm: { name: 'postgresql', track: 'latest' }, endpoints: ['db', 'db-admin', 'replication'] },
  PGB: { charm: { name: 'pgbouncer', track: 'latest' }, endpoints: ['db', 'db-admin', 'backend-db-admin'] },
} as const satisfies Record<string, ApplicationSpec>;

/** Deployed from a file, on a road that shows no endpoints. */
const hidden = {
  PG: { charm: { name: 'postgresql', origin: 'local' }, endpoints: [] },
  PGB: { charm: { name: 'pgbouncer', origin: 'local' }, endpoints: [] },
} as const satisfies Record<string, ApplicationSpec>;

type Prefix = keyof typeof older;

function says(id: string, db: ApplicationSpec): readonly string[] {
  return verdicts(findingsOn(guide, id, postgresqlWorld('machine14', { db })));
}

function prefixOf(id: string): Prefix {
  return id.startsWith('PGB-') ? 'PGB' : 'PG';
}

describe.each(guide.controls.map(({ id }) => id))('%s', (id) => {
  const own = prefixOf(id);
  const other = own === 'PG' ? 'PGB' : 'PG';

  test.each([
    ['does not apply to the older charm of the name', older[own], ['not-applicable AnotherFamily']],
    ['is unknown where neither track nor endpoints are shown', hidden[own], ['unknown FamilyNotShown']],
    ['says nothing of the other product of the guide', older[other], []],
  ])('%s', (_, db, expected) => {
    expect(says(id, db)).toEqual(expected);
  });
});

it('the older charms are told from the newer ones by track and endpoints, not by name', () => {
  const { charm, endpoints } = releases.machine14;
  expect(says('PG-ENC-01', { charm: { ...charm, track: 'latest' }, endpoints })).toEqual([
    'not-applicable AnotherFamily',
  ]);
  expect(says('PG-ENC-01', { charm, endpoints })).toEqual(['fail ClientTlsDisabled']);
});
