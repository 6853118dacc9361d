/** Who is there and who has what, as one look at all leases shows it. */
import type { Lease } from '../../core/ports/sharing.js';
import { partLease, unitIn, unitOf } from './names.js';
import { Sightings } from './sightings.js';
import type { Timing } from './timing.js';

/** A unit by its lease. */
export interface Member {
  readonly unit: string;
  readonly lease: Lease;
  readonly leaving: boolean;
  /** Into how many parts it thinks that the estate is cut. */
  readonly parts: number;
  /** When it is to be taken for dead unless it is heard of before, ms of the own clock. */
  readonly expires: number;
}

export interface RollOptions {
  readonly parts: number;
  readonly timing: Pick<Timing, 'duration' | 'blindAfter'>;
  /** What is read now is as of this moment (ms) of a clock that only goes forward. */
  readonly monotonic: () => number;
}

/** Remembers from look to look what changed when. */
export class Roll {
  private readonly options: RollOptions;
  private readonly sightings = new Sightings();
  private lastRead = Infinity;

  constructor(options: RollOptions) {
    this.options = options;
  }

  read(leases: readonly Lease[]): RollCall {
    const { parts, timing, monotonic } = this.options;
    const now = monotonic();
    // While we could not look, nobody could be heard of: after an outage of the API server all would seem dead.
    const blind = now - this.lastRead - timing.blindAfter;
    if (blind > 0) this.sightings.skip(blind);
    this.lastRead = now;
    const byName = new Map(leases.map((lease) => [lease.name, lease]));
    const members = leases.flatMap((lease) => this.member(lease, now));
    const all = new RollCall(members, now);
    const holdings = Array.from({ length: parts }, (_, part) => byName.get(partLease(part)));
    const ghosts = new Set<string>();
    for (const { holder = '' } of holdings.flatMap((lease) => lease ?? [])) {
      if (!all.isGhost(holder)) continue;
      ghosts.add(holder);
      all.ghosts.set(holder, this.sightings.note(holder, holder, now) + timing.duration);
    }
    this.sightings.keep(new Set([...byName.keys(), ...ghosts]));
    all.holdings = holdings;
    return all;
  }

  private member(lease: Lease, now: number): readonly Member[] {
    const unit = unitIn(lease.name);
    if (unit === undefined) return [];
    const expires = this.sightings.note(lease.name, lease.version, now) + this.options.timing.duration;
    const { parts = '', leaving } = lease.notes;
    return [{ unit, lease, expires, leaving: leaving !== undefined, parts: Number(parts) }];
  }
}

export class RollCall {
  readonly members: ReadonlyMap<string, Member>;
  /** By part. */
  holdings: readonly (Lease | undefined)[] = [];
  /** Lives that hold parts and have no lease of their own, with the moment at which they are taken for dead. */
  readonly ghosts = new Map<string, number>();
  private readonly now: number;
  private readonly buried = new Set<string>();

  constructor(members: readonly Member[], now: number) {
    this.members = new Map(members.map((member) => [member.unit, member]));
    this.now = now;
  }

  /** Units that live. */
  living(): readonly Member[] {
    return [...this.members.values()].filter(({ lease: { holder } }) => this.lives(holder));
  }

  /** Units that were not heard of for too long, and that nobody has declared dead yet. */
  overdue(): readonly Member[] {
    return [...this.members.values()].filter(
      ({ lease: { holder }, expires }) => holder !== '' && expires <= this.now && !this.buried.has(holder),
    );
  }

  /** It was declared dead: from now on it knows by its own lease. */
  bury({ lease: { holder } }: Member): void {
    this.buried.add(holder);
  }

  /** Whether a holder may still believe that it holds what it held. */
  lives(holder: string): boolean {
    if (holder === '' || this.buried.has(holder)) return false;
    const ghost = this.ghosts.get(holder);
    if (ghost !== undefined) return ghost > this.now;
    // Not heard of for too long is not dead yet: it may renew its lease, until somebody declares it dead.
    return this.members.get(unitOf(holder))?.lease.holder === holder;
  }

  /** Whether it has no lease of its own that would tell of its death: it was removed, or a later life has it. */
  isGhost(holder: string): boolean {
    if (holder === '') return false;
    const member = this.members.get(unitOf(holder));
    return member === undefined || (member.lease.holder !== '' && member.lease.holder !== holder);
  }

  /** The next moment (ms) at which somebody is to be taken for dead; Infinity where nobody is. */
  nextExpiry(): number {
    const members = [...this.members.values()].filter(({ lease: { holder } }) => this.lives(holder));
    const ghosts = [...this.ghosts.values()].filter((expires) => expires > this.now);
    return Math.min(...members.map(({ expires }) => expires), ...ghosts);
  }
}
