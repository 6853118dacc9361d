/**
 * The lease of this unit, by which the others know that it lives. One heartbeat speaks for all parts that it holds: who
 * wants one of them has to declare the unit dead first, by writing its lease. So a renewal that is accepted proves that
 * nobody has, and one that is refused that somebody may have.
 */
import { LeaseConflict, type Lease, type SharingPorts } from '../../core/ports/sharing.js';
import type { Clock } from '../../core/ports/time.js';
import { holderId, memberLease } from './names.js';
import { Sightings } from './sightings.js';
import type { Timing } from './timing.js';

export interface MembershipOptions {
  readonly unit: string;
  readonly parts: number;
  readonly ports: SharingPorts;
  readonly clock: Clock;
  readonly timing: Timing;
  /** The others may have taken this unit for dead: what it held is not its own any more. */
  readonly onLost: (why: string) => void;
}

export class Membership {
  private readonly options: MembershipOptions;
  private readonly sightings = new Sightings();
  private lease: Lease | undefined;
  private id: string;
  /** Earlier lives of this unit, known to be over. */
  private readonly past = new Set<string>(['']);
  private renewed: { readonly monotonic: number; readonly wall: number } | undefined;
  private state: 'new' | 'in' | 'lost' | 'leaving' = 'new';
  private said: string | undefined = 'it has not joined yet';

  constructor(options: MembershipOptions) {
    this.options = options;
    const { unit, ports } = options;
    if (ports.before !== undefined) this.past.add(holderId(unit, ports.before));
    this.id = holderId(unit, ports.newInstance());
  }

  /** The holder that the leases of its parts name: another one in every life. */
  get holder(): string {
    return this.id;
  }

  /** Whether it is over with whoever held a lease: nobody does, or an earlier life of this unit did. */
  isPast(holder: string): boolean {
    return this.past.has(holder);
  }

  /** What went wrong last; undefined when nothing did. */
  get trouble(): string | undefined {
    return this.said;
  }

  /**
   * Whether nobody can have taken this unit for dead. A machine that slept may have a clock that slept, too: the one
   * of the two clocks that ran further counts.
   */
  isFresh(): boolean {
    if (this.renewed === undefined) return false;
    const { ports, clock, timing } = this.options;
    const { monotonic, wall } = this.renewed;
    return Math.max(ports.monotonic() - monotonic, clock.now() - wall) < timing.fresh;
  }

  /** Lets the others know that this unit lives. Never rejects; true when they do. */
  async renew(): Promise<boolean> {
    try {
      if (this.state === 'new' || this.state === 'lost') await this.find();
      if ((this.state === 'new' || this.state === 'lost') && !this.mayJoin()) return false;
      await this.write(this.id);
      return true;
    } catch (error) {
      this.said = error instanceof Error ? error.message : String(error);
      if (error instanceof LeaseConflict) await this.settle();
      return false;
    }
  }

  /** The others no longer give it parts; what it holds stays its own until it gives it up. */
  async leave(): Promise<void> {
    if (this.state !== 'in') return;
    this.state = 'leaving';
    await this.renew();
  }

  /** Nothing is held any more: the others need not wait until the lease has expired. */
  async end(): Promise<void> {
    this.renewed = undefined;
    if (this.lease === undefined || this.state === 'lost') return;
    await this.options.ports.leases.put(this.text(''), this.lease).catch(() => undefined);
  }

  private async write(holder: string): Promise<void> {
    const { ports, clock } = this.options;
    const begun = { monotonic: ports.monotonic(), wall: clock.now() };
    this.lease = await ports.leases.put(this.text(holder), this.lease);
    this.renewed = begun;
    this.said = undefined;
    if (this.state !== 'leaving') this.state = 'in';
  }

  private text(holder: string): { name: string; holder: string; notes: Record<string, string> } {
    const { unit, parts } = this.options;
    const notes = { parts: String(parts), ...(this.state === 'leaving' ? { leaving: 'true' } : {}) };
    return { name: memberLease(unit), holder, notes };
  }

  private async find(): Promise<void> {
    const { ports, unit } = this.options;
    this.lease = (await ports.leases.list()).find(({ name }) => name === memberLease(unit));
  }

  /** An earlier renewal of ours may have gone through without a word: then it is still ours. */
  private async settle(): Promise<void> {
    const before = this.state;
    try {
      await this.find();
    } catch {
      // Asked again by the next renewal, which is refused again.
      return;
    }
    if (this.lease?.holder === this.id || before === 'new' || before === 'lost') return;
    this.lose();
  }

  private lose(): void {
    const { onLost, ports, unit } = this.options;
    this.state = 'lost';
    this.renewed = undefined;
    this.past.add(this.id);
    this.id = holderId(unit, ports.newInstance());
    this.said = 'the other units took this one for dead';
    onLost(this.said);
  }

  /** Somebody else who is called as this unit is must not be thrown out while he lives. */
  private mayJoin(): boolean {
    const { ports, timing, unit } = this.options;
    const { holder = '', version = '' } = this.lease ?? {};
    if (this.isPast(holder)) return true;
    const now = ports.monotonic();
    if (now - this.sightings.note(holder, version, now) >= timing.duration) return true;
    this.said = `another process is called ${unit}, too, or was until a moment ago`;
    return false;
  }
}
