/** `holdfast demo`: the main job on a simulated estate. No network, no Juju and no Kubernetes are needed. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DemoOptions } from '../../cli/services.js';
import { columnsOf } from '../../cli/render/style.js';
import { loadKnowledge } from '../../config/knowledge.js';
import { toolVersion } from '../../config/version.js';
import type { Daemon, DaemonEvent } from '../../controller/daemon.js';
import type { Policy } from '../../core/policy/policy.js';
import type { Store } from '../../core/ports/index.js';
import { guides } from '../../guides/index.js';
import { createLog } from '../../report/log.js';
import { createMetrics } from '../../report/metrics.js';
import { serveWeb, type WebServer } from '../../report/web/server.js';
import { memoryStore } from '../../store/memory.js';
import { startSimulator, type Simulator } from '../../simulator/index.js';
import { installJuju } from '../../simulator/install-juju.js';
import { printedBy } from '../../workload/collect/simulated-unit.js';
import { composeDaemon } from '../compose.js';
import { untilSignal } from '../signals.js';
import { systemClock } from '../system.js';
import { demoPolicy, estateWithIdentities } from './estate.js';
import { narrator } from './narrator.js';
import { scaledClock } from './scaled-clock.js';
import { approver } from './person.js';
import { play } from './story.js';
import { tellSummary } from './summary.js';

/** Plays the story, then keeps running until Ctrl-C, or ends at once with `--once` or without a terminal. */
export async function runDemo(options: DemoOptions): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-demo-'));
  const simulator = await startSimulator({
    estate: estateWithIdentities,
    seed: options.seed,
    clock: scaledClock(systemClock, options.speed),
    ports: 'real',
    shell: printedBy,
  });
  try {
    return await demonstrate(options, simulator, folder);
  } finally {
    await simulator.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function demonstrate(options: DemoOptions, simulator: Simulator, folder: string): Promise<number> {
  const { io, once, port } = options;
  const running: { daemon?: Daemon } = {};
  const metrics = createMetrics(() => running.daemon, systemClock);
  const log = createLog({ level: 'silent' });
  const store = memoryStore();
  const server = await serveWeb({
    listen: `127.0.0.1:${port}`,
    listenBy: '--port',
    log,
    clock: systemClock,
    view: () => running.daemon,
    metrics,
    guides,
    journal: store,
  });
  const tell = narrator({
    write: io.out,
    columns: columnsOf(io.columns),
    color: io.color,
    clock: systemClock,
  });
  const stays = !once && io.interactive;
  tell.chapter('A simulated estate: nothing of yours is read or changed');
  tell.note('page', `http://${server.address}/ ${stays ? 'until Ctrl-C' : 'while this runs'}`);
  const events: DaemonEvent[] = [];
  // While the estate is still being read, what seems to change was only not seen before.
  const told = { firstLook: false };
  const daemon = await startDemoDaemon(options, { simulator, folder, metrics, log, store }, (event) => {
    events.push(event);
    if (told.firstLook) tell.event(event);
  });
  running.daemon = daemon;
  const stop = new AbortController();
  const stopped = untilSignal().then(() => {
    stop.abort();
  });
  const fine = await play({
    onFirstLook: () => {
      told.firstLook = true;
    },
    simulator,
    daemon,
    narrator: tell,
    clock: systemClock,
    enforcing: demoPolicy(simulator.controllers, options.speed),
    events,
    approve: approver({ daemon, store, narrator: tell, clock: systemClock }),
    signal: stop.signal,
  });
  const isOver = !stays || stop.signal.aborted;
  tellSummary(tell, { report: daemon.report(), events, address: isOver ? undefined : server.address });
  if (!isOver) await stayUntil(stopped, io.out);
  await close(daemon, server);
  return fine || stop.signal.aborted ? 0 : 1;
}

/** The same policy, carrying nothing out: the estate is shown as it is first. */
function onlyLooking(policy: Policy): Policy {
  return { ...policy, rules: policy.rules.map((rule) => ({ ...rule, mode: 'propose' })) };
}

interface Props {
  readonly simulator: Simulator;
  readonly folder: string;
  readonly metrics: ReturnType<typeof createMetrics>;
  readonly log: ReturnType<typeof createLog>;
  readonly store: Store;
}

async function startDemoDaemon(
  options: DemoOptions,
  props: Props,
  onEvent: (event: DaemonEvent) => void,
): Promise<Daemon> {
  const { simulator, folder, metrics, log, store } = props;
  const juju = await installJuju(join(folder, 'bin'));
  return composeDaemon({
    policy: onlyLooking(demoPolicy(simulator.controllers, options.speed)),
    guides,
    knowledge: loadKnowledge(options.environment.dataDir),
    environment: {
      ...options.environment,
      ...juju,
      stateDir: join(folder, 'state'),
      cacheDir: join(folder, 'cache'),
      // The simulated store, whatever store the person's own juju asks.
      jujuVariables: {},
    },
    log,
    telemetry: metrics.telemetry,
    toolVersion: toolVersion(),
    store,
    // The simulated units listen on loopback, where a real estate's never are.
    mayProbe: (address) => address.startsWith('127.'),
    onEvent,
  });
}

async function stayUntil(stopped: Promise<void>, write: (text: string) => void): Promise<void> {
  write('\nStill watching. Press Ctrl-C to end.\n');
  await stopped;
}

async function close(daemon: Daemon, server: WebServer): Promise<void> {
  await daemon.stop();
  await server.close();
}
