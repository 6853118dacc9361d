/** Keeps our reports in one cluster as they should read: looks what is there, writes what differs, takes away strays. */
import { buildOpenReports } from '../../core/openreports/build.js';
import { formatShapes } from '../../core/openreports/format.js';
import type { ReportFormat, ReportObject } from '../../core/openreports/types.js';
import type { Report } from '../../core/report/types.js';
import { ApiError } from '../access/api-error.js';
import { Pass, Refusals, type Passed } from './pass.js';
import { servedFormats, type Served } from './served.js';
import type { SinkParts } from './shared.js';
import { Shelf } from './shelf.js';
import { apply, listOurs, remove, spotKey, spotOf, type Spot } from './stored.js';
import { isMissing, type Troubles, type Verb } from './troubles.js';

export interface KeeperOptions extends SinkParts {
  readonly scope: 'namespaced' | 'cluster';
  readonly whole: string;
  readonly categoryOf?: (control: string) => string | undefined;
}

/** What was done since the start, and what is there now. */
export interface KeeperStanding {
  readonly format: ReportFormat | undefined;
  readonly reports: number;
  readonly bytes: number;
  readonly leftOut: number;
  readonly written: number;
  readonly deleted: number;
  readonly failed: number;
  /** Milliseconds since 1970; 0 for never. */
  readonly lastWritten: number;
}

export class ReportKeeper {
  readonly #options: KeeperOptions;
  readonly #shelf = new Shelf();
  readonly #refusals = new Refusals();
  #served: readonly Served[] = [];
  #format: ReportFormat | undefined;
  #nextLook = 0;
  #counts = { leftOut: 0, written: 0, deleted: 0, failed: 0, lastWritten: 0 };

  constructor(options: KeeperOptions) {
    this.#options = options;
  }

  /** Milliseconds since 1970. */
  get nextLook(): number {
    return this.#nextLook;
  }

  get standing(): KeeperStanding {
    const { size: reports, bytes } = this.#shelf;
    return { format: this.#format, reports, bytes, ...this.#counts };
  }

  /** Never rejects. */
  async pass(read: () => Report): Promise<Passed> {
    const pass = new Pass();
    try {
      if (this.#options.clock.now() >= this.#nextLook) await this.#look(pass);
      if (this.#format !== undefined) await this.#keep(pass, read, this.#format);
      this.#sayWhatLasts(pass.troubles);
    } catch (error) {
      pass.broke(error);
    }
    this.#counts.failed += pass.failed;
    return pass.passed;
  }

  /** What the cluster serves, and what of ours is in it: once in a while, as others may change both. */
  async #look(pass: Pass): Promise<void> {
    const { client, clock, settings, signal } = this.#options;
    this.#served = await servedFormats(client, signal);
    this.#refusals.clear();
    const first = this.#served[0]?.format;
    const isFound = first === 'PolicyReport' && this.#format === 'FirstPolicyReport';
    if (!isFound) this.#format = first;
    for (const of of this.#collections()) await this.#list(of, pass);
    if (!pass.passed.retry) this.#nextLook = clock.now() + settings.lookMs;
  }

  *#collections(): Generator<Omit<Spot, 'name'>> {
    const { scope, places } = this.#options;
    const namespaces = new Set([
      ...places().models.map(({ namespace }) => namespace),
      ...this.#shelf.namespaces,
    ]);
    for (const { shape, plurals } of this.#served) {
      const { group } = shape;
      const { plural } = shape.inNamespace;
      if (scope === 'cluster') for (const each of plurals) yield { group, plural: each };
      else if (plurals.has(plural)) for (const namespace of namespaces) yield { group, plural, namespace };
    }
  }

  async #list(of: Omit<Spot, 'name'>, pass: Pass): Promise<void> {
    const { client, instance, settings, signal } = this.#options;
    try {
      this.#shelf.found(of, await listOurs(client, of, { instance, pageSize: settings.pageSize, signal }));
    } catch (error) {
      this.#failedAt('list', of, { error, pass });
    }
  }

  async #keep(pass: Pass, read: () => Report, format: ReportFormat): Promise<void> {
    const wanted = new Set<string>();
    let leftOut = 0;
    for (const object of this.#build(read(), format)) {
      leftOut += object.leftOut;
      const spot = spotOf(object, formatShapes[format]);
      wanted.add(spotKey(spot));
      if (this.#served[0]?.plurals.has(spot.plural) === true) await this.#write(spot, object, pass);
      // The first edition of PolicyReport was found out: everything is built anew.
      if (this.#format !== undefined && this.#format !== format) return this.#keep(pass, read, this.#format);
    }
    this.#counts.leftOut = leftOut;
    for (const spot of this.#shelf.strays(wanted, this.#options.places())) await this.#remove(spot, pass);
  }

  #build(report: Report, format: ReportFormat): Iterable<ReportObject> {
    const { places, instance, whole, scope, categoryOf } = this.#options;
    return buildOpenReports({
      ...{ report, places: places(), format, instance, whole, withClusterReports: scope === 'cluster' },
      ...(categoryOf === undefined ? {} : { categoryOf }),
    });
  }

  async #write(spot: Spot, object: ReportObject, pass: Pass): Promise<void> {
    const { client, clock, settings, signal } = this.#options;
    if (this.#shelf.holds(spot, object) || this.#refusals.has(spot)) return;
    if (clock.now() - this.#shelf.writtenAt(spot) < settings.everyMs) {
      pass.unfinished = true;
      return;
    }
    try {
      const { version } = await apply(client, spot, object.body, signal);
      const now = clock.now();
      this.#counts.written += 1;
      this.#counts.lastWritten = now;
      this.#shelf.put(spot, object, { version, now });
    } catch (error) {
      if (this.#isFirstEdition(error)) this.#format = 'FirstPolicyReport';
      else this.#failedAt('patch', spot, { error, pass });
    }
    await this.#rest();
  }

  /** The first edition of the CRD knows neither `critical` nor `info`, and takes no object in which they stand. */
  #isFirstEdition(error: unknown): boolean {
    const isRefused = error instanceof ApiError && error.status === 422 && error.message.includes('severity');
    return this.#format === 'PolicyReport' && isRefused;
  }

  async #remove(spot: Spot, pass: Pass): Promise<void> {
    const { client, signal } = this.#options;
    if (this.#refusals.has(spot)) return;
    try {
      await remove(client, spot, signal);
      this.#counts.deleted += 1;
      this.#shelf.drop(spot);
    } catch (error) {
      if (isMissing(error)) this.#shelf.drop(spot);
      else this.#failedAt('delete', spot, { error, pass });
    }
    await this.#rest();
  }

  #failedAt(
    verb: Verb,
    place: Omit<Spot, 'name'> & Partial<Pick<Spot, 'name'>>,
    { error, pass }: { readonly error: unknown; readonly pass: Pass },
  ): void {
    // What was there a moment ago and is no longer: the look finds out whether a namespace or the resource has gone.
    if (isMissing(error)) this.#nextLook = 0;
    if (this.#refusals.take(verb, place, error)) pass.failed += 1;
    else pass.willRetry(verb, place, error);
  }

  /** Leaves the server time between two changes. */
  async #rest(): Promise<void> {
    const { clock, settings, signal } = this.#options;
    await clock.sleep(settings.betweenMs, signal);
  }

  #sayWhatLasts(troubles: Troubles): void {
    this.#refusals.tell(troubles);
    const first = this.#served[0];
    if (first === undefined) {
      troubles.say(nothingServed);
      return;
    }
    const { inNamespace, ofCluster, group } = first.shape;
    const needed = this.#options.scope === 'cluster' ? [inNamespace, ofCluster] : [inNamespace];
    for (const { plural } of needed)
      if (!first.plurals.has(plural)) troubles.say(`the cluster serves ${group} without ${plural}`);
  }
}

const nothingServed =
  'the cluster serves neither openreports.io/v1alpha1 nor wgpolicyk8s.io/v1alpha2: install one of them to have reports there';
