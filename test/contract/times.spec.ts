import { describe, expect, test } from '@jest/globals';
import { addRelation, removeRelation } from '../../src/simulator/world/relations.js';
import { setOptions } from '../../src/simulator/world/settings.js';
import type { SimModel, SimUnit } from '../../src/simulator/world/state.js';
import { virtualClock, type VirtualClock } from '../../src/simulator/virtual-clock.js';
import { buildWorld } from '../../src/simulator/world/build.js';
import { prodEstate } from './recorded-estate.js';
import { fixture } from './replay.js';

/** Polls every 10 ms and notes when something first holds, in milliseconds from now. */
class Stopwatch {
  readonly #clock: VirtualClock;
  readonly #begun: number;
  constructor(clock: VirtualClock) {
    this.#clock = clock;
    this.#begun = clock.now();
  }

  async until(holds: () => boolean, limitMs = 60_000): Promise<number> {
    while (!holds()) {
      if (this.#clock.now() - this.#begun > limitMs) throw new Error('it never came to that');
      await this.#clock.advance(10);
    }
    return this.#clock.now() - this.#begun;
  }
}

interface Bench {
  readonly clock: VirtualClock;
  readonly data: SimModel;
  readonly units: readonly SimUnit[];
}

function bench(seed: number): Bench {
  const clock = virtualClock();
  const world = buildWorld({ estate: prodEstate(false), seed, clock });
  const data = [...world.controllers.get('prod')!.models.values()].find(({ name }) => name === 'data')!;
  return { clock, data, units: [...data.applications.values()].flatMap(({ units }) => units) };
}

const seeds = [1, 2, 3, 4, 5, 6, 7, 8];
const isIdle = ({ agent }: SimUnit): boolean => agent.status === 'idle';
const unitsOf = (data: SimModel, name: string): readonly SimUnit[] => data.applications.get(name)!.units;

interface Measured {
  readonly events: readonly { readonly ms: number; readonly what: string; readonly to: string }[];
}

describe('times as measured on a real controller', () => {
  test.each(seeds)(
    'a relation joins 0.3–2.1 s after its making, hooks begin right after (seed %d)',
    async (seed) => {
      const { clock, data } = bench(seed);
      const watch = new Stopwatch(clock);
      const relation = addRelation(data, 'self-signed-certificates:send-ca-cert', 'kafka4:client-cas');
      const seen = unitsOf(data, 'kafka4');
      expect(relation.status).toBe('joining');
      expect(seen.every(isIdle)).toBe(true);
      const joined = await watch.until(() => relation.status === 'joined');
      const busy = await watch.until(() => !seen.every(isIdle));
      expect(joined).toBeGreaterThanOrEqual(300);
      expect(joined).toBeLessThanOrEqual(2110);
      expect(busy).toBeGreaterThanOrEqual(400 - 50);
      expect(busy).toBeLessThanOrEqual(2270);
    },
  );

  test.each(seeds)(
    'a removed relation is listed for 10–12 s, its units are idle again before (seed %d)',
    async (seed) => {
      const { clock, data, units } = bench(seed);
      const relation = addRelation(data, 'self-signed-certificates:certificates', 'pgbouncer:certificates');
      await clock.advance(20_000);
      expect(units.every(isIdle)).toBe(true);
      const watch = new Stopwatch(clock);
      removeRelation(data, 'pgbouncer:certificates', 'self-signed-certificates:certificates');
      await watch.until(() => !units.every(isIdle));
      const idle = await watch.until(() => units.every(isIdle));
      expect(relation.status).toBe('joined');
      const gone = await watch.until(() => !data.relations.has(relation.id));
      expect(idle).toBeGreaterThanOrEqual(3000);
      expect(idle).toBeLessThanOrEqual(8000);
      expect(gone).toBeGreaterThanOrEqual(10_000);
      expect(gone).toBeLessThanOrEqual(12_000);
    },
  );

  test.each(seeds)(
    'hooks of a changed option begin 2 s later, an unchanged one has none (seed %d)',
    async (seed) => {
      const { clock, data } = bench(seed);
      const hydra = data.applications.get('hydra')!;
      setOptions(hydra, { dev: 'true' });
      await clock.advance(5000);
      expect(hydra.units.every(isIdle)).toBe(true);
      const watch = new Stopwatch(clock);
      setOptions(hydra, { dev: 'false' });
      const busy = await watch.until(() => !hydra.units.every(isIdle));
      expect(busy).toBeGreaterThanOrEqual(1990);
      expect(busy).toBeLessThanOrEqual(2020);
    },
  );

  test.each(seeds)(
    'etcd says in the recorded words what it does while it enables peer TLS (seed %d)',
    async (seed) => {
      const { clock, data } = bench(seed);
      const measured = fixture('captures/real/measurements/integrate-etcd-peer.json') as Measured;
      const recorded = measured.events.filter(({ what }) => what === 'unit etcd/0').map(({ to }) => to);
      const words = (text: string): string => text.split('|').slice(0, 2).join('|');
      addRelation(data, 'etcd-ca:certificates', 'etcd:peer-certificates');
      const seen: string[] = [];
      const [first] = unitsOf(data, 'etcd');
      for (let ms = 0; ms < 30_000; ms += 10) {
        await clock.advance(10);
        const now = `${first!.workload.status}|${first!.workload.message}`;
        if (seen.at(-1) !== now) seen.push(now);
      }
      const wanted = recorded.map(words).filter((text, index, all) => text !== all[index - 1]);
      expect(seen).toEqual(wanted);
    },
  );
});
