import { beforeAll, describe, expect, it, test } from '@jest/globals';
import { capturedEstate } from '../../../test/support/captured-estate.js';
import { knowledge } from '../../../test/support/judge.js';
import { verdicts } from '../../../test/support/verdicts.js';
import { evaluate } from '../../core/evaluate/index.js';
import type { Finding } from '../../core/finding.js';
import { plan } from '../../core/plan.js';
import { observeOnly, type Policy } from '../../core/policy/policy.js';
import { charmedKafkaK8s as guide } from './index.js';

/**
 * The estate of real Juju with stub charms, bare and hardened: Kubernetes charms on machines, deployed from files, so
 * that their endpoints alone tell the track. What a person expects there, where Juju itself shows it; what waits for a
 * look inside the units is unknown.
 */
const policy: Policy = {
  ...observeOnly,
  defaults: { ...observeOnly.defaults, mode: 'propose' },
  rules: [{ match: {}, params: { provider: 'self-signed-certificates' } }],
};

async function findingsIn(state: string): Promise<readonly Finding[]> {
  const snapshot = await capturedEstate(state);
  return evaluate([guide], snapshot, { policy, knowledge }, Date.parse(snapshot.takenAt));
}

function saysOn(findings: readonly Finding[], id: string, name: string): readonly string[] {
  return verdicts(findings.filter(({ control, target }) => control.id === id && target.application === name));
}

const bare: readonly (readonly [id: string, application: string, says: string])[] = [
  ['KAFKA-ENC-01', 'kafka', 'fail ClientTlsDisabled'],
  ['KAFKA-ENC-01', 'kafka4', 'fail PeerCaOfItsOwn'],
  ['KAFKA-ENC-02', 'kafka', 'fail NoTlsRelation'],
  ['KAFKA-ENC-02', 'kafka4', 'fail NoTlsRelation'],
  ['KAFKA-ENC-03', 'kafka', 'not-applicable NoTlsProvider'],
  ['KAFKA-AUTH-02', 'kafka', 'not-applicable MtlsNotUsed'],
  ['KAFKA-AUTH-03', 'kafka', 'not-applicable NoOauth'],
  ['KAFKA-AUD-01', 'kafka', 'fail DenialsNotLogged'],
  ['KAFKA-AUD-01', 'kafka4', 'pass AsRequired'],
  ['KAFKA-MON-01', 'kafka', 'fail NoCollector'],
  ['KAFKA-MON-01', 'kafka4', 'fail NoCollector'],
  ['KAFKA-NET-01', 'kafka', 'not-applicable NoCluster'],
  ['KAFKA-NET-01', 'kafka4', 'pass AsRequired'],
  ['ZK-ENC-01', 'zookeeper', 'fail ZooKeeperTlsDisabled'],
  ['ZK-ENC-02', 'zookeeper', 'fail PlainPortStaysOpen'],
  ['ZK-MON-01', 'zookeeper', 'fail NoCollector'],
  ['ZK-BKP-01', 'zookeeper', 'fail NoBackupStore'],
];

const hardened: typeof bare = [
  ['KAFKA-ENC-01', 'kafka', 'pass AsRequired'],
  ['KAFKA-ENC-01', 'kafka4', 'pass AsRequired'],
  ['KAFKA-ENC-02', 'kafka', 'unknown NotObserved'],
  ['KAFKA-ENC-02', 'kafka4', 'unknown NotObserved'],
  ['KAFKA-ENC-03', 'kafka', 'fail SelfSignedProvider'],
  ['KAFKA-ENC-03', 'zookeeper', 'fail SelfSignedProvider'],
  ['KAFKA-AUTH-03', 'kafka', 'not-applicable NoOauth'],
  ['KAFKA-AUD-01', 'kafka', 'pass AsRequired'],
  ['KAFKA-AUD-01', 'kafka4', 'pass AsRequired'],
  ['KAFKA-MON-01', 'kafka', 'pass AsRequired'],
  ['KAFKA-MON-01', 'kafka4', 'fail NoCollector'],
  ['KAFKA-MON-02', 'kafka', 'pass AsRequired'],
  ['KAFKA-NET-01', 'kafka4', 'pass AsRequired'],
  ['ZK-ENC-01', 'zookeeper', 'pass AsRequired'],
  ['ZK-ENC-02', 'zookeeper', 'fail PlainPortStaysOpen'],
  ['ZK-MON-01', 'zookeeper', 'pass AsRequired'],
  ['ZK-BKP-01', 'zookeeper', 'pass AsRequired'],
];

describe.each([
  ['1-bare', bare],
  ['3-hardened', hardened],
] as const)('the captured estate %s', (state, table) => {
  let findings: readonly Finding[] = [];
  beforeAll(async () => {
    findings = await findingsIn(state);
  });

  test.each(table)('%s on %s: %s', (id, name, says) => {
    expect(saysOn(findings, id, name)).toEqual([says]);
  });

  it('gives every control an explained reason', () => {
    const common = ['AsRequired', 'NotObserved', 'PermissionMissing'];
    const strange = findings.filter(
      ({ control, judgement: { reason } }) =>
        !common.includes(reason) && !Object.hasOwn(control.reasons, reason),
    );
    expect(strange).toEqual([]);
  });
});

describe('the plan for the bare estate', () => {
  it('brings ZooKeeper first, Kafka right after it, and the options in the spelling of the track', async () => {
    const proposals = plan(await findingsIn('1-bare'), Date.parse('2026-11-22T03:30:00Z'));
    const lines = proposals.flatMap((proposal) =>
      proposal.plan.actions.map(({ argv }) => argv.slice(1).join(' ').replace('-m prod:admin/data ', '')),
    );
    const ca = 'integrate self-signed-certificates:certificates';
    expect(lines.slice(0, 5)).toEqual([
      `${ca} zookeeper:certificates`,
      `${ca} kafka:certificates`,
      `${ca} kafka4:peer-certificates`,
      `${ca} kafka4:certificates`,
      'config kafka log_level=INFO',
    ]);
    expect(lines.filter((line) => line.includes('kafka4') && line.startsWith('config'))).toEqual([]);
  });
});
