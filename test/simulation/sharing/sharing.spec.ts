/** Units that share an estate, on virtual time: who works on what when a unit dies, stands still or is cut off. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { partName } from '../../../src/core/sharing/parts.js';
import { wideLimits } from '../../support/rig.js';
import { Fleet, type FleetOptions } from './fleet.js';
import { trouble } from './trouble.js';

/** More of them take longer. */
const seeds = Number(process.env['SHARING_SEEDS'] ?? '12');

/** A lease holds for 10 s; its death is seen, and its parts are begun, within 3 s more. */
const takeOver = 13_000;

let fleet: Fleet;

async function begun(options: Partial<FleetOptions> = {}): Promise<Fleet> {
  fleet = new Fleet({ seed: 1, units: 3, models: 12, parts: 8, ...options });
  await fleet.begin();
  return fleet;
}

afterEach(() => {
  fleet.end();
  expect(fleet.violations).toEqual([]);
});

/** Whether parts of a unit are all worked on by others, whatever it thinks itself. */
function handedOver(parts: readonly string[], name: string): () => boolean {
  const others = [...fleet.units.keys()].filter((other) => other !== name);
  return () => {
    const held = new Set(others.flatMap((other) => fleet.held(other)));
    return parts.every((part) => held.has(part));
  };
}

const modelsIn = (parts: readonly string[]): readonly string[] =>
  [...fleet.estate.exposed.keys()].filter((model) => parts.includes(fleet.partOf(model)));

describe('units that share an estate', () => {
  it('each have their share of it, every part has one, and what drifts is mended once', async () => {
    await begun();
    const shares = [0, 1, 2].map((n) => fleet.held(`u-${n}`).length);
    expect(shares.toSorted()).toEqual([2, 3, 3]);
    expect([...fleet.holders().keys()].sort()).toEqual([...Array(8).keys()].map(partName));
    for (const model of fleet.estate.exposed.keys()) fleet.drift(model);
    expect(await fleet.until(() => fleet.open().length === 0, 120_000)).toBeLessThan(120_000);
    expect(fleet.estate.spawned.map(({ model }) => model).sort()).toEqual(
      [...fleet.estate.exposed.keys()].sort(),
    );
  });

  it('look at each model as often as one unit alone would', async () => {
    await begun();
    const from = fleet.kernel.now();
    await fleet.pass(60_000);
    for (const looks of fleet.estate.looks.values())
      expect(looks.filter((at) => at > from).length).toBeLessThanOrEqual(16);
  });

  it('do not move anything while nothing happens', async () => {
    await begun();
    const before = [...fleet.holders()].sort();
    await fleet.pass(5 * 60_000);
    expect([...fleet.holders()].sort()).toEqual(before);
  });

  it('take over from one that died, soon enough, and nothing else moves', async () => {
    await begun();
    const [had, others] = [fleet.held('u-1'), [...fleet.holders()].filter(([, name]) => name !== 'u-1')];
    for (const model of modelsIn(had)) fleet.drift(model);
    fleet.kill('u-1');
    const ms = await fleet.until(() => had.every((part) => fleet.holders().has(part)), 60_000);
    expect(ms).toBeLessThanOrEqual(takeOver);
    for (const [part, name] of others) expect(fleet.holders().get(part)).toBe(name);
    expect(await fleet.until(() => fleet.open().length === 0, 60_000)).toBeLessThan(60_000);
  });

  it('take over at once from one that ends in order', async () => {
    await begun();
    const had = fleet.held('u-1');
    void fleet.unit('u-1').daemon?.stop();
    expect(await fleet.until(handedOver(had, 'u-1'), 60_000)).toBeLessThanOrEqual(3000);
  });

  it('give back its share to one that comes again, and only that', async () => {
    await begun();
    fleet.kill('u-1');
    await fleet.pass(20_000);
    const before = new Map(fleet.holders());
    await fleet.startUnit('u-1');
    await fleet.pass(10_000);
    const moved = [...fleet.holders()].filter(([part, name]) => before.get(part) !== name);
    expect(fleet.held('u-1').length).toBeGreaterThanOrEqual(2);
    expect(moved.map(([, name]) => name)).toEqual(fleet.held('u-1').map(() => 'u-1'));
  });

  it('leave a unit that comes back within its time what it had', async () => {
    await begun();
    const before = [...fleet.holders()].sort();
    fleet.kill('u-1');
    await fleet.pass(2000);
    await fleet.startUnit('u-1');
    await fleet.pass(4000);
    expect([...fleet.holders()].sort()).toEqual(before);
  });

  it('do nothing where they are cut off from the API server, and others go on there', async () => {
    await begun();
    const had = fleet.held('u-1');
    const [cut] = [fleet.unit('u-1')];
    cut.host.cutOff.add('leases');
    expect(await fleet.until(handedOver(had, 'u-1'), 60_000)).toBeLessThanOrEqual(takeOver);
    for (const model of modelsIn(had)) fleet.drift(model);
    expect(await fleet.until(() => fleet.open().length === 0, 60_000)).toBeLessThan(60_000);
    expect(fleet.estate.spawned.map(({ unit }) => unit.name)).not.toContain('u-1');
    expect(cut.daemon?.readiness().reasons.join()).toContain('u-1 begins nothing');
    cut.host.cutOff.clear();
    await fleet.pass(10_000);
    expect(fleet.held('u-1').length).toBeGreaterThanOrEqual(2);
    expect(cut.daemon?.readiness()).toEqual({ ready: true, reasons: [] });
  });

  it.each([
    ['', 0],
    [', be its clock set back meanwhile', -86_400_000],
    [', be its clock set forward meanwhile', 86_400_000],
  ])('begin nothing once two thirds of their time are over without a renewal%s', async (_, by) => {
    await begun({ units: 1 });
    fleet.unit('u-0').host.cutOff.add('leases');
    await fleet.pass(4000);
    fleet.unit('u-0').host.skew += by;
    await fleet.pass(3000);
    for (const model of fleet.estate.exposed.keys()) fleet.drift(model);
    await fleet.pass(60_000);
    expect(fleet.estate.spawned).toEqual([]);
    fleet.unit('u-0').host.cutOff.clear();
    expect(await fleet.until(() => fleet.open().length === 0, 120_000)).toBeLessThan(120_000);
  });

  it('go on where they were when the API server was away for all of them', async () => {
    await begun();
    const before = [...fleet.holders()].sort();
    fleet.room.unheard = 0;
    for (const { host } of fleet.units.values()) host.cutOff.add('leases');
    await fleet.pass(60_000);
    for (const name of ['u-2', 'u-0', 'u-1']) {
      fleet.unit(name).host.cutOff.clear();
      await fleet.pass(3000);
    }
    await fleet.pass(10_000);
    expect([...fleet.holders()].sort()).toEqual(before);
    expect([...fleet.units.values()].every(({ daemon }) => daemon?.readiness().ready === true)).toBe(true);
  });

  it.each([
    ['a day ahead', 86_400_000],
    ['a day back', -86_400_000],
  ])('do not care what the clock of one of them says that is set %s', async (_, by) => {
    await begun();
    const before = [...fleet.holders()].sort();
    fleet.unit('u-0').host.skew += by;
    await fleet.pass(30_000);
    expect([...fleet.holders()].sort()).toEqual(before);
    for (const model of fleet.estate.exposed.keys()) fleet.drift(model);
    expect(await fleet.until(() => fleet.open().length === 0, 180_000)).toBeLessThan(180_000);
  });

  it('take over from one that stands still in the middle of a step, which does not go on when it wakes', async () => {
    await begun();
    const had = fleet.held('u-1');
    const models = modelsIn(had);
    for (const model of models) fleet.drift(model);
    await fleet.until(() => fleet.memory.steps.size > 0, 20_000);
    fleet.unit('u-1').host.freeze(40_000);
    expect(await fleet.until(handedOver(had, 'u-1'), 60_000)).toBeLessThanOrEqual(takeOver);
    expect(await fleet.until(() => fleet.open().length === 0, 120_000)).toBeLessThan(120_000);
    await fleet.pass(60_000);
    expect(fleet.held('u-1').length).toBeGreaterThanOrEqual(2);
  });

  it('leave a place alone for as long as a process of a dead unit may run there', async () => {
    await begun({ units: 2 });
    fleet.estate.longest = 1;
    for (const model of fleet.estate.exposed.keys()) fleet.drift(model);
    await fleet.until(() => fleet.estate.spawned.length > 0, 20_000);
    await fleet.pass(100);
    fleet.kill(fleet.estate.spawned[0]?.unit.name ?? '');
    expect(await fleet.until(() => fleet.open().length === 0, 300_000)).toBeLessThan(300_000);
  });

  it('take nothing from a process that is called the same and lives', async () => {
    await begun();
    const first = fleet.unit('u-1');
    const had = first.daemon?.sharing?.().held;
    await fleet.startUnit('u-1');
    await fleet.pass(60_000);
    expect(fleet.held('u-1')).toEqual([]);
    expect(fleet.unit('u-1').daemon?.readiness().reasons.join()).toContain(
      'another process is called u-1, too',
    );
    expect(first.daemon?.sharing?.()).toMatchObject({ held: had, members: ['u-0', 'u-1', 'u-2'] });
    expect(first.daemon?.readiness()).toEqual({ ready: true, reasons: [] });
    first.host.end();
    expect(await fleet.until(() => fleet.held('u-1').length > 0, 30_000)).toBeLessThan(30_000);
  });

  it('take nothing while they do not agree into how many parts the estate is cut', async () => {
    await begun({ units: 2 });
    const before = [...fleet.holders()].sort();
    await fleet.startUnit('u-2', 0, 4);
    await fleet.pass(20_000);
    expect(fleet.held('u-2')).toEqual([]);
    expect([...fleet.holders()].sort()).toEqual(before);
    expect(fleet.unit('u-2').daemon?.readiness().reasons.join()).toMatch(
      /cuts the estate into 8 parts, and u-2 into 4/,
    );
  });

  it('hold the cap of changes in an hour among all of them', async () => {
    const limits = [{ ...wideLimits, perHour: 4 }];
    await begun({ policy: { limits } });
    for (const model of fleet.estate.exposed.keys()) fleet.drift(model);
    await fleet.pass(10 * 60_000);
    expect(fleet.estate.spawned).toHaveLength(4);
    expect(new Set(fleet.estate.spawned.map(({ unit }) => unit.name)).size).toBeGreaterThanOrEqual(2);
  });

  it('let a pause that a person gives to one be a pause for all', async () => {
    await begun();
    const at = '2026-11-22T06:00:00Z';
    await fleet.journal.write({ type: 'pause', pause: { id: 'p', by: 'alice', at } });
    for (const model of fleet.estate.exposed.keys()) fleet.drift(model);
    await fleet.pass(120_000);
    expect(fleet.estate.spawned).toEqual([]);
    await fleet.journal.write({ type: 'resume', pause: 'p' });
    expect(await fleet.until(() => fleet.open().length === 0, 180_000)).toBeLessThan(180_000);
  });
});

describe('units that share an estate in trouble of all kinds', () => {
  it.each(Array.from({ length: seeds }, (_, n) => n + 1))(
    'never do twice, side by side or in a part that they lost: seed %i',
    async (seed) => {
      const limits = [{ ...wideLimits, attempts: 1000 }];
      await begun({ seed, units: 2 + (seed % 3), policy: { limits } });
      await trouble(fleet, 4 * 60_000);
      expect(await fleet.until(() => fleet.open().length === 0, 10 * 60_000)).toBeLessThan(Infinity);
      expect(await fleet.until(() => fleet.holders().size === 8, 60_000)).toBeLessThan(Infinity);
      expect(await fleet.journal.verifyChain()).toMatchObject({ state: 'whole' });
    },
  );
});
