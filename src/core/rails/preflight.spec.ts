import { describe, expect, it, test } from '@jest/globals';
import {
  ago,
  at,
  place,
  proposal,
  restart,
  said,
  scene,
  secure,
  step,
  usual,
  word,
  type SceneSpec,
} from '../../../test/support/rails.js';
import {
  application,
  unit,
  unknownFact,
  type ApplicationSpec,
  type ModelSpec,
} from '../../../test/support/world.js';
import type { ProposedStep } from '../plan.js';
import type { Operation } from '../snapshot.js';
import { instant } from '../time.js';
import { preflight } from './preflight.js';

function verdict(one: ProposedStep, model: ModelSpec = usual, more: Partial<SceneSpec> = {}) {
  return preflight(one, scene({ steps: [one], model, ...more }));
}

/** An application of a charm whose units have these workload statuses. */
function cluster(charm: string, statuses: readonly string[], more: ApplicationSpec = {}): ModelSpec {
  const units = Object.fromEntries(
    statuses.map((text, n) => {
      const [workload = '', workloadMessage = ''] = text.split(': ');
      return [`etcd/${n}`, unit(`etcd/${n}`, { workload, workloadMessage })];
    }),
  );
  return { applications: { etcd: application({ charm: { name: charm }, units, ...more }) } };
}

const [a, b] = ['active', 'blocked'];
const atRisk = 'WaitingDependency QuorumAtRisk';
const twoWell = '- 2 of 3 units of etcd active';

describe('before a restart', () => {
  test.each<[string, ModelSpec, string]>([
    [
      'three members of etcd that are well may lose one',
      cluster('charmed-etcd', [a, a, a]),
      '- 3 of 3 units of etcd active',
    ],
    ['two of three may not', cluster('charmed-etcd', [a, a, b]), atRisk],
    ['four of five may', cluster('charmed-etcd', [a, a, a, a, 'waiting']), '- 4 of 5 units of etcd active'],
    ['three of five may not', cluster('charmed-etcd', [a, a, a, b, 'waiting']), atRisk],
    ['two of three of ZooKeeper may not', cluster('zookeeper-k8s', [a, a, b]), atRisk],
    ['of Kafka all others must be well', cluster('kafka-k8s', [a, a, a, a, b]), atRisk],
    [
      'so must both of two that are controllers, too',
      cluster('kafka', [a, a], { config: { roles: 'broker,controller' } }),
      'WaitingApproval NoSpareUnit',
    ],
    [
      'of two that are brokers only one may restart',
      cluster('kafka', [a, a], { config: { roles: 'broker' } }),
      '- 2 of 2 units of etcd active',
    ],
    ['so must its controllers', cluster('kafka', [a, a, b], { config: { roles: 'controller' } }), atRisk],
    ['PostgreSQL needs one that takes over', cluster('postgresql-k8s', [a, b]), atRisk],
    ['and no more than one', cluster('postgresql-k8s', [a, a, b]), twoWell],
    ['of a product that nobody knows nothing is said', cluster('something', [a, a, b]), twoWell],
    ['nor of two of it', cluster('something', [a, a]), '- 2 of 2 units of etcd active'],
    ['whatever it is called', cluster('constructor', [a, a, b]), twoWell],
    [
      'and whatever its roles are',
      cluster('something', [a, a, b], { config: { roles: 'controller' } }),
      twoWell,
    ],
    [
      'of five controllers of Kafka all others must be well',
      cluster('kafka', [a, a, a, a, b], { config: { roles: 'controller' } }),
      atRisk,
    ],
    [
      'blocks that differ are of members each',
      cluster('kafka-k8s', ['blocked: one', 'blocked: two', 'blocked: three']),
      atRisk,
    ],
    [
      'a block that all share is about the application, and nobody is lost by it',
      cluster('kafka-k8s', [
        'blocked: tls must be enabled on both',
        'blocked: tls must be enabled on both',
        'blocked: tls must be enabled on both',
      ]),
      '- 0 of 3 units of etcd active',
    ],
    [
      'unless it says that members are lost',
      cluster('charmed-etcd', [
        'blocked: Cluster failure - majority of cluster members lost',
        'blocked: Cluster failure - majority of cluster members lost',
        'blocked: Cluster failure - majority of cluster members lost',
      ]),
      atRisk,
    ],
    ['no unit may be in error', cluster('something', [a, a, 'error']), 'WaitingDependency UnitInError'],
    [
      'nor may its agent',
      { applications: { etcd: application({ units: { 'etcd/0': unit('etcd/0', { agent: 'error' }) } }) } },
      'WaitingDependency UnitInError',
    ],
    ['a single unit is a full outage', cluster('charmed-etcd', [a]), 'WaitingApproval SingleUnitOutage'],
    ['of any product', cluster('something', [a]), 'WaitingApproval SingleUnitOutage'],
    [
      'so are two members where one alone has no majority',
      cluster('charmed-etcd', [a, a]),
      'WaitingApproval NoSpareUnit',
    ],
    ['two of PostgreSQL are enough', cluster('postgresql-k8s', [a, a]), '- 2 of 2 units of etcd active'],
  ])('%s', (_name, model, expected) => {
    expect(said(verdict(restart(), model))).toBe(expected);
  });

  it('says what an outage is', () => {
    expect(verdict(restart(), cluster('charmed-etcd', [a])).hold?.message).toBe(
      'etcd has one unit: restarting it is a full outage of etcd',
    );
  });

  it('takes an approval for an outage, and none for a quorum at risk', () => {
    const one = restart();
    const orders = { decisions: [word(proposal([one]).plan)] };
    expect(said(verdict(one, cluster('charmed-etcd', [a]), { orders }))).toBe(
      '- 1 of 1 units of etcd active',
    );
    expect(said(verdict(one, cluster('charmed-etcd', [a, a, b]), { orders }))).toBe(atRisk);
  });

  it('looks at what is restarted, not at the provider that serves on', () => {
    const settled = { type: 'application-settled', application: 'ca' } as const;
    for (const one of [secure(), secure('etcd', { preconditions: [settled] })])
      expect(said(verdict(one))).toBe('- 3 of 3 units of etcd active');
  });

  it('asks nothing of a step that disturbs nobody, and only for errors of one that restarts nothing', () => {
    expect(said(verdict(restart('etcd', { disruptive: false }), cluster('x', ['error'])))).toBe(
      '- nothing is restarted',
    );
    const unexpose = step({ type: 'unexpose', model: place, application: 'etcd' });
    const expose = step({ type: 'expose', model: place, application: 'etcd', cidrs: ['10.0.0.0/8'] });
    for (const one of [unexpose, expose]) {
      expect(said(verdict(one, cluster('x', [a])))).toBe('- 1 of 1 units of etcd active');
      expect(said(verdict(one, cluster('x', ['error'])))).toBe('WaitingDependency UnitInError');
    }
  });

  it('lets go on with a refresh that waits half done, though not all members are well', () => {
    const going = (application: string) =>
      restart('etcd', { preconditions: [{ type: 'refresh-paused', application, unit: 'etcd/0' }] });
    expect(said(verdict(going('etcd'), cluster('charmed-etcd', [a, a, b])))).toBe(twoWell);
    expect(said(verdict(going('kafka'), cluster('charmed-etcd', [a, a, b])))).toBe(atRisk);
  });

  it('has nothing to look at where the application is not in sight', () => {
    expect(said(verdict(restart('gone')))).toBe('- nothing is restarted');
  });
});

describe('certificates that are served', () => {
  const serving = (notAfter: string): ModelSpec =>
    cluster('charmed-etcd', [a, a, a], {
      probes: {
        'etcd/1': {
          2379: { port: 2379, answer: 'tls', certificate: { subject: 's', issuer: 'i', notAfter } },
        },
      },
    });

  it('must not have expired', () => {
    const { hold } = verdict(restart(), serving(ago(1)));
    expect(hold).toMatchObject({ state: 'WaitingDependency', reason: 'CertificateExpired' });
    expect(hold?.message).toBe(
      `etcd/1 serves a certificate on port 2379 that expired at ${ago(1)}: renew it first`,
    );
    expect(said(verdict(restart(), serving(instant(at + 1000))))).toBe('- 3 of 3 units of etcd active');
    expect(said(verdict(restart(), serving(instant(at))))).toBe('WaitingDependency CertificateExpired');
  });

  test.each<[string, ApplicationSpec['probes']]>([
    ['a port shows none', { 'etcd/1': { 2379: { port: 2379, answer: 'plaintext' } } }],
    ['ports were not looked at', unknownFact('not asked')],
  ])('hold nothing back where %s', (_name, probes) => {
    const model = cluster('charmed-etcd', [a, a, a], probes === undefined ? {} : { probes });
    expect(said(verdict(restart(), model))).toBe('- 3 of 3 units of etcd active');
  });

  it('must not have where the step relates it to something else', () => {
    const ends = [
      { application: 'etcd', endpoint: 'logging' },
      { application: 'loki', endpoint: 'logging' },
    ] as const;
    const one = step({ type: 'integrate', model: place, ends });
    expect(said(verdict(one, serving(ago(1))))).toBe('WaitingDependency CertificateExpired');
  });

  it('may have where the step brings in a provider of new ones', () => {
    const ends = [
      { application: 'vault', endpoint: 'vault-pki' },
      { application: 'etcd', endpoint: 'peer' },
    ] as const;
    for (const one of [secure(), step({ type: 'integrate', model: place, ends })])
      expect(said(verdict(one, serving(ago(1))))).toBe('- 3 of 3 units of etcd active');
  });
});

describe('the last backup', () => {
  const one = restart('etcd', { rails: { backupAge: 3600 } });
  const backup = (more: Partial<Operation> = {}): Operation => ({
    id: '1',
    action: 'create-backup',
    units: ['etcd/0'],
    status: 'completed',
    enqueued: ago(32),
    completed: ago(30),
    ...more,
  });
  const notSeen = 'WaitingDependency BackupNotSeen';

  test.each<[string, ModelSpec['operations'], string]>([
    ['is young enough', [backup()], '- 3 of 3 units of etcd active'],
    ['is too old', [backup({ completed: ago(61) })], 'WaitingDependency BackupTooOld'],
    ['is just too old', [backup({ completed: ago(60) })], 'WaitingDependency BackupTooOld'],
    [
      'is the newest of several',
      [backup({ completed: ago(300) }), backup()],
      '- 3 of 3 units of etcd active',
    ],
    ['was not seen', [], notSeen],
    ['failed', [backup({ status: 'failed' })], notSeen],
    ['has no end that can be read', [backup({ completed: '' })], notSeen],
    [
      'is the newest of those whose end can be read',
      [backup({ completed: '' }), backup()],
      '- 3 of 3 units of etcd active',
    ],
    ['was of others, too', [backup({ units: ['kafka/0', 'etcd/0'] })], '- 3 of 3 units of etcd active'],
    ['was of another application', [backup({ units: ['etcd-2/0'] })], notSeen],
    ['was a listing of them', [backup({ action: 'list-backups' })], notSeen],
    ['cannot be known where operations were not read', unknownFact('not read'), notSeen],
  ])('%s', (_name, operations, expected) => {
    const model = { ...cluster('charmed-etcd', [a, a, a]), ...(operations && { operations }) };
    expect(said(verdict(one, model))).toBe(expected);
  });

  it('is not asked for where the policy does not', () => {
    expect(said(verdict(restart(), { ...usual, operations: [] }))).toBe('- 3 of 3 units of etcd active');
  });

  it('says that nothing was read rather than that nothing was seen', () => {
    const message = (operations: ModelSpec['operations']) =>
      verdict(one, { ...cluster('charmed-etcd', [a, a, a]), ...(operations && { operations }) }).hold
        ?.message;
    const wanted = 'a backup of etcd younger than 1h is asked for, and';
    expect(message(unknownFact('not read'))).toBe(`${wanted} what was run in the model was not read`);
    expect(message([])).toBe(`${wanted} none was seen to end well`);
  });

  it('says what is asked for and what there is', () => {
    const model = { ...cluster('charmed-etcd', [a, a, a]), operations: [backup({ completed: ago(150) })] };
    expect(verdict(one, model).hold?.message).toBe(
      'a backup of etcd younger than 1h is asked for, and the last one is 2h old',
    );
  });
});
