import { describe, expect, it, test } from '@jest/globals';
import { effectOn } from '../../../test/support/effect.js';
import { controlOf, type Answer } from '../../../test/support/etcd.js';
import {
  findingOn,
  postgresqlWorld,
  releases,
  saysOn,
  type ReleaseName,
} from '../../../test/support/postgresql.js';
import { relate } from '../../../test/support/world.js';
import { probePorts } from '../../core/control.js';
import type { Snapshot } from '../../core/snapshot.js';
import { charmedPostgresqlK8s as guide } from './index.js';

interface Met {
  readonly answer: Answer;
  readonly protocol?: string;
  readonly issuer?: string;
}

const tls: Met = { answer: 'tls', protocol: 'TLSv1.3 TLS_AES_256_GCM_SHA384' };
const offered: Met = { ...tls, answer: 'plaintext' };
const plain: Met = { answer: 'plaintext' };
const ownCa = { ...tls, issuer: 'CN=db-11111111-2222-4333-8444-555555555555' };

/** Both units answer at `port`, with every TLS endpoint related. */
function answered(release: ReleaseName, port: number, ...answers: readonly Met[]): Snapshot {
  const probes = answers.map(({ issuer, ...met }, n) => {
    const certificate = { subject: 'CN=db', issuer: issuer ?? 'CN=vault', notAfter: '2027-01-01T00:00:00Z' };
    return [`db/${n}`, { [port]: { port, ...met, ...(met.protocol && { certificate }) } }] as const;
  });
  const relations = ['certificates', 'client-certificates', 'peer-certificates'].map((endpoint) =>
    relate(`db:${endpoint}`, 'ca:certificates', 'tls-certificates'),
  );
  return postgresqlWorld(release, { relations, db: { probes: Object.fromEntries(probes) } });
}

describe('the answers of ports', () => {
  test.each<[string, string, ReleaseName, number, readonly Met[], string]>([
    ['TLS only passes', 'PG-ENC-03', 'k8s14', 5432, [tls, tls], 'pass AsRequired'],
    [
      'TLS with certificates passes',
      'PG-ENC-03',
      'k8s16',
      5432,
      [{ ...tls, answer: 'tls-client-certificate' }, tls],
      'pass AsRequired',
    ],
    ['plain text fails', 'PG-ENC-03', 'machine14', 5432, [plain, plain], 'fail TlsNotInEffect'],
    ['plain text beside TLS fails', 'PG-ENC-03', 'k8s16', 5432, [offered, offered], 'fail TlsNotDemanded'],
    ['one unit left behind is told', 'PG-ENC-03', 'k8s14', 5432, [tls, plain], 'inconsistent UnitsDiffer'],
    [
      'no answer is our vantage',
      'PG-ENC-03',
      'k8s14',
      5432,
      [tls, { answer: 'timeout' }],
      'unknown NotReachedFromHere',
    ],
    [
      'a closed port says nothing',
      'PG-ENC-03',
      'k8s14',
      5432,
      [tls, { answer: 'refused' }],
      'unknown PortClosed',
    ],
    [
      'rules that turn strangers away say nothing',
      'PG-ENC-03',
      'k8s16',
      5432,
      [{ ...tls, answer: 'unrecognised' }, tls],
      'unknown AnswerNotUnderstood',
    ],
    ['a unit that was not asked says nothing', 'PG-ENC-03', 'k8s16', 5432, [tls], 'unknown NotProbedYet'],
    ['PgBouncer that demands TLS passes', 'PGB-ENC-02', 'pgbouncer', 6432, [tls, tls], 'pass AsRequired'],
    [
      'PgBouncer that prefers TLS fails',
      'PGB-ENC-02',
      'pgbouncer',
      6432,
      [offered, offered],
      'fail TlsNotDemanded',
    ],
    [
      'PgBouncer without TLS fails',
      'PGB-ENC-02',
      'machinePgbouncer',
      6432,
      [plain, plain],
      'fail TlsNotInEffect',
    ],
    [
      'PgBouncer out of reach is our vantage',
      'PGB-ENC-02',
      'pgbouncer',
      6432,
      [{ answer: 'unreachable' }, tls],
      'unknown NotReachedFromHere',
    ],
    ['https of Patroni passes', 'PG-ENC-06', 'k8s16', 8008, [ownCa, tls], 'pass AsRequired'],
    ['http of Patroni fails', 'PG-ENC-06', 'k8s14', 8008, [plain, plain], 'fail TlsNotInEffect'],
    [
      'Patroni out of reach is our vantage',
      'PG-ENC-06',
      'k8s14',
      8008,
      [{ answer: 'timeout' }, tls],
      'unknown NotReachedFromHere',
    ],
  ])('%s', (...[, id, release, port, answers, expected]) => {
    expect(saysOn(guide, id, answered(release, port, ...answers))).toBe(expected);
  });

  it('a mode that the charm makes impossible is its own to mend, a TLS that is missing the operator’s', () => {
    const mender = (met: Met) => {
      const { control, judgement } = findingOn(guide, 'PGB-ENC-02', answered('pgbouncer', 6432, met, met));
      return [judgement.fixableBy ?? control.fixableBy, judgement.upstream !== undefined];
    };
    expect([mender(offered), mender(plain)]).toEqual([
      ['charm', true],
      ['operator', false],
    ]);
  });
});

describe('the effect of the remedies', () => {
  test.each<[string, string, ReleaseName, number, readonly Met[], string]>([
    ['sessions without TLS are refused', 'PG-ENC-01', 'k8s14', 5432, [tls, tls], 'pass AsRequired'],
    ['they are still let in', 'PG-ENC-01', 'k8s16', 5432, [offered, offered], 'fail TlsNotDemanded'],
    ['nobody was asked', 'PG-ENC-01', 'k8s16', 5432, [], 'unknown NotProbedYet'],
    ['Patroni of 14 speaks https', 'PG-ENC-02', 'k8s14', 8008, [tls, tls], 'pass AsRequired'],
    ['Patroni of 14 speaks http', 'PG-ENC-02', 'machine14', 8008, [plain, plain], 'fail TlsNotInEffect'],
    [
      'Patroni of 16 shows a certificate of the provider',
      'PG-ENC-02',
      'k8s16',
      8008,
      [tls, tls],
      'pass AsRequired',
    ],
    ['it still shows its own', 'PG-ENC-02', 'k8s16', 8008, [ownCa, ownCa], 'fail OwnCaInUse'],
    ['PgBouncer offers TLS', 'PGB-ENC-01', 'pgbouncer', 6432, [offered, offered], 'pass AsRequired'],
    ['PgBouncer offers none', 'PGB-ENC-01', 'pgbouncer', 6432, [plain, plain], 'fail TlsNotInEffect'],
  ])('%s', (...[, id, release, port, answers, expected]) => {
    const control = controlOf(guide, id);
    const { outcome, reason } = effectOn(control, answered(release, port, ...answers), 'data', 'db');
    expect(`${outcome} ${reason}`).toBe(expected);
    expect([...Object.keys(control.reasons), 'AsRequired']).toContain(reason);
  });
});

describe('the ports that are asked', () => {
  test.each<[ReleaseName, readonly string[]]>([
    ['k8s14', ['5432 postgresql', '8008 patroni']],
    ['machine16', ['5432 postgresql', '8008 patroni']],
    ['pgbouncer', ['6432 postgresql']],
  ])('%s', (release, expected) => {
    const { charm, endpoints } = releases[release];
    const ports = probePorts(guide, { subordinateTo: [], ...charm }, endpoints);
    expect(ports.map(({ port, protocol }) => `${port} ${protocol}`)).toEqual(expected);
  });

  it('are none of other charms', () => {
    expect(probePorts(guide, { name: 'mysql', subordinateTo: [] }, [])).toEqual([]);
  });
});
