/**
 * Statuses and bundles of other projects, read where they lie: they may not be copied into this one. What the audit
 * says of them is held against what a person says who read them. Without them nothing is read, and that is said.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it, test } from '@jest/globals';
import { parse } from 'yaml';
import type { Report, ReportFinding } from '../../src/core/report/types.js';
import { guides } from '../../src/guides/index.js';
import { roads } from '../../src/main/roads.js';
import { runCli } from '../support/cli.js';

const folder = fileURLToPath(new URL('../../../shared/captures/', import.meta.url));
const files = existsSync(folder) ? filesIn('').concat(filesIn('tabular/')) : [];
const printed: string[] = [];

function filesIn(sub: string): readonly string[] {
  const names = existsSync(folder + sub) ? readdirSync(folder + sub) : [];
  return names.filter((name) => /\.(?:json|yaml|txt)$/.test(name)).map((name) => sub + name);
}

afterAll(() => {
  process.stdout.write(`\n${[...printed, `captures read: ${files.length}`].join('\n')}\n`);
});

interface Raw {
  readonly model?: { readonly name: string; readonly version?: string };
  readonly name?: string;
  readonly applications: Readonly<Record<string, RawApplication>>;
}

interface RawApplication {
  readonly charm?: string;
  readonly 'charm-name'?: string;
  readonly 'charm-origin'?: string;
  readonly 'charm-channel'?: string;
  readonly channel?: string;
  readonly 'status-error'?: string;
}

/** What a person says of one capture besides the rules that hold for all charms, without those of `generalFails`. */
interface Signed {
  readonly fails: readonly string[];
  readonly passes: readonly string[];
  readonly exit: 0 | 2;
}

const kafkaAndZooKeeper: Signed = {
  exit: 2,
  fails: [
    'KAFKA-AUD-03 kafka NoCollector',
    'KAFKA-ENC-01 kafka ClientTlsDisabled',
    'KAFKA-ENC-02 kafka NoTlsRelation',
    'KAFKA-MON-01 kafka NoCollector',
    'KAFKA-OS-01 kafka NotRelated',
    'KAFKA-OS-01 zookeeper NotRelated',
    'KAFKA-OS-02 kafka NotRelated',
    'KAFKA-OS-02 zookeeper NotRelated',
    'ZK-BKP-01 zookeeper NoBackupStore',
    'ZK-ENC-01 zookeeper ZooKeeperTlsDisabled',
    'ZK-ENC-02 zookeeper PlainPortStaysOpen',
    'ZK-MON-01 zookeeper NoCollector',
  ],
  passes: [],
};

const postgresqlBundle: Signed = {
  exit: 2,
  fails: [
    'JUJU-APP-04 s3-integrator TrackUnmaintained',
    'PG-ENC-05 postgresql SelfSignedProvider',
    'PG-MON-01 postgresql SignalsNotShipped',
    'PG-MON-04 postgresql SignalsNotShipped',
    'PGB-ENC-01 pgbouncer-test-app ClientTlsDisabled',
    'PGB-ENC-02 pgbouncer-test-app NoTlsRelation',
    'PGB-MON-01 pgbouncer-data-integrator SignalsNotShipped',
    'PGB-MON-01 pgbouncer-test-app SignalsNotShipped',
  ],
  passes: [
    'PG-ENC-01 postgresql AsRequired',
    'PG-ENC-02 postgresql AsRequired',
    'PG-IMG-02 postgresql AsRequired',
    'PGB-ENC-01 pgbouncer-data-integrator AsRequired',
  ],
};

const noProduct = (exit: Signed['exit']): Signed => ({ exit, fails: [], passes: [] });

/** By the number that a capture's name begins with. */
const signed: Readonly<Record<string, Signed>> = {
  '01': kafkaAndZooKeeper,
  '05': noProduct(2),
  '06': sunbeam(),
  '08': noProduct(2),
  '09': noProduct(2),
  '11': noProduct(2),
  '12': noProduct(2),
  '13': noProduct(2),
  '20': postgresqlBundle,
};

/** Sunbeam's: one MySQL and a Router for each service of OpenStack, with neither provider nor store nor collector. */
function sunbeam(): Signed {
  const services = ['barbican', 'cinder', 'cinder-ceph', 'glance', 'horizon', 'keystone', 'neutron'];
  const routers = [...services, 'nova', 'nova-api', 'nova-cell', 'placement'].map(
    (service) => `${service}-mysql-router`,
  );
  return {
    exit: 2,
    fails: [
      'MYSQL-BKP-01 mysql NoBackupStore',
      'MYSQL-ENC-01 mysql ClientTlsNotDemanded',
      ...routers.map((router) => `MYR-ENC-01 ${router} ClientTlsNotDemanded`),
      ...['mysql', ...routers].map((name) => `MYSQL-MON-01 ${name} NoCollector`),
    ],
    passes: [
      'MYSQL-AUTH-02 mysql AsRequired',
      ...['mysql', ...routers].map((name) => `MYSQL-IMG-02 ${name} AsRequired`),
    ],
  };
}

/** Rules that a person applies to any charm without knowing the product: by the capture's own words. */
function generalFails(raw: Raw): readonly string[] {
  const behind = isBelow(raw.model?.version) ? ['JUJU-CTRL-04  AgentsBelowFloor'] : [];
  const unstable = applicationsOf(raw).filter(
    ([, app]) => channelOf(app) !== undefined && !isStable(app) && !isLocal(app),
  );
  const retired = applicationsOf(raw).filter(([, app]) => charmOf(app) === 'tls-certificates-operator');
  return [
    ...behind,
    ...unstable.map(([name]) => `JUJU-APP-03 ${name} ChannelNotStable`),
    ...retired.map(([name]) => `JUJU-APP-06 ${name} RetiredCharm`),
  ];
}

function generalPasses(raw: Raw): readonly string[] {
  const stable = applicationsOf(raw).filter(([, app]) => isStable(app) && !isLocal(app));
  const kept = applicationsOf(raw).filter(
    ([, app]) => charmOf(app) !== 'tls-certificates-operator' && app['status-error'] === undefined,
  );
  // A bundle lists what is trusted; a status does not.
  const untrusted = raw.model === undefined ? applicationsOf(raw) : [];
  return [
    ...stable.map(([name]) => `JUJU-APP-03 ${name} AsRequired`),
    ...kept.map(([name]) => `JUJU-APP-06 ${name} AsRequired`),
    ...untrusted.map(([name]) => `JUJU-APP-01 ${name} AsRequired`),
  ];
}

function applicationsOf(raw: Raw): readonly (readonly [string, RawApplication])[] {
  return Object.entries(raw.applications);
}

function charmOf(app: RawApplication): string | undefined {
  return app['charm-name'] ?? app.charm;
}

function channelOf(app: RawApplication): string | undefined {
  return app['charm-channel'] ?? app.channel;
}

function isStable(app: RawApplication): boolean {
  return /(?:^|\/)stable$/.test(channelOf(app) ?? '');
}

function isLocal(app: RawApplication): boolean {
  return app['charm-origin'] === 'local';
}

/** The last security fixes of 3.6 came with 3.6.21; older series get none. All captures are of Juju 3. */
function isBelow(version: string | undefined): boolean {
  const [, minor = 0, patch = 0] = (version ?? '3.6.21').split('.').map(Number);
  return minor < 6 || patch < 21;
}

function lineOf({ control, target, reason }: ReportFinding): string {
  return `${control} ${target.application ?? ''} ${reason}`;
}

function linesOf(report: Report, ...wanted: readonly string[]): readonly string[] {
  return report.findings
    .filter(({ outcome }) => wanted.includes(outcome))
    .map(lineOf)
    .sort();
}

async function audit(file: string, road: '--status' | '--bundle') {
  const argv = ['audit', road, folder + file, '--format', 'json', '--all'];
  return runCli(argv, { services: { guides: () => Promise.resolve(guides), roads } });
}

function print(file: string, road: string, report: Report): void {
  const { score, byOutcome } = report.summary;
  const counts = Object.entries(byOutcome).map(([outcome, count]) => `${outcome} ${count}`);
  printed.push(`${file} (${road})`, `  score ${String(score)}; ${counts.join(', ')}`);
  for (const line of linesOf(report, 'fail', 'inconsistent')) printed.push(`  ${line}`);
}

function rawOf(file: string): Raw {
  return parse(readFileSync(folder + file, 'utf8')) as Raw;
}

const structured = files.filter((name) => !name.endsWith('.txt'));
const tables = files.filter((name) => name.endsWith('.txt'));

test('every capture is judged as a person judges it who reads it', async () => {
  for (const file of structured) {
    const raw = rawOf(file);
    const road = raw.model === undefined ? '--bundle' : '--status';
    const { code, out, err } = await audit(file, road);
    const report = JSON.parse(out) as Report;
    print(file, road, report);
    const { exit, fails, passes } = signed[file.slice(0, 2)] ?? noProduct(2);
    const violations = linesOf(report, 'fail', 'inconsistent');
    expect([file, ...violations]).toEqual([file, ...[...fails, ...generalFails(raw)].sort()]);
    const passed = linesOf(report, 'pass');
    expect([file, ...passed]).toEqual([file, ...[...passes, ...generalPasses(raw)].sort()]);
    expect([file, code, err]).toEqual([file, exit, '']);
  }
});

/** What is open in the capture of this number, with its reason; empty where there is no such capture. */
async function saysOf(number: string, road: '--status' | '--bundle'): Promise<readonly string[]> {
  const file = structured.find((name) => name.startsWith(number));
  if (file === undefined) return [];
  const { out } = await audit(file, road);
  return (JSON.parse(out) as Report).findings.map((finding) => `${finding.outcome} ${lineOf(finding)}`);
}

test.each([
  ['20', '--bundle', 'unknown PG-BKP-01 postgresql BackupAgeNotObserved'],
  ['20', '--bundle', 'unknown PG-OS-01 postgresql NotObserved'],
  ['20', '--bundle', 'unknown PG-ENC-03 postgresql NotObserved'],
  ['20', '--bundle', 'unknown PGB-ENC-02 pgbouncer-data-integrator NotObserved'],
  ['20', '--bundle', 'unknown JUJU-APP-02 postgresql FirewallNotSeen'],
  ['20', '--bundle', 'not-applicable K8S-NET-01  MachineModel'],
  ['20', '--bundle', 'not-applicable PG-MON-02 postgresql NoCos'],
  ['01', '--status', 'unknown JUJU-APP-02 kafka FirewallNotSeen'],
  ['01', '--status', 'unknown KAFKA-UPG-01 kafka ReleaseDateNotSeen'],
  ['01', '--status', 'not-applicable KAFKA-ENC-03 kafka NoTlsProvider'],
  ['06', '--status', 'unknown K8S-NET-01  KubernetesNotObserved'],
  ['06', '--status', 'manual JUJU-APP-03 vault LocalCharm'],
] as const)('what capture %s (%s) does not settle is said: %s', async (number, road, line) => {
  const says = await saysOf(number, road);
  expect(says.length === 0 ? [line] : says).toContain(line);
});

it('refuses the tables that juju prints for people, and says what to save instead', async () => {
  const refusals = await Promise.all(tables.map((file) => audit(file, '--status')));
  expect(refusals.map(({ code, out }) => [code, out])).toEqual(tables.map(() => [1, '']));
  expect(refusals.map(({ err }) => err.split(' is ', 2)[1])).toEqual(
    tables.map(() => 'the table that juju prints for people: save it with "juju status --format json"\n'),
  );
  printed.push(...tables.map((file, n) => `${file}: exit ${refusals[n]?.code ?? 0}, refused`));
});
