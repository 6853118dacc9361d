import { describe, expect, test } from '@jest/globals';
import { fullStatus } from '../api/full-status.js';
import { demoEstate } from '../estates/demo.js';
import { virtualClock } from '../virtual-clock.js';
import { buildWorld } from './build.js';
import { addRelation, removeRelation } from './relations.js';

/** Everything that shows of the world after a relation came and went, with the seed in hand. */
async function story(seed: number): Promise<string> {
  const clock = virtualClock();
  const world = buildWorld({ estate: demoEstate, seed, clock });
  const controller = world.controllers.get('prod')!;
  const data = [...controller.models.values()].find(({ name }) => name === 'data')!;
  addRelation(data, 'etcd:peer-certificates', 'etcd-ca:certificates');
  const seen: string[] = [];
  for (let step = 0; step < 200; step += 1) {
    await clock.advance(100);
    if (step === 100) removeRelation(data, 'etcd:peer-certificates', 'etcd-ca:certificates');
    seen.push(JSON.stringify(fullStatus(data, controller.users.get('admin')!)));
  }
  return seen.join('\n');
}

describe('a world', () => {
  test('goes the same way with the same seed, another with another', async () => {
    const [first, again, other] = [await story(5), await story(5), await story(6)];
    expect(first === again).toBe(true);
    expect(first === other).toBe(false);
  });

  test('has units beside each principal, placed on its machine', () => {
    const world = buildWorld({ estate: demoEstate, seed: 1, clock: virtualClock() });
    const vault = [...world.controllers.get('edge')!.models.values()].find(({ name }) => name === 'vault')!;
    const pro = vault.applications.get('ubuntu-pro')!.units;
    expect(pro.map(({ name, principal, leader }) => [name, principal?.name, leader])).toEqual([
      ['ubuntu-pro/0', 'charmed-etcd/0', true],
      ['ubuntu-pro/1', 'charmed-etcd/1', false],
      ['ubuntu-pro/2', 'charmed-etcd/2', false],
    ]);
    expect(pro[0]!.workload.message).toBe('Attached (esm-apps,esm-infra,livepatch)');
  });

  test('refuses an estate that consumes what nobody offers', () => {
    const models = [{ name: 'm', applications: [], consumes: [{ model: 'm', offer: 'nothing' }] }];
    const estate = { controllers: [{ name: 'c', models }] };
    expect(() => buildWorld({ estate, seed: 1, clock: virtualClock() })).toThrow('which nobody offers');
  });
});
