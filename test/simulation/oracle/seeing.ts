/** Invariant 6: nothing is believed that was not seen: a change is verified by a look after it, and unknown is no pass. */
import type { Finding } from '../../../src/core/finding.js';
import type { FindingRef, Remediation } from '../../../src/core/ports/index.js';
import type { Report, ReportFinding } from '../../../src/core/report/types.js';
import { targetKey, type Target } from '../../../src/core/target.js';
import { placeOf, type Calls } from './calls.js';
import type { Watch } from './watch.js';

/** A reading of a place, or something that somebody else did to it. ms of the world's clock. */
interface Reading {
  readonly begun: number;
  readonly ended: number;
}

export class Seeing {
  readonly #watch: Watch;
  readonly #calls: Calls;
  /** By `controller` or `controller:model`. */
  readonly #readings = new Map<string, Reading>();
  readonly #lies = new Map<string, number>();
  readonly #ends = new Map<number, number>();
  #before = new Map<string, { readonly outcome: string; readonly at: number }>();

  constructor(watch: Watch, calls: Calls) {
    this.#watch = watch;
    this.#calls = calls;
  }

  /** The daemon was answered about a place. */
  read(place: string, begun: number): void {
    this.#readings.set(place, { begun, ended: this.#now() });
  }

  /** What is answered about a place may not be so, or not be so any more. */
  lied(place: string): void {
    this.#lies.set(place, this.#now());
  }

  ended(pid: number): void {
    this.#ends.set(pid, this.#now());
  }

  /** A change is said to have come true: there must have been a look after it. */
  succeeded(remediation: Remediation): void {
    const end = this.#endOf(remediation);
    const reading = this.#readings.get(placeOf(remediation.target));
    if (end !== undefined && (reading === undefined || reading.begun < end))
      this.#broken('not looked', `${remediation.id} is called done without a look after its call`);
    // What leaves no lasting mark is known to be done by other signs than its finding.
    if (markless.has(remediation.action.type)) return;
    const own = this.#watch.daemon()?.report().findings ?? [];
    for (const ref of remediation.findings) {
      if (isUnknown(ref, own))
        this.#broken('unknown is done', `${remediation.id} is called done while ${ref.control} is unknown`);
    }
  }

  /** A change that is said to have come true must not be asked for any more, unless somebody meddled meanwhile. */
  compare(remediation: Remediation, really: readonly Finding[]): void {
    const place = placeOf(remediation.target);
    const end = this.#endOf(remediation) ?? -Infinity;
    if ((this.#lies.get(place) ?? -Infinity) >= end) return;
    const wanted = JSON.stringify(remediation.action.args);
    for (const finding of really) {
      const asked = finding.remedies.some(({ action }) => JSON.stringify(action) === wanted);
      if (asked)
        this.#broken(
          'not so',
          `${remediation.id} is called done, and ${finding.control.id} still asks for it`,
        );
    }
  }

  /** Between two looks at the report nothing turns from unknown to pass without an answer from its controller. */
  sample({ findings }: Report): void {
    const now = this.#now();
    const next = new Map<string, { readonly outcome: string; readonly at: number }>();
    for (const { id, outcome, target, control } of findings) {
      const before = this.#before.get(id);
      next.set(id, { outcome, at: now });
      if (before?.outcome !== 'unknown' || outcome !== 'pass') continue;
      if (this.#lastAnswer(target.controller ?? '') <= before.at)
        this.#broken('unknown to pass', `${control} on ${targetKey(target)} passes without a new reading`);
    }
    this.#before = next;
  }

  /** A new life has to look first. */
  forget(): void {
    this.#before = new Map();
  }

  /** When a place was last answered about; -Infinity: never. */
  lastReading(place: string): number {
    return this.#readings.get(place)?.ended ?? -Infinity;
  }

  #lastAnswer(controller: string): number {
    let last = -Infinity;
    for (const [place, { ended }] of this.#readings) {
      if (place === controller || place.startsWith(`${controller}:`)) last = Math.max(last, ended);
    }
    return last;
  }

  #endOf({ id }: Remediation): number | undefined {
    const change = this.#calls.changes.findLast(({ step }) => step.remediation === id && step.kind === 'do');
    return change === undefined ? undefined : this.#ends.get(change.process.pid);
  }

  #broken(rule: string, text: string): void {
    this.#watch.broken(6, rule, text);
  }

  #now(): number {
    return this.#watch.host.kernel.now();
  }
}

const markless: ReadonlySet<string> = new Set([
  'run-action',
  'refresh',
  'rotate-user-password',
  'rotate-system-users',
]);

/** Whether its control does not know, at the finding's own target or at the whole place that it is in. */
function isUnknown({ control, target }: FindingRef, findings: readonly ReportFinding[]): boolean {
  const { controller, model, application } = target;
  const here = findings.filter(
    (each) =>
      each.control === control &&
      each.target.controller === controller &&
      each.target.model === model &&
      each.target.application === application,
  );
  const own = here.find((each) => isSame(each.target, target));
  const blind = here.find((each) => each.target.user === undefined && each.target.name === undefined);
  const said = own ?? blind;
  return said?.outcome === 'unknown';
}

export function isSame(a: Target, b: Target): boolean {
  return targetKey(a) === targetKey(b);
}
