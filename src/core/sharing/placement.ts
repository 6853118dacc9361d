/** Which unit is to have which part. Every unit works it out for itself from what all of them see. */
import { hashed } from './parts.js';

export interface PlacementScene {
  readonly parts: number;
  /** Units that take parts. */
  readonly members: readonly string[];
  /** Who has a part at present; undefined: nobody, or somebody who takes none any more. */
  readonly holders: readonly (string | undefined)[];
}

/**
 * The wanted owner of each part; undefined only where there are no members. Shares differ by one part at most. Who has
 * a part keeps it unless his share is exceeded, so that only what has to move does: a plain rendezvous would leave
 * shares as uneven as chance has them. What is free goes by rendezvous hashing, so that units agree without a word.
 */
export function placement({ parts, members, holders }: PlacementScene): readonly (string | undefined)[] {
  const owners = new Array<string | undefined>(parts).fill(undefined);
  const shares = sharesOf(parts, countHeld(members, holders));
  for (const [part, holder] of holders.entries()) if (take(shares, holder)) owners[part] = holder;
  for (const { part, member } of pairs(parts, [...shares.keys()]))
    if (owners[part] === undefined && take(shares, member)) owners[part] = member;
  return owners;
}

function countHeld(members: readonly string[], holders: PlacementScene['holders']): Map<string, number> {
  const held = new Map(members.map((member) => [member, 0]));
  for (const holder of holders) {
    const count = holder === undefined ? undefined : held.get(holder);
    if (holder !== undefined && count !== undefined) held.set(holder, count + 1);
  }
  return held;
}

/** How many parts each member may have. Where they do not divide evenly, who has most keeps the one more. */
function sharesOf(parts: number, held: ReadonlyMap<string, number>): Map<string, number> {
  const most = [...held].sort(([a, ofA], [b, ofB]) => ofB - ofA || hashed(a) - hashed(b) || (a < b ? -1 : 1));
  const each = Math.floor(parts / most.length);
  const extras = parts % most.length;
  return new Map(most.map(([member], index) => [member, each + Number(index < extras)]));
}

function take(shares: Map<string, number>, member: string | undefined): boolean {
  const left = member === undefined ? 0 : (shares.get(member) ?? 0);
  if (member === undefined || left === 0) return false;
  shares.set(member, left - 1);
  return true;
}

interface Pair {
  readonly part: number;
  readonly member: string;
  readonly score: number;
}

/** Highest score first. */
function pairs(parts: number, members: readonly string[]): readonly Pair[] {
  const all = members.flatMap((member) =>
    Array.from({ length: parts }, (_, part) => ({ part, member, score: hashed(`${part} ${member}`) })),
  );
  return all.sort((a, b) => b.score - a.score || a.part - b.part || (a.member < b.member ? -1 : 1));
}
