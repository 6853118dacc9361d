import type { Fact } from '../../src/core/fact.js';
import { isKnown } from '../../src/core/fact.js';
import type { JujuApi, StateChange } from '../../src/core/ports/index.js';
import type { ModelState } from '../../src/core/snapshot.js';
import { followController, type FollowOptions } from '../../src/juju/observe/follow-controller.js';
import { virtualClock, type VirtualClock } from '../../src/simulator/virtual-clock.js';
import { controllerCertificate } from './certificate.js';
import { canary, recordingLog } from './juju-connection.js';
import { estate, type Override } from './juju-estate.js';
import { jujuServer, type JujuServer } from './juju-server.js';
import { wsResponse } from './ws-capture.js';

const certificate = await controllerCertificate();

/** What a test started, ended in reverse order by `endAll`. */
export const running: { close(): Promise<void> }[] = [];

export async function endAll(): Promise<void> {
  for (const thing of running.splice(0).reverse()) await thing.close();
}

interface Following {
  readonly server: JujuServer;
  readonly api: JujuApi;
  readonly clock: VirtualClock;
  readonly log: ReturnType<typeof recordingLog>;
  readonly changes: StateChange[];
}

interface Setting {
  readonly override?: Override;
  readonly folder?: string;
  readonly options?: Partial<FollowOptions>;
}

/** Follows the captured estate, served by a real WebSocket server, on virtual time. */
export async function following({ override, folder, options }: Setting = {}): Promise<Following> {
  const server = await jujuServer(certificate, estate(override, folder));
  const clock = virtualClock();
  const log = recordingLog();
  const api = followController({
    controller: 'prod',
    addresses: [server.address],
    caCert: certificate.caCert,
    observer: { user: 'admin', password: canary },
    version: '1.2.3',
    random: { next: () => 0.5 },
    connections: { pingEvery: 1e12 },
    follows: ({ name }) => name === 'data',
    clock,
    log,
    ...options,
  });
  running.push(server, api);
  const changes: StateChange[] = [];
  api.onChange((change) => changes.push(change));
  api.start();
  return { server, api, clock, log, changes };
}

/** A model of the present state. */
export function model(api: JujuApi, name = 'data'): ModelState {
  const found = api.current().models[name];
  if (found === undefined) throw new Error(`no model ${name}`);
  return found;
}

/** Why a fact is unknown. */
export function gap(fact: Fact<unknown> | undefined): {
  readonly reason: string;
  readonly permission?: string;
} {
  if (fact === undefined || isKnown(fact)) throw new Error('known');
  return fact.unknown;
}

/** A status in which one application says something else. */
export function statusWith(message: string): { response: unknown } {
  const answer = structuredClone(wsResponse('3-hardened/ws/FullStatus-data')) as {
    applications: Record<string, { status: { info: string } }>;
  };
  answer.applications['etcd']!.status.info = message;
  return { response: answer };
}
