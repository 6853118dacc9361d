import { newDict } from '../../core/dict.js';
import type { Relation, RelationEnd } from '../../core/snapshot.js';
import { branch, text, textOr, type Branch } from './json.js';

/** The relations of a status, by application (remote ones too) and all together; peer relations are left out. */
export interface RelationTable {
  readonly all: readonly Relation[];
  readonly byApplication: Record<string, Relation[]>;
}

/** One end as the status shows it under its own application: it names the other application, not its endpoint. */
interface Sighting {
  readonly end: RelationEnd;
  /** Empty in statuses that list related applications by name only. */
  readonly interface: string;
  readonly scope: string | undefined;
}

interface Pair {
  readonly near: string;
  readonly far: string;
  readonly nearSeen: Sighting[];
  readonly farSeen: Sighting[];
}

/** By near, then far application: two look-ups cost less than gluing names into one key. */
type Pairs = Map<string, Map<string, Pair>>;

/**
 * Puts the two ends of each relation together. A status shows for each endpoint only the applications at the other
 * end, each once, even when two relations lead there. One endpoint on either side makes the pairing certain; where
 * both sides have several of one interface, each end is told alone, with the other end's endpoint left out.
 */
export function readRelations(applications: Branch, remotes: Branch): RelationTable {
  const pairs: Pairs = new Map();
  for (const name of Object.keys(applications)) sightLocal(pairs, name, branch(applications[name]), remotes);
  for (const name of Object.keys(remotes)) sightRemote(pairs, name, branch(remotes[name]));
  const all: Relation[] = [];
  const byApplication = newDict<Relation[]>();
  for (const ofNear of pairs.values()) {
    for (const pair of ofNear.values()) {
      const told = relationsOf(pair);
      for (const relation of told.all) all.push(relation);
      addTo(byApplication, pair.near, told.near);
      addTo(byApplication, pair.far, told.far);
    }
  }
  return { all, byApplication };
}

function addTo(table: Record<string, Relation[]>, name: string, relations: readonly Relation[]): void {
  const list = (table[name] ??= []);
  for (const relation of relations) list.push(relation);
}

function sightLocal(pairs: Pairs, name: string, raw: Branch, remotes: Branch): void {
  const endpoints = branch(raw['relations']);
  for (const endpoint of Object.keys(endpoints)) {
    const related = endpoints[endpoint];
    if (!Array.isArray(related)) continue;
    for (const item of related as unknown[]) {
      const entry = branch(item);
      const other = typeof item === 'string' ? item : text(entry['related-application']);
      const seen = {
        end: { application: name, endpoint },
        interface: text(entry['interface']),
        scope: textOr(entry['scope']),
      };
      if (other !== '' && other !== name)
        sight(pairs, { self: name, other, otherIsRemote: Object.hasOwn(remotes, other) }, seen);
    }
  }
}

function sightRemote(pairs: Pairs, name: string, raw: Branch): void {
  const relations = branch(raw['relations']);
  const endpoints = branch(raw['endpoints']);
  for (const endpoint of Object.keys(relations)) {
    const described = branch(endpoints[endpoint]);
    const role = text(described['role']);
    const end =
      role === ''
        ? { application: name, endpoint, remote: true }
        : { application: name, endpoint, remote: true, role };
    const seen = { end, interface: text(described['interface']), scope: undefined };
    const related = relations[endpoint];
    if (!Array.isArray(related)) continue;
    for (const other of related as unknown[]) {
      if (typeof other === 'string' && other !== name)
        sight(pairs, { self: name, other, selfIsRemote: true }, seen);
    }
  }
}

interface Meeting {
  readonly self: string;
  readonly other: string;
  readonly selfIsRemote?: boolean;
  readonly otherIsRemote?: boolean;
}

/** A remote application is always the far end; between two local ones the name decides. */
function sight(pairs: Pairs, { self, other, selfIsRemote, otherIsRemote }: Meeting, seen: Sighting): void {
  const near = selfIsRemote !== true && (otherIsRemote === true || self < other);
  const pair = near ? pairOf(pairs, self, other) : pairOf(pairs, other, self);
  const side = near ? pair.nearSeen : pair.farSeen;
  for (const earlier of side) if (earlier.end.endpoint === seen.end.endpoint) return;
  side.push(seen);
}

function pairOf(pairs: Pairs, near: string, far: string): Pair {
  let ofNear = pairs.get(near);
  if (ofNear === undefined) pairs.set(near, (ofNear = new Map<string, Pair>()));
  let pair = ofNear.get(far);
  if (pair === undefined) ofNear.set(far, (pair = { near, far, nearSeen: [], farSeen: [] }));
  return pair;
}

interface Told {
  readonly all: readonly Relation[];
  readonly near: readonly Relation[];
  readonly far: readonly Relation[];
}

function relationsOf(pair: Pair): Told {
  const { nearSeen, farSeen } = pair;
  const sure = nearSeen.length === 0 || farSeen.length === 0 || nearSeen.length + farSeen.length === 2;
  if (sure || !nearSeen.every(hasInterface) || !farSeen.every(hasInterface)) return join(pair);
  const interfaces = new Set([...nearSeen, ...farSeen].map((seen) => seen.interface));
  const told = [...interfaces].map((name) => {
    const same = (seen: Sighting): boolean => seen.interface === name;
    return join({ ...pair, nearSeen: nearSeen.filter(same), farSeen: farSeen.filter(same) });
  });
  return {
    all: told.flatMap((part) => part.all),
    near: told.flatMap((part) => part.near),
    far: told.flatMap((part) => part.far),
  };
}

function hasInterface(seen: Sighting): boolean {
  return seen.interface !== '';
}

function join(pair: Pair): Told {
  const { nearSeen, farSeen } = pair;
  const [nearOne, farOne] = [nearSeen[0], farSeen[0]];
  if (nearOne !== undefined && farOne !== undefined) {
    if (nearSeen.length === 1) return shared(farSeen.map((seen) => relation(nearOne, seen)));
    if (farSeen.length === 1) return shared(nearSeen.map((seen) => relation(seen, farOne)));
  }
  const near = nearSeen.map((seen) => relation(seen, hidden(pair.far)));
  const far = farSeen.map((seen) => relation(hidden(pair.near), seen));
  if (near.length === 0) return shared(far);
  if (far.length === 0) return shared(near);
  return { all: near.length >= far.length ? near : far, near, far };
}

function shared(relations: readonly Relation[]): Told {
  return { all: relations, near: relations, far: relations };
}

/** The other end of a relation, of which only the application is known. */
function hidden(application: string): Sighting {
  return { end: { application }, interface: '', scope: undefined };
}

function relation(near: Sighting, far: Sighting): Relation {
  const ends = [withRole(near.end, far.end), far.end] as const;
  const name = near.interface === '' ? far.interface : near.interface;
  const scope = near.scope ?? far.scope;
  return scope === undefined ? { interface: name, ends } : { interface: name, scope, ends };
}

/** A status tells roles for remote endpoints only; the end before it has the opposite one. */
function withRole(end: RelationEnd, opposite: RelationEnd): RelationEnd {
  if (opposite.role === 'provider') return { ...end, role: 'requirer' };
  return opposite.role === 'requirer' ? { ...end, role: 'provider' } : end;
}
