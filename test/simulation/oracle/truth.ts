/** How things really are: the whole estate read at once, with nothing in the way, and judged in full. */
import { Estate } from '../../../src/controller/estate.js';
import { ProbeBook } from '../../../src/controller/probe-book.js';
import type { Guide } from '../../../src/core/control.js';
import { evaluate } from '../../../src/core/evaluate/index.js';
import type { Finding } from '../../../src/core/finding.js';
import type { Knowledge } from '../../../src/core/knowledge.js';
import type { Policy } from '../../../src/core/policy/policy.js';
import type { Snapshot } from '../../../src/core/snapshot.js';
import type { World } from '../../../src/simulator/world/state.js';
import { silentLog, silentTelemetry } from '../../support/silent.js';
import { Life, type Host } from '../machine.js';
import { simulatedApi } from '../ports/api.js';
import { simulatedProber, type Ports } from '../ports/unit-ports.js';

export interface TruthOptions {
  readonly world: World;
  readonly host: Host;
  readonly ports: Ports;
  readonly guides: readonly Guide[];
  readonly knowledge: Knowledge;
}

/** Who looks: our own identities as they are, or the administrator, who sees everything. */
export type Viewer = 'ourselves' | 'administrator';

/** All findings by this policy as they are now. Time does not pass meanwhile. */
export async function truth(
  options: TruthOptions,
  policy: Policy,
  viewer: Viewer,
): Promise<readonly Finding[]> {
  const life = new Life(options.host);
  const apis = policy.controllers.flatMap((access) => {
    const controller = options.world.controllers.get(access.name);
    if (controller === undefined) return [];
    const seen = viewer === 'ourselves' ? access : asAdministrator(access, options.world);
    const api = simulatedApi(
      {
        ...{ controller, life, random: { next: () => 0.5 }, log: silentLog },
        fault: () => ({ kind: 'none' }),
        answered: () => undefined,
      },
      seen,
      policy,
    );
    api.start();
    return [api];
  });
  await turn();
  const probes = new ProbeBook({
    prober: simulatedProber(options.ports, life, () => ({ delay: 0, lost: false })),
    guides: options.guides,
    clock: life.clock,
    telemetry: silentTelemetry,
    every: () => 0,
  });
  const estate = new Estate(apis, probes);
  const now = life.clock.now();
  await probeAll(estate.snapshot(now), probes);
  const snapshot = estate.snapshot(now);
  life.end();
  await Promise.all(apis.map((api) => api.close()));
  return evaluate(options.guides, snapshot, { policy, knowledge: options.knowledge }, now);
}

async function probeAll(snapshot: Snapshot, probes: ProbeBook): Promise<void> {
  for (const controller of Object.values(snapshot.controllers)) {
    for (const model of Object.values(controller.models)) {
      const place = { controller: controller.name, model: model.name };
      for (const app of Object.values(model.applications)) await probes.ask(place, app, true);
    }
  }
}

function asAdministrator(access: Policy['controllers'][number], world: World): typeof access {
  const password = world.controllers.get(access.name)?.users.get('admin')?.password ?? '';
  const admin = { user: 'admin', password };
  return { ...access, observer: admin, auditor: admin };
}

/** Every promise that can settle without time passing does so. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
