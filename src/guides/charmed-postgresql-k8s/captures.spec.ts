import { beforeAll, describe, expect, it, test } from '@jest/globals';
import { capturedEstate } from '../../../test/support/captured-estate.js';
import { knowledge } from '../../../test/support/judge.js';
import { verdicts } from '../../../test/support/verdicts.js';
import { evaluate } from '../../core/evaluate/index.js';
import type { Finding } from '../../core/finding.js';
import { observeOnly } from '../../core/policy/policy.js';
import { charmedPostgresqlK8s as guide } from './index.js';

/**
 * The estate of real Juju with stub charms, bare and hardened: Kubernetes charms on machines, deployed from files, so
 * that their endpoints alone tell the track. What a person expects there, where Juju itself shows it.
 */
const applications = ['pg14', 'pg16', 'postgresql', 'pgbouncer'];

async function findingsIn(state: string): Promise<readonly Finding[]> {
  const snapshot = await capturedEstate(state);
  return evaluate([guide], snapshot, { policy: observeOnly, knowledge }, Date.parse(snapshot.takenAt));
}

function saysOf(findings: readonly Finding[], id: string): Readonly<Record<string, string | undefined>> {
  const says = applications.flatMap((name) => {
    const found = findings.filter(({ control, target }) => control.id === id && target.application === name);
    return verdicts(found).map((verdict) => [name, verdict] as const);
  });
  return Object.fromEntries(says);
}

type Table = readonly (readonly [id: string, pg14: string, pg16: string, postgresql: string])[];

describe.each<[string, Table, Readonly<Record<string, string>>]>([
  [
    '1-bare',
    [
      ['PG-IMG-02', 'pass AsRequired', 'pass AsRequired', 'pass AsRequired'],
      ['PG-ENC-01', 'fail ClientTlsDisabled', 'fail ClientTlsDisabled', 'fail ClientTlsDisabled'],
      ['PG-ENC-02', 'fail PeerTlsDisabled', 'fail PeerTlsDisabled', 'fail PeerTlsDisabled'],
      ['PG-ENC-03', 'fail NoTlsRelation', 'fail NoTlsRelation', 'fail NoTlsRelation'],
      ['PG-AUTH-01', 'pass AsRequired', 'fail WeakPasswordEncryption', 'pass AsRequired'],
      ['PG-MON-01', 'fail NoCollector', 'fail NoCollector', 'fail NoCollector'],
      ['PG-MON-03', 'pass AsRequired', 'pass AsRequired', 'pass AsRequired'],
      ['PG-BKP-01', 'fail NoBackupStore', 'fail NoBackupStore', 'fail NoBackupStore'],
    ],
    {
      'PGB-IMG-02': 'pass AsRequired',
      'PGB-ENC-01': 'fail ClientTlsDisabled',
      'PGB-ENC-02': 'fail NoTlsRelation',
      'PGB-MON-01': 'fail NoCollector',
      'PGB-NET-01': 'pass AsRequired',
    },
  ],
  [
    '3-hardened',
    [
      ['PG-IMG-02', 'pass AsRequired', 'pass AsRequired', 'pass AsRequired'],
      ['PG-ENC-01', 'pass AsRequired', 'pass AsRequired', 'pass AsRequired'],
      ['PG-ENC-02', 'pass AsRequired', 'pass AsRequired', 'pass AsRequired'],
      ['PG-ENC-03', 'unknown NotObserved', 'unknown NotObserved', 'unknown NotObserved'],
      ['PG-ENC-04', 'pass AsRequired', 'pass AsRequired', 'pass AsRequired'],
      ['PG-ENC-05', 'fail SelfSignedProvider', 'fail SelfSignedProvider', 'fail SelfSignedProvider'],
      ['PG-AUTH-01', 'pass AsRequired', 'pass AsRequired', 'pass AsRequired'],
      ['PG-MON-01', 'fail NoCollector', 'fail NoCollector', 'pass AsRequired'],
      ['PG-MON-02', 'not-applicable NoCos', 'not-applicable NoCos', 'pass AsRequired'],
      ['PG-MON-03', 'pass AsRequired', 'pass AsRequired', 'pass AsRequired'],
      [
        'PG-BKP-01',
        'unknown BackupAgeNotObserved',
        'unknown BackupAgeNotObserved',
        'unknown BackupAgeNotObserved',
      ],
    ],
    {
      'PGB-IMG-02': 'pass AsRequired',
      'PGB-ENC-01': 'pass AsRequired',
      'PGB-ENC-02': 'unknown NotObserved',
      'PGB-MON-01': 'fail NoCollector',
      'PGB-NET-01': 'pass AsRequired',
    },
  ],
])('the captured estate %s', (state, ofPostgresql, ofPgbouncer) => {
  let findings: readonly Finding[] = [];
  beforeAll(async () => {
    findings = await findingsIn(state);
  });

  test.each(ofPostgresql)('%s', (id, pg14, pg16, postgresql) => {
    expect(saysOf(findings, id)).toEqual({ pg14, pg16, postgresql });
  });

  test.each(Object.entries(ofPgbouncer))('%s', (id, pgbouncer) => {
    expect(saysOf(findings, id)).toEqual({ pgbouncer });
  });

  it('judges the four applications, and no other', () => {
    expect(new Set(findings.map(({ target }) => target.application))).toEqual(new Set(applications));
  });
});
