import { describe, expect, test } from '@jest/globals';
import { demoEstate } from '../../estates/demo.js';
import { virtualClock, type VirtualClock } from '../../virtual-clock.js';
import { buildWorld } from '../../world/build.js';
import { addRelation, removeRelation } from '../../world/relations.js';
import type { SimModel, SimUnit } from '../../world/state.js';
import type { PortMode, UnitPorts } from '../../world/unit-ports.js';
import { etcdShell } from './shell.js';

interface Estate {
  readonly clock: VirtualClock;
  readonly model: SimModel;
  readonly units: readonly SimUnit[];
  /** Present mode by `unit port`. */
  readonly modes: Map<string, PortMode>;
}

function demo(): Estate {
  const clock = virtualClock();
  const modes = new Map<string, PortMode>();
  const ports: UnitPorts = {
    set: (unit, { port, mode }) => {
      modes.set(`${unit.name} ${port}`, mode);
      return Promise.resolve();
    },
    settled: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  const world = buildWorld({ estate: demoEstate, seed: 3, clock, ports });
  const model = [...world.controllers.get('prod')!.models.values()].find(({ name }) => name === 'data')!;
  return { clock, model, units: model.applications.get('etcd')!.units, modes };
}

function modesOf({ units, modes }: Estate, port: number): readonly (PortMode | undefined)[] {
  return units.map(({ name }) => modes.get(`${name} ${port}`));
}

async function settle({ clock, units }: Estate): Promise<void> {
  await clock.advance(5000);
  for (let round = 0; round < 60 && units.some(({ agent }) => agent.status !== 'idle'); round += 1) {
    await clock.advance(1000);
  }
}

describe('Charmed etcd', () => {
  test('speaks plain text without certificates', () => {
    const estate = demo();
    expect(modesOf(estate, 2379)).toEqual(['plaintext', 'plaintext', 'plaintext']);
    expect(modesOf(estate, 2380)).toEqual(['plaintext', 'plaintext', 'plaintext']);
  });

  test('restarts one unit at a time on the way to TLS, and ends active on that side only', async () => {
    const estate = demo();
    addRelation(estate.model, 'etcd-ca:certificates', 'etcd:peer-certificates');
    let mostClosed = 0;
    for (let ms = 0; ms < 30_000; ms += 50) {
      await estate.clock.advance(50);
      mostClosed = Math.max(mostClosed, modesOf(estate, 2380).filter((mode) => mode === 'closed').length);
    }
    expect(mostClosed).toBe(1);
    expect(modesOf(estate, 2380)).toEqual(['mutual-tls', 'mutual-tls', 'mutual-tls']);
    expect(modesOf(estate, 2379)).toEqual(['plaintext', 'plaintext', 'plaintext']);
    expect(estate.units.map(({ workload, agent }) => [workload.status, agent.status])).toEqual([
      ['active', 'idle'],
      ['active', 'idle'],
      ['active', 'idle'],
    ]);
  });

  test('switches its peers before its clients when both are asked for at once', async () => {
    const estate = demo();
    addRelation(estate.model, 'etcd-ca:certificates', 'etcd:peer-certificates');
    addRelation(estate.model, 'etcd-ca:certificates', 'etcd:client-certificates');
    await estate.clock.advance(60_000);
    expect(modesOf(estate, 2380)).toEqual(['mutual-tls', 'mutual-tls', 'mutual-tls']);
    expect(modesOf(estate, 2379)).toEqual(['mutual-tls', 'mutual-tls', 'mutual-tls']);
  });

  test('goes back to plain text when the relation is removed', async () => {
    const estate = demo();
    addRelation(estate.model, 'etcd-ca:certificates', 'etcd:client-certificates');
    await settle(estate);
    removeRelation(estate.model, 'etcd-ca:certificates', 'etcd:client-certificates');
    await estate.clock.advance(60_000);
    expect(modesOf(estate, 2379)).toEqual(['plaintext', 'plaintext', 'plaintext']);
    expect(estate.model.relations.size).toBeGreaterThan(0);
    expect(estate.units.every(({ workload }) => workload.status === 'active')).toBe(true);
  });

  test('waits in vain for a provider that is not active, and goes on once it is', async () => {
    const estate = demo();
    const [provider] = estate.model.applications.get('etcd-ca')!.units;
    provider!.workload = { status: 'blocked', message: 'no CA', since: 0 };
    addRelation(estate.model, 'etcd-ca:certificates', 'etcd:peer-certificates');
    await estate.clock.advance(30_000);
    expect(estate.units.map(({ workload }) => workload.message)).toContain('Waiting for TLS to be ready');
    expect(modesOf(estate, 2380)).toEqual(['plaintext', 'plaintext', 'plaintext']);
    provider!.workload = { status: 'active', message: '', since: 0 };
    await estate.clock.advance(40_000);
    expect(modesOf(estate, 2380)).toEqual(['mutual-tls', 'mutual-tls', 'mutual-tls']);
  });

  test('refuses client applications while client TLS is off', async () => {
    const estate = demo();
    addRelation(estate.model, 'etcd:etcd-client', 'data-integrator:etcd');
    await settle(estate);
    expect(estate.units[0]!.workload).toMatchObject({
      status: 'blocked',
      message: 'Client relation: TLS is disabled. Please enable TLS',
    });
  });

  test('writes its configuration file accordingly', async () => {
    const estate = demo();
    const read = (): string =>
      etcdShell(estate.units[0]!, 'cat /var/snap/charmed-etcd/current/etcd.conf.yml')?.stdout ?? '';
    expect(read()).toContain('listen-client-urls: http://');
    expect(read()).not.toContain('client-cert-auth');
    addRelation(estate.model, 'etcd-ca:certificates', 'etcd:client-certificates');
    await estate.clock.advance(40_000);
    expect(read()).toMatch(
      /listen-client-urls: https:[^]*client-transport-security:[^]*client-cert-auth: true/,
    );
  });
});
