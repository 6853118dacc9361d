/**
 * `make bench-drift`: fifty drifts on each flavour of Juju, from the break to the finding and to the verified fix,
 * with everything real but the controller: sockets, processes, unit ports. Takes some minutes.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromDist } from '../../scripts/from-dist.ts';
import type * as Compose from '../../src/main/compose.js';
import type * as Environments from '../../src/config/environment.js';
import type * as Guides from '../../src/guides/index.js';
import type * as Install from '../../src/simulator/install-juju.js';
import type * as Knowledges from '../../src/config/knowledge.js';
import type * as Logs from '../../src/report/log.js';
import type * as Metrics from '../../src/report/metrics.js';
import type * as Policies from '../../src/core/policy/policy.js';
import type * as Simulators from '../../src/simulator/index.js';
import type * as Stores from '../../src/store/memory.js';
import type * as Systems from '../../src/main/system.js';
import type { DaemonEvent } from '../../src/controller/daemon.js';
import type { EstateSpec, SimulatedController, Simulator } from '../../src/simulator/index.js';

const { composeDaemon } = await fromDist<typeof Compose>('main/compose.js');
const { readEnvironment } = await fromDist<typeof Environments>('config/environment.js');
const { guides } = await fromDist<typeof Guides>('guides/index.js');
const { installJuju } = await fromDist<typeof Install>('simulator/install-juju.js');
const { loadKnowledge } = await fromDist<typeof Knowledges>('config/knowledge.js');
const { createLog } = await fromDist<typeof Logs>('report/log.js');
const { createMetrics } = await fromDist<typeof Metrics>('report/metrics.js');
const { defaultPace, observeOnly } = await fromDist<typeof Policies>('core/policy/policy.js');
const { memoryStore } = await fromDist<typeof Stores>('store/memory.js');
const { startSimulator } = await fromDist<typeof Simulators>('simulator/index.js');
const { systemClock } = await fromDist<typeof Systems>('main/system.js');

const poll = 2;
const models = ['m1', 'm2', 'm3', 'm4', 'm5'];
const roundsOfEach = { config: 6, relation: 2, superuser: 10 };
const enforced = { mode: 'enforce', disruptive: 'allow' } as const;
const identities = ['observer', 'auditor', 'remediator'];

const estate: EstateSpec = {
  controllers: (['3.6', '4.0'] as const).map((flavour) => ({
    name: `juju-${flavour[0] ?? ''}`,
    flavour,
    users: [
      { name: 'observer', lastConnectionDaysAgo: 0 },
      { name: 'auditor', access: 'superuser', lastConnectionDaysAgo: 0 },
      { name: 'remediator', access: 'superuser', lastConnectionDaysAgo: 0 },
      { name: 'bob', lastConnectionDaysAgo: 1 },
    ],
    models: models.map((name) => ({
      name,
      users: { observer: 'read', remediator: 'admin' },
      config: { 'logging-config': '<root>=INFO' },
      applications: [
        { name: 'etcd', charm: 'charmed-etcd', channel: '3.6/stable', units: 2 },
        { name: 'ca', charm: 'self-signed-certificates', channel: '1/stable' },
      ],
      relations: [
        ['etcd:peer-certificates', 'ca:certificates'],
        ['etcd:client-certificates', 'ca:certificates'],
      ],
    })),
  })),
};

interface Told {
  readonly event: DaemonEvent;
  readonly at: number;
}

interface Timing {
  readonly kind: string;
  /** Seconds. */
  readonly seen: number;
  readonly fixed: number;
}

const folder = await mkdtemp(join(tmpdir(), 'holdfast-drift-'));
const simulator = await startSimulator({ estate, ports: 'real' });
const told: Told[] = [];
const daemon = await composeDaemon({
  policy: policyFor(simulator.controllers),
  guides,
  knowledge: loadKnowledge(),
  environment: { ...readEnvironment({}), ...(await installJuju(join(folder, 'bin'))), stateDir: folder },
  log: createLog({ level: 'silent' }),
  telemetry: createMetrics(() => undefined, systemClock).telemetry,
  toolVersion: '0.0.0',
  store: memoryStore(),
  mayProbe: (address) => address.startsWith('127.'),
  onEvent: (event) => told.push({ event, at: Date.now() }),
});
const everywhere = 2 * models.length;
await until(
  () =>
    passing('ETCD-ENC-03') === everywhere &&
    passing('JUJU-MODEL-04') === everywhere &&
    passing('JUJU-USER-01') === 2,
);
for (const { name } of simulator.controllers) {
  const timings = await driftsOn(simulator, name);
  report(name, timings);
}
await daemon.stop();
await simulator.close();
await rm(folder, { recursive: true });

/** Fifty drifts in a few minutes are more than a careful policy lets through. */
const wide = [
  {
    match: {},
    applications: 1000,
    percent: 100,
    units: 10_000,
    actions: 1000,
    perHour: 100_000,
    flips: 1000,
  },
];

function policyFor(
  controllers: readonly SimulatedController[],
): Parameters<typeof composeDaemon>[0]['policy'] {
  const access = controllers.map(({ name, addresses, caCert, credentials }) => {
    const [observer, auditor, remediator] = identities.map((user) => ({
      user,
      password: credentials[user]?.password ?? '',
    }));
    if (observer === undefined || auditor === undefined || remediator === undefined)
      throw new Error('no identities');
    return { name, addresses, caCert, observer, auditor, remediator };
  });
  const rules = [
    {
      match: { control: 'JUJU-USER-01' },
      ...enforced,
      params: { superusers: ['admin', 'auditor', 'remediator'] },
    },
    { match: { control: 'JUJU-MODEL-04' }, ...enforced },
    { match: { control: 'ETCD-ENC-0?' }, ...enforced, params: { provider: 'ca' } },
  ];
  const pace = { ...defaultPace, poll, pollIdle: poll, slowFacts: poll, probe: 10, verifyLook: 1 };
  return { ...observeOnly, controllers: access, rules, limits: wide, pace };
}

function passing(control: string): number {
  return daemon
    .report()
    .findings.filter((finding) => finding.control === control && finding.outcome === 'pass').length;
}

async function driftsOn(world: Simulator, controller: string): Promise<readonly Timing[]> {
  const perModel = models.map(async (model) => {
    const timings: Timing[] = [];
    for (let round = 0; round < roundsOfEach.config; round += 1)
      timings.push(await traced(world, controller, model));
    for (let round = 0; round < roundsOfEach.relation; round += 1)
      timings.push(await unrelated(world, controller, model));
    return timings;
  });
  const users = superusers(world, controller);
  return (await Promise.all([...perModel, users])).flat();
}

async function traced(world: Simulator, controller: string, model: string): Promise<Timing> {
  world
    .controller(controller)
    .operations.setModelConfig(model, { 'logging-config': '<root>=INFO;juju.rpc=TRACE' });
  return timed('model setting', { controller, model, control: 'JUJU-MODEL-04' });
}

async function superusers(world: Simulator, controller: string): Promise<readonly Timing[]> {
  const timings: Timing[] = [];
  for (let round = 0; round < roundsOfEach.superuser; round += 1) {
    world.controller(controller).operations.grantSuperuser('bob');
    timings.push(await timed('superuser', { controller, control: 'JUJU-USER-01' }));
  }
  return timings;
}

/** A removed relation stays listed for 10 to 12 s: drift begins when it is gone. */
async function unrelated(world: Simulator, controller: string, model: string): Promise<Timing> {
  world
    .controller(controller)
    .operations.removeRelation(model, 'etcd:client-certificates', 'ca:certificates');
  const models = world.world.controllers.get(controller)?.models.values() ?? [];
  const simulated = [...models].find((each) => each.name === model);
  const before = simulated?.relations.size ?? 0;
  await until(() => (simulated?.relations.size ?? 0) < before);
  return timed('certificates removed', { controller, model, control: 'ETCD-ENC-01' });
}

async function timed(
  kind: string,
  place: { controller: string; model?: string; control: string },
): Promise<Timing> {
  const from = told.length;
  const begin = Date.now();
  const time = (is: (event: DaemonEvent) => boolean): number | undefined =>
    told.slice(from).find(({ event }) => is(event))?.at;
  const here = (target: { controller?: string; model?: string }): boolean =>
    target.controller === place.controller && target.model === place.model;
  const seen = (): number | undefined =>
    time(
      (event) =>
        event.type === 'drift' && event.finding.control.id === place.control && here(event.finding.target),
    );
  const fixed = (): number | undefined =>
    time(
      (event) =>
        event.type === 'remediation' &&
        event.remediation.state === 'Succeeded' &&
        event.remediation.controls.includes(place.control) &&
        here(event.remediation.target),
    );
  await until(() => seen() !== undefined && fixed() !== undefined);
  return { kind, seen: ((seen() ?? NaN) - begin) / 1000, fixed: ((fixed() ?? NaN) - begin) / 1000 };
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 120_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error('waited 120 s for something that did not come');
    await systemClock.sleep(20);
  }
}

function report(name: string, timings: readonly Timing[]): void {
  const kinds = ['all', ...new Set(timings.map(({ kind }) => kind))];
  for (const kind of kinds) {
    const of = timings.filter((timing) => kind === 'all' || timing.kind === kind);
    const figure = (part: number, pick: (timing: Timing) => number): string => {
      const sorted = of.map(pick).sort((a, b) => a - b);
      return (sorted[Math.ceil(part * sorted.length) - 1] ?? NaN).toFixed(1).padStart(5);
    };
    const seen = `seen p50 ${figure(0.5, ({ seen: s }) => s)} s, p99 ${figure(0.99, ({ seen: s }) => s)} s`;
    const fixed = `fixed p50 ${figure(0.5, ({ fixed: s }) => s)} s, p99 ${figure(0.99, ({ fixed: s }) => s)} s`;
    console.log(
      `${name}  ${kind.padEnd(20)} ${String(of.length).padStart(2)} drifts  ${seen}  ${fixed}  (poll ${poll} s)`,
    );
  }
}
