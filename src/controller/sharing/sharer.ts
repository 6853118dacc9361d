/**
 * Takes and gives up parts, so that every part is looked after by one living unit. Level-based: each look sees all
 * leases as of one moment, and does whatever brings them nearer to what they are to be.
 */
import { placement } from '../../core/sharing/placement.js';
import type { Clock, Log } from '../../core/ports/index.js';
import { LeaseConflict, type Lease, type SharingPorts } from '../../core/ports/sharing.js';
import type { Holdings } from './holdings.js';
import type { Membership } from './membership.js';
import { partLease, unitOf } from './names.js';
import { Roll, type RollCall } from './roll.js';
import type { Timing } from './timing.js';

export interface SharerOptions {
  readonly unit: string;
  readonly parts: number;
  readonly ports: SharingPorts;
  readonly membership: Membership;
  readonly holdings: Holdings;
  readonly clock: Clock;
  readonly log: Log;
  readonly timing: Timing;
}

/** Parts that are asked for at the same time. */
const atOnce = 8;

export class Sharer {
  private readonly options: SharerOptions;
  private readonly roll: Roll;
  private readonly ended = new AbortController();
  private loops: readonly Promise<void>[] = [];
  private last: RollCall | undefined;
  private said: string | undefined;
  private leaving = false;

  constructor(options: SharerOptions) {
    this.options = options;
    const { parts, ports, timing } = options;
    this.roll = new Roll({ parts, timing, monotonic: ports.monotonic });
  }

  start(): void {
    // Who is not known to live yet gets no parts: so the first look comes after the first word of it.
    const renewed = this.options.membership.renew();
    this.loops = [renewed.then(() => this.renewing()), renewed.then(() => this.looking())];
  }

  /** What the last look saw; undefined before the first. */
  get seen(): RollCall | undefined {
    return this.last;
  }

  /** Why parts are not moved at present; undefined where they are. */
  get trouble(): string | undefined {
    return this.said;
  }

  /** Gives up everything as soon as the steps in hand are done, and ends. */
  async stop(): Promise<void> {
    const { membership, holdings } = this.options;
    this.leaving = true;
    await membership.leave();
    await Promise.all(holdings.all().map((part) => this.giveUp(part)));
    this.ended.abort();
    await Promise.all(this.loops);
    await membership.end();
  }

  private async renewing(): Promise<void> {
    const { membership, timing } = this.options;
    await this.forever(async () => ((await membership.renew()) ? timing.renewEvery : timing.renewAgain));
  }

  private async looking(): Promise<void> {
    await this.forever(async () => {
      const { timing, ports } = this.options;
      try {
        const call = await this.look();
        // Who is overdue already can only be waited for: he may have been heard of meanwhile.
        const wait = call.nextExpiry() - ports.monotonic();
        return wait > 0 ? Math.min(wait, timing.lookEvery) : timing.renewAgain;
      } catch (error) {
        this.say(error instanceof Error ? error.message : String(error));
        return timing.renewAgain;
      }
    });
  }

  private async forever(turn: () => Promise<number>): Promise<void> {
    const { signal } = this.ended;
    while (!signal.aborted) {
      const pause = await turn();
      await this.options.clock.sleep(pause, signal).catch(() => undefined);
    }
  }

  private async look(): Promise<RollCall> {
    const { ports, membership } = this.options;
    const call = this.roll.read(await ports.leases.list());
    for (const member of call.overdue()) {
      if (member.unit === this.options.unit) continue;
      const { name, notes } = member.lease;
      if (await this.put({ name, holder: '', notes }, member.lease)) call.bury(member);
    }
    this.last = call;
    this.dropLost(call);
    if (membership.isFresh() && !this.leaving) await this.rearrange(call);
    return call;
  }

  private dropLost(call: RollCall): void {
    const { holdings, membership } = this.options;
    for (const part of holdings.all()) {
      const holder = call.holdings[part]?.holder ?? '';
      if (holder !== membership.holder)
        holdings.lose(part, `its lease names ${holder === '' ? 'nobody' : holder}`);
    }
  }

  private async rearrange(call: RollCall): Promise<void> {
    const { unit, parts, holdings } = this.options;
    const living = call.living();
    const stranger = living.find((member) => member.parts !== parts);
    if (stranger !== undefined) {
      this.say(`${stranger.unit} cuts the estate into ${stranger.parts} parts, and ${unit} into ${parts}`);
      return;
    }
    this.say(undefined);
    const members = living.filter(({ leaving }) => !leaving).map((member) => member.unit);
    const holders = call.holdings.map((lease) => lease && unitOf(lease.holder));
    const owners = placement({ parts, members, holders });
    for (const [part, owner] of owners.entries()) if (owner !== unit) void this.giveUp(part);
    const wanted = [...owners.keys()].filter(
      (part) => owners[part] === unit && holdings.state(part) === undefined,
    );
    for (let next = 0; next < wanted.length; next += atOnce)
      await Promise.all(wanted.slice(next, next + atOnce).map((part) => this.take(part, call)));
    for (const part of this.forgotten(call, owners)) await this.release(part);
  }

  /** Leases that name this life without its having the part: it was to be given back, and that did not work. */
  private forgotten({ holdings }: RollCall, owners: readonly (string | undefined)[]): readonly Lease[] {
    const { membership, unit, holdings: own } = this.options;
    return holdings.flatMap((lease, part) =>
      lease?.holder === membership.holder && owners[part] !== unit && own.state(part) === undefined
        ? [lease]
        : [],
    );
  }

  private async take(part: number, call: RollCall): Promise<void> {
    const { membership, holdings } = this.options;
    const before = call.holdings[part];
    const { holder = '' } = before ?? {};
    const isFree = holder === membership.holder || membership.isPast(holder) || !call.lives(holder);
    if (!membership.isFresh() || !isFree) return;
    const lease = await this.put({ name: partLease(part), holder: membership.holder, notes: {} }, before);
    if (lease?.holder === membership.holder && !this.leaving) void holdings.open(part, lease);
  }

  private async giveUp(part: number): Promise<void> {
    const lease = await this.options.holdings.close(part);
    if (lease !== undefined) await this.release(lease);
  }

  /** Where that does not work the next look sees it, or others see this unit end. */
  private async release(lease: Lease): Promise<void> {
    try {
      await this.put({ name: lease.name, holder: '', notes: lease.notes }, lease);
    } catch (error) {
      this.options.log.debug({ lease: lease.name, trouble: String(error) }, 'a lease was not given back');
    }
  }

  /** The lease as it is now; undefined when somebody else was first. */
  private async put(
    text: Parameters<SharingPorts['leases']['put']>[0],
    before: Lease | undefined,
  ): Promise<Lease | undefined> {
    try {
      return await this.options.ports.leases.put(text, before);
    } catch (error) {
      if (error instanceof LeaseConflict) return undefined;
      throw error;
    }
  }

  private say(trouble: string | undefined): void {
    if (trouble !== undefined && trouble !== this.said)
      this.options.log.warn({ trouble }, 'parts of the estate are not moved between units');
    this.said = trouble;
  }
}
