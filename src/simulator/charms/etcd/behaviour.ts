/**
 * Charmed etcd: each certificates relation moves the cluster unit by unit from plain text to TLS or back, with a
 * restart each (charm facts, section 2). Statuses in the charm's own words.
 */
import { queueHook, setWorkload, timedHook } from '../../world/hooks.js';
import { relationsOf } from '../../world/relation-rules.js';
import type { SimApplication, SimUnit, World } from '../../world/state.js';
import type { PortSigner } from '../../world/unit-ports.js';
import { between } from '../../random.js';
import type { Behaviour, RelationEvent } from '../behaviour.js';
import { certificateProvider, hasCertificates, type ProviderQuery } from '../certificates.js';
import { etcdAction } from './actions.js';
import { etcdDisk } from './disk.js';
import { etcdShell } from './shell.js';
import { endTurn, providerOf, setProvider, sides, takeTurn, type Side } from './tls-state.js';

const portOf = { client: 2379, peer: 2380 } as const;
const waitingForTls = 'Waiting for TLS to be ready';
const recheckMs = 5000;

export const etcd: Behaviour = {
  start: (world, application) => {
    for (const unit of application.units) for (const side of sides) startSide(world, unit, side);
    refresh(world, application);
  },
  joined: (event) => {
    const side = sideOf(event.endpoint);
    if (side === undefined) return false;
    for (const unit of event.application.units) queueJoining(event, unit, side);
    return true;
  },
  broken: (event, unit, finish) => {
    const side = sideOf(event.endpoint);
    if (side === undefined || providerOf(unit, side) === undefined) finish();
    else restart({ world: event.world, unit, side, provider: undefined }, finish);
  },
  refresh,
  action: etcdAction,
  shell: etcdShell,
  disk: etcdDisk,
};

function sideOf(endpoint: string): Side | undefined {
  return sides.find((side) => endpoint === `${side}-certificates`);
}

function startSide(world: World, unit: SimUnit, side: Side): void {
  setProvider(unit, side, certificateProvider(unit.application, `${side}-certificates`));
  void world.ports.set(unit, planOf(unit, side));
}

function planOf(unit: SimUnit, side: Side): Parameters<World['ports']['set']>[1] {
  const provider = providerOf(unit, side);
  const base = { port: portOf[side], protocol: `etcd-${side}` } as const;
  return provider === undefined ? { ...base, mode: 'plaintext' } : { ...base, mode: 'mutual-tls', provider };
}

function queueJoining(event: RelationEvent, unit: SimUnit, side: Side): void {
  const { world, endpoint, other } = event;
  world.clock.after(between(world.random, 60, 400), () => {
    const begin = (): void => {
      setWorkload(world, unit, 'maintenance', waitingForTls);
    };
    const created = { name: `${endpoint}-relation-created hook`, ms: between(world.random, 500, 900), begin };
    const joined = {
      name: `${endpoint}-relation-joined hook for ${other}/0`,
      ms: between(world.random, 300, 700),
    };
    queueHook(world, unit, timedHook(world, created));
    queueHook(world, unit, timedHook(world, joined));
    queueChanged(event, unit, side);
  });
}

/** Takes the certificate when the provider has one, else looks again later. */
function queueChanged(event: RelationEvent, unit: SimUnit, side: Side): void {
  const { world, relation, endpoint, other, application } = event;
  queueHook(world, unit, {
    name: `${endpoint}-relation-changed hook for ${other}/0`,
    run: (finish) => {
      if (relation.dying || unit.gone) {
        finish();
        return;
      }
      const query: ProviderQuery = { application, relation };
      if (hasCertificates(query)) {
        restart({ world, unit, side, provider: certificateProvider(application, endpoint) }, finish);
        return;
      }
      world.clock.after(recheckMs, () => {
        queueChanged(event, unit, side);
      });
      finish();
    },
  });
}

interface Restart {
  readonly world: World;
  readonly unit: SimUnit;
  readonly side: Side;
  /** Undefined goes back to plain text. */
  readonly provider: PortSigner | undefined;
}

function restart({ world, unit, side, provider }: Restart, finish: () => void): void {
  const verb = provider === undefined ? 'Disabling' : 'Enabling';
  takeTurn(unit.application, side, () => {
    setWorkload(world, unit, 'maintenance', `${verb} ${side} TLS...`);
    world.clock.after(between(world.random, 1500, 2700), () => {
      void world.ports.set(unit, { ...planOf(unit, side), mode: 'closed' });
      world.clock.after(between(world.random, 800, 1500), () => {
        setProvider(unit, side, provider);
        void world.ports.set(unit, planOf(unit, side)).then(() => {
          endTurn(unit.application);
          refresh(world, unit.application);
          finish();
        });
      });
    });
  });
}

/** Units that wait for a certificate or restart keep their status; the others show the application's. */
function refresh(world: World, application: SimApplication): void {
  for (const unit of application.units) {
    if (sides.some((side) => isPending(application, unit, side))) continue;
    const refused = clientsRefused(application, unit);
    if (refused) setWorkload(world, unit, 'blocked', 'Client relation: TLS is disabled. Please enable TLS');
    else setWorkload(world, unit, 'active');
  }
}

function isPending(application: SimApplication, unit: SimUnit, side: Side): boolean {
  const relations = relationsOf(application.model, application.name, `${side}-certificates`);
  const [relation] = relations;
  if (relation === undefined) return providerOf(unit, side) !== undefined;
  return relation.status === 'joined' && relation.dying === (providerOf(unit, side) !== undefined);
}

function clientsRefused(application: SimApplication, unit: SimUnit): boolean {
  const clients = relationsOf(application.model, application.name, 'etcd-client');
  return clients.length > 0 && providerOf(unit, 'client') === undefined;
}
