/** Trouble of all kinds for units that share an estate, as a seed has it. */
import type { Chance } from '../chance.js';
import type { Fleet } from './fleet.js';
import type { Far } from './host.js';

/** Lets things go wrong for `ms`, and then makes peace. */
export async function trouble(fleet: Fleet, ms: number): Promise<void> {
  const own = fleet.chance.fork('trouble');
  const end = fleet.kernel.now() + ms;
  while (fleet.kernel.now() < end) {
    await fleet.pass(own.between(500, 12_000));
    happen(fleet, own);
    for (const model of fleet.estate.exposed.keys()) if (own.happens(0.15)) fleet.drift(model);
  }
  for (const [name, { host }] of fleet.units) {
    host.cutOff.clear();
    if (host.isOver) await fleet.startUnit(name);
  }
}

const deeds: readonly ((fleet: Fleet, own: Chance, name: string) => void)[] = [
  kill,
  kill,
  (fleet, own, name) => {
    fleet.unit(name).host.freeze(own.between(500, 30_000));
  },
  (fleet, own, name) => {
    cut(fleet, own, name, 'leases');
  },
  (fleet, own, name) => {
    cut(fleet, own, name, 'journal');
  },
  (fleet, own, name) => {
    fleet.unit(name).host.skew += own.between(-86_400_000, 86_400_000);
  },
];

function happen(fleet: Fleet, own: Chance): void {
  own.pick(deeds)(fleet, own, own.pick([...fleet.units.keys()]));
}

/** It comes back after a while. */
function kill(fleet: Fleet, own: Chance, name: string): void {
  const { host } = fleet.unit(name);
  if (host.isOver) return;
  fleet.kill(name);
  fleet.kernel.after(own.between(100, 20_000), () => {
    if (fleet.unit(name).host.isOver) void fleet.startUnit(name);
  });
}

function cut(fleet: Fleet, own: Chance, name: string, far: Far): void {
  const { host } = fleet.unit(name);
  host.cutOff.add(far);
  fleet.kernel.after(own.between(1000, 30_000), () => host.cutOff.delete(far));
}
