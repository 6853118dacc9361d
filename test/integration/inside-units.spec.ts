/** The whole loop with looks into units: what changes by them and why, and that nothing secret comes out. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readEnvironment } from '../../src/config/environment.js';
import { defaultRetention } from '../../src/core/policy/rails.js';
import { workloadDefaults } from '../../src/core/policy/workload.js';
import type { Log } from '../../src/core/ports/index.js';
import type { Report, ReportFinding } from '../../src/core/report/types.js';
import { guides } from '../../src/guides/index.js';
import { systemClock } from '../../src/main/system.js';
import { roads } from '../../src/main/roads.js';
import { behaviourOf } from '../../src/simulator/charms/behaviours.js';
import { canary } from '../../src/simulator/charms/disk.js';
import { productsModel } from '../../src/simulator/estates/products.js';
import { installJuju } from '../../src/simulator/install-juju.js';
import type { EstateSpec } from '../../src/simulator/index.js';
import { openStore } from '../../src/store/sqlite/open.js';
import { runCli } from '../support/cli.js';
import { columns } from '../support/columns.js';
import { etcdModel, rigUsers, startRig, type Rig } from '../support/rig.js';

const prober = { name: 'prober', lastConnectionDaysAgo: 0, createdDaysAgo: 9 } as const;
const within = { observer: 'read', remediator: 'admin', prober: 'admin' } as const;

/** etcd with TLS and a backup store, PostgreSQL 14 with TLS, 16 and Kafka without. */
const estate: EstateSpec = {
  controllers: [
    {
      name: 'prod',
      users: [...rigUsers, prober],
      models: [
        { ...etcdModel('data', 2), users: within },
        {
          ...productsModel,
          users: within,
          relations: [
            ...(productsModel.relations ?? []),
            ['pg14:certificates', 'ca:certificates'],
            ['pg14:s3-parameters', 's3:s3-credentials'],
          ],
        },
      ],
    },
  ],
};

const workload = [{ match: { model: '*' }, ...workloadDefaults, every: 60, atOnce: 4, perMinute: 600 }];
const builtJuju = fileURLToPath(new URL('../../dist/simulator/juju.js', import.meta.url));

const logged: string[] = [];
const write =
  (level: string) =>
  (fields: object, message: string): void => {
    logged.push(`${level} ${message} ${JSON.stringify(fields)}`);
  };
const log: Log = {
  debug: write('debug'),
  info: write('info'),
  warn: write('warn'),
  error: write('error'),
  child: () => log,
};

const printed: string[] = [];
afterAll(() => {
  process.stdout.write(`\n${printed.join('\n')}\n`);
});

/** `CONTROL application` to what is said of it. */
function said(report: Report): ReadonlyMap<string, ReportFinding> {
  return new Map(
    report.findings
      .filter(({ target }) => target.kind === 'application')
      .map((finding) => [`${finding.control} ${finding.target.application ?? ''}`, finding]),
  );
}

describe('a daemon that may look into units', () => {
  let rig: Rig;
  let folder: string;
  let without: Report;
  let along: Report;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-inside-'));
    const store = await openStore(join(folder, 'journal.db'), {
      clock: systemClock,
      retention: defaultRetention,
    });
    rig = await startRig({ estate, rules: [], workload, log, store });
    const off = { ...rig.policy };
    delete (off as { workload?: unknown }).workload;
    await rig.daemon.reload(off);
    await rig.until('all is judged', () => said(rig.daemon.report()).has('ETCD-ENC-03 etcd'));
    const passes = (key: string): boolean => said(rig.daemon.report()).get(key)?.outcome === 'pass';
    await rig.until('ports and options are read', () =>
      ['PG-ENC-03 pg14', 'PG-AUTH-01 pg16', 'JUJU-APP-01 etcd', 'KAFKA-NET-01 kafka4'].every(passes),
    );
    without = rig.daemon.report();
    await rig.daemon.reload(rig.policy);
    const waits = ({ message }: ReportFinding): boolean =>
      /not looked into yet|since its units were last/.test(message);
    const allSeen = (report: Report): boolean =>
      said(report).get('ETCD-AUTH-01 etcd')?.outcome === 'pass' && !report.findings.some(waits);
    await rig.until('every unit was looked into', () => allSeen(rig.daemon.report()));
    along = rig.daemon.report();
  });

  afterAll(async () => {
    await rig.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('says of what it did not see before what it saw, and takes nothing else back', () => {
    const before = said(without);
    const changed = [...said(along)].filter(([key, { outcome }]) => before.get(key)?.outcome !== outcome);
    const head = ['finding', 'without', 'with', 'because'];
    const rows = changed.map(([key, { outcome, reason, message }]) => [
      ...[key, before.get(key)?.outcome ?? 'none', `${outcome} ${reason}`, message],
    ]);
    printed.push('what looks into units change', columns([head, ...rows]));
    printed.push(`${changed.length} findings of ${before.size} change`);
    const changes = changed.map(
      ([key, { outcome }]) => `${key}: ${before.get(key)?.outcome ?? 'none'} -> ${outcome}`,
    );
    expect(changes.filter((line) => !line.includes('unknown ->') && !line.includes('pass ->'))).toEqual([]);
    expect(changes).toEqual(
      expect.arrayContaining([
        'ETCD-AUTH-01 etcd: unknown -> pass',
        'ETCD-DBG-01 etcd: unknown -> fail',
        'ETCD-ENC-06 etcd: unknown -> pass',
        'ETCD-FILE-01 etcd: unknown -> fail',
        'EBP-NET-06 etcd: unknown -> pass',
        'CIS-2.1 etcd: unknown -> pass',
        'CIS-1.1.11 etcd: unknown -> fail',
        'PG-AUTH-02 pg14: unknown -> pass',
        'PG-AUTH-03 pg16: unknown -> pass',
        'PG-FILE-01 pg14: unknown -> fail',
        'PG-BKP-01 pg14: unknown -> fail',
        'PGB-AUTH-01 pooler: unknown -> pass',
        'KAFKA-AUTH-01 kafka3: unknown -> pass',
        'KAFKA-AUTH-04 kafka4: unknown -> pass',
        'KAFKA-FILE-01 keeper: unknown -> fail',
        'ZK-AUTH-01 keeper: unknown -> pass',
      ]),
    );
  });

  it('names the policy line and the identity where it may not look', () => {
    const { message } = said(without).get('PG-AUTH-02 pg14') ?? { message: '' };
    expect(message).toContain('a prober identity with model admin');
    expect(message).toContain('"workload: [{ match: { model: products } }]"');
  });

  it('leaves no password where others can read it', async () => {
    const operations = [...rig.simulator.world.controllers.values()].flatMap(({ models }) =>
      [...models.values()].flatMap(({ tasks }) => tasks),
    );
    const places = {
      operations: JSON.stringify(operations),
      logs: logged.join('\n'),
      reports: JSON.stringify([without, along]),
      metrics: await rig.metrics(),
      store: storeText(folder),
    };
    const execs = operations.flatMap(({ tasks }) => tasks).filter(({ action }) => action === 'juju-exec');
    const planted = canaryFiles(rig);
    const rows = Object.entries(places).map(([name, text]) => [
      ...[name, String(text.length), text.includes(canary) ? 'FOUND' : 'no'],
    ]);
    printed.push(
      `a password planted in ${planted} files of the units, after ${execs.length} looks into them`,
      columns([['place', 'bytes', 'password in it'], ...rows]),
    );
    expect(planted).toBeGreaterThan(20);
    expect(execs.length).toBeGreaterThan(10);
    for (const text of Object.values(places)) expect(text).not.toContain(canary);
  });

  it('looks no more often than the policy says', () => {
    const tasks = [...rig.simulator.world.controllers.values()].flatMap(({ models }) =>
      [...models.values()].flatMap(({ tasks: all }) => all.flatMap((operation) => operation.tasks)),
    );
    const byUnit = Map.groupBy(
      tasks.filter(({ action }) => action === 'juju-exec'),
      ({ receiver }) => receiver,
    );
    for (const looks of byUnit.values()) {
      const times = looks.map(({ enqueued }) => enqueued).sort((a, b) => a - b);
      const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
      expect(gaps.filter((gap) => gap < 50_000)).toEqual([]);
    }
  });

  it('does the same once for an audit', async () => {
    const juju = await installJuju(join(folder, 'bin'), { entry: builtJuju });
    const environment = { ...readEnvironment({}), ...juju, stateDir: join(folder, 'audit') };
    const told: string[] = [];
    const snapshot = await roads.controllers?.(rig.policy, {
      environment,
      progress: (line) => told.push(line),
    });
    const inside = snapshot?.controllers['prod']?.models['data']?.applications['etcd']?.workload.unitsInside;
    expect(inside).toMatchObject({ value: { 'etcd/0': { etcdAuthentication: { value: { state: 'on' } } } } });
    expect(JSON.stringify(snapshot)).not.toContain(canary);
    expect(told).toContain('looking into the units of the model data');
    const file = join(folder, 'snapshot.json');
    await writeFile(file, JSON.stringify(snapshot));
    const { out } = await runCli(['audit', '--snapshot', file, '--format', 'json'], {
      services: { guides: () => Promise.resolve(guides), roads, now: () => Date.now() },
    });
    const saved = said(JSON.parse(out) as Report);
    expect(saved.get('ETCD-AUTH-01 etcd')?.outcome).toBe('pass');
    expect(saved.get('PG-FILE-01 pg14')).toMatchObject({ outcome: 'fail', reason: 'FileTooOpen' });
  });
});

function storeText(folder: string): string {
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, 'latin1'))
    .join('');
}

/** How many files of the simulated units hold the password. */
function canaryFiles({ simulator }: Rig): number {
  const units = [...simulator.world.controllers.values()].flatMap(({ models }) =>
    [...models.values()].flatMap(({ applications }) =>
      [...applications.values()].flatMap((application) => application.units),
    ),
  );
  const files = units.flatMap((unit) => behaviourOf(unit.application)?.disk?.(unit).files ?? []);
  return files.filter(({ text }) => text.includes(canary)).length;
}
