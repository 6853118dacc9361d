import type { ApplicationView, ModelView } from '../../core/evaluate/view.js';
import { isKnown } from '../../core/fact.js';
import {
  evidenceOf,
  fail,
  inconsistent,
  notApplicable,
  notSeen,
  pass,
  unsettled,
  type Judgement,
} from '../../core/judgement.js';
import type { Exposure, Unit } from '../../core/snapshot.js';
import { privateRanges } from './open-address.js';
import { coveredBy, isWorldOpen, parseCidr } from './cidr.js';

/** The reasons that the judgements of the network give. */
export const separationReasons = {
  PublicAddress: 'A unit has an address that the internet can route to.',
  UnitsDiffer: 'Some units have private addresses and others do not.',
  AddressNotShown: 'The address of a unit is not shown, or is a name.',
  NoUnits: 'The application has no units.',
  NeighbourNotShown: 'An application is exposed, and the road does not show to whom or in which space.',
  SpaceShared: 'An application that is open to the world sits in the same network space.',
} as const;

/** Whether every unit has private addresses only, its machine's included. */
export function privateAddresses(app: ApplicationView): Judgement {
  const wanted = 'private addresses only';
  const units = app.get('units');
  if (!isKnown(units)) return notSeen(units, wanted);
  const all = Object.values(units.value);
  if (all.length === 0) return notApplicable('NoUnits', `${app.name} has no units`);
  const rated = all.map((unit) => ({ unit, ...rating(app, unit) }));
  const evidence = rated.map(({ unit, seen }) => evidenceOf(units, seen, wanted, unit.name));
  const open = rated.find(({ kind }) => kind === 'public');
  if (open !== undefined) {
    const message = `${open.unit.name} has a public address: ${open.seen}`;
    const mixed = rated.some(({ kind }) => kind === 'private');
    return mixed
      ? inconsistent('UnitsDiffer', message, ...evidence)
      : fail('PublicAddress', message, ...evidence);
  }
  const hidden = rated.find(({ kind }) => kind === 'unseen');
  if (hidden !== undefined)
    return unsettled('AddressNotShown', `${hidden.unit.name}: ${hidden.seen}`, ...evidence);
  return pass(`all units of ${app.name} have private addresses`, ...evidence);
}

interface Rating {
  readonly kind: 'private' | 'public' | 'unseen';
  readonly seen: string;
}

function rating(app: ApplicationView, unit: Unit): Rating {
  const addresses = addressesOf(app, unit);
  if (addresses.length === 0) return { kind: 'unseen', seen: 'no address shown' };
  const seen = addresses.join(', ');
  if (addresses.some((address) => parseCidr(address) === undefined)) return { kind: 'unseen', seen };
  return {
    kind: addresses.every((address) => coveredBy(privateRanges, address)) ? 'private' : 'public',
    seen,
  };
}

function addressesOf(app: ApplicationView, unit: Unit): readonly string[] {
  const machines = app.model.get('machines');
  const machine = unit.machine !== undefined && isKnown(machines) ? machines.value[unit.machine] : undefined;
  const all = [unit.address, machine?.address, ...(machine?.addresses ?? [])];
  return [...new Set(all.filter((address) => address !== undefined && address !== ''))] as readonly string[];
}

/** Whether no application that is open to the world shares a network space with this one. */
export function ownSpace(app: ApplicationView): Judgement {
  const wanted = 'no application open to the world in the same space';
  const bindings = app.get('bindings');
  if (!isKnown(bindings)) return notSeen(bindings, wanted);
  const own = [...new Set(Object.values(bindings.value))];
  const spaces = own.join(', ');
  const neighbours = neighboursOf(app, own);
  const open = others(neighbours.open, app);
  if (open.length > 0) {
    const names = someOf(open);
    const message = `${app.name} shares a space with what is open to the world: ${names}`;
    return fail('SpaceShared', message, evidenceOf(bindings, `${spaces}, shared with ${names}`, wanted));
  }
  const perhaps = others(neighbours.perhaps, app);
  const seen = evidenceOf(bindings, spaces, wanted);
  if (perhaps.length === 0) return pass(`no application open to the world is in ${spaces}`, seen);
  const names = someOf(perhaps);
  return unsettled('NeighbourNotShown', `to whom or in which space ${names} is exposed is not shown`, seen);
}

/** Each of a thousand applications in one space would name all others otherwise, and say something else at each change. */
const mostNamed = 10;

function someOf(names: readonly string[]): string {
  const shown = names.slice(0, mostNamed).join(', ');
  return names.length > mostNamed ? `${shown} and others` : shown;
}

/**
 * The applications that are open to the world, and those of which the road does not show whether they are: the first
 * few, with one to spare for whom it is asked, and one by which it is seen that there are others.
 */
interface Neighbours {
  readonly open: readonly string[];
  readonly perhaps: readonly string[];
}

/** An application that is, or may be, open to the world. */
interface Open {
  readonly name: string;
  readonly open: 'yes' | 'perhaps';
}

/** With its place among all of them. */
interface Placed {
  readonly one: Open;
  readonly index: number;
}

/** Who is open in which space; whose space or exposure the road does not show may be in any. */
interface OpenBySpace {
  readonly in: ReadonlyMap<string, readonly Placed[]>;
  readonly anywhere: readonly Placed[];
}

function others(names: readonly string[], { name }: ApplicationView): readonly string[] {
  return names.includes(name) ? names.filter((other) => other !== name) : names;
}

/** Most applications are in one space: who sits in another is not judged again for what changes there. */
function neighboursOf(app: ApplicationView, spaces: readonly string[]): Neighbours {
  const [only] = spaces;
  const isInOne = only !== undefined && spaces.length === 1;
  return isInOne ? app.model.derived(openInOne, only) : openIn(app.model, spaces);
}

function openInOne(model: ModelView, space: string): Neighbours {
  return openIn(model, [space]);
}

function openIn(model: ModelView, spaces: readonly string[]): Neighbours {
  const open = model.derived(openBySpace, undefined);
  const found = new Set(open.anywhere);
  for (const space of spaces) for (const placed of open.in.get(space) ?? []) found.add(placed);
  const all = [...found].sort((a, b) => a.index - b.index).map(({ one }) => one);
  const named = (how: Open['open']): readonly string[] =>
    all
      .filter((one) => one.open === how)
      .slice(0, mostNamed + 2)
      .map(({ name }) => name);
  return { open: named('yes'), perhaps: named('perhaps') };
}

/** Looked for once for all applications of a model: each of them would look at all others otherwise. */
function openBySpace(model: ModelView): OpenBySpace {
  const bySpace = new Map<string, Placed[]>();
  const anywhere: Placed[] = [];
  for (const [index, app] of model.unclosed().entries()) {
    const exposure = app.get('exposure');
    const open = isKnown(exposure) ? openness(exposure.value) : 'perhaps';
    if (open === 'no') continue;
    const bindings = isKnown(exposure) ? app.get('bindings') : exposure;
    if (!isKnown(bindings)) {
      anywhere.push({ one: { name: app.name, open: 'perhaps' }, index });
      continue;
    }
    const placed = { one: { name: app.name, open }, index };
    for (const space of new Set(Object.values(bindings.value))) push(bySpace, space, placed);
  }
  return { in: bySpace, anywhere };
}

function push(bySpace: Map<string, Placed[]>, space: string, one: Placed): void {
  const there = bySpace.get(space);
  if (there === undefined) bySpace.set(space, [one]);
  else there.push(one);
}

function openness({ exposed, endpoints }: Exposure): 'yes' | 'no' | 'perhaps' {
  if (!exposed) return 'no';
  const all = Object.values(endpoints ?? {});
  if (all.length === 0) return 'perhaps';
  return all.some(({ cidrs, spaces }) => cidrs.some(isWorldOpen) || cidrs.length + spaces.length === 0)
    ? 'yes'
    : 'no';
}
