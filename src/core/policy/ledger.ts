/** The ledger of a policy's waivers: which of them still do what they were written for. */
import type { Guide } from '../control.js';
import type { Finding } from '../finding.js';
import { isViolation } from '../outcome.js';
import { millis } from '../time.js';
import { waiverFault, waiverMatchesNever } from './ledger-form.js';
import type { Policy, Waiver } from './policy.js';
import { scopeMatcher } from './resolve.js';

/** Every state, most urgent first. One that fits several stands under the first of them. */
export const ledgerStates = [
  'invalid',
  'duplicate',
  'never-matching',
  'expired',
  'lapsed',
  'unused',
  'expiring',
  'active',
] as const;
export type LedgerState = (typeof ledgerStates)[number];

export interface LedgerEntry {
  readonly waiver: Waiver;
  readonly state: LedgerState;
  /** One sentence: why it is in that state. */
  readonly message: string;
  /** Judgements that its pattern fits; those that do not apply are not counted. */
  readonly matched: number;
  /** Violations that it lies over now. */
  readonly covers: number;
}

/** What the waivers are held against. Without findings nothing is said of what they match in an estate. */
export interface LedgerInput {
  readonly policy: Policy;
  readonly guides: readonly Guide[];
  readonly findings?: readonly Finding[];
  /** The moment of judging, ms. */
  readonly asOf: number;
}

/** A waiver that ends within this time (ms) is expiring: two weeks are enough to renew it or to mend. */
const soon = 14 * 24 * 3600 * 1000;

/** The waivers in the policy's order, each with its state. Pure. */
export function waiverLedger(input: LedgerInput): readonly LedgerEntry[] {
  const { waivers } = input.policy;
  const tallies = talliesOf(waivers, input.findings ?? []);
  return waivers.map((waiver, index) => {
    const tally = tallies[index] ?? { matched: 0, covers: 0, lapsed: 0 };
    const [state, message] = stateOf(waiver, waivers.slice(0, index), tally, input);
    return { waiver, state, message, matched: tally.matched, covers: tally.covers };
  });
}

interface Tally {
  matched: number;
  covers: number;
  lapsed: number;
}

function talliesOf(waivers: readonly Waiver[], findings: readonly Finding[]): readonly Tally[] {
  const books = waivers.map((waiver) => ({
    waiver,
    matches: scopeMatcher(waiver.match),
    tally: { matched: 0, covers: 0, lapsed: 0 },
  }));
  for (const finding of books.length === 0 ? [] : findings) {
    if (finding.judgement.outcome === 'not-applicable') continue;
    const scope = { ...finding.target, guide: finding.guide.id, control: finding.control.id };
    for (const { waiver, matches, tally } of books) if (matches(scope)) count(finding, waiver, tally);
  }
  return books.map(({ tally }) => tally);
}

function count(finding: Finding, waiver: Waiver, tally: Tally): void {
  tally.matched += 1;
  if (finding.waiver?.waiver !== waiver || !isViolation(finding.judgement.outcome)) return;
  if (finding.waiver.state === 'active') tally.covers += 1;
  if (finding.waiver.state === 'lapsed') tally.lapsed += 1;
}

type Verdict = readonly [LedgerState, string];

function stateOf(waiver: Waiver, earlier: readonly Waiver[], tally: Tally, input: LedgerInput): Verdict {
  const fault = waiverFault(waiver, input.guides);
  if (fault !== undefined) return ['invalid', fault];
  const twin = earlier.find((other) => isTwin(other, waiver));
  if (twin !== undefined) return ['duplicate', twinText(twin, waiver)];
  const never = waiverMatchesNever(waiver, input.guides);
  if (never !== undefined) return ['never-matching', never];
  return inTime(waiver, tally, input);
}

function inTime(waiver: Waiver, tally: Tally, { findings, asOf }: LedgerInput): Verdict {
  const left = millis(waiver.expires) - asOf;
  if (left <= 0) return ['expired', `it counts for nothing since ${waiver.expires}`];
  if (tally.lapsed > 0) return ['lapsed', lapsedText(waiver, tally)];
  if (findings !== undefined && tally.matched === 0) return ['unused', 'it matches nothing in the estate'];
  const what = findings === undefined ? '' : `; it lies over ${violations(tally.covers)}`;
  if (left <= soon) return ['expiring', `it ends at ${waiver.expires}${what}`];
  return ['active', `it holds until ${waiver.expires}${what}`];
}

function lapsedText({ compensatedBy }: Waiver, { lapsed }: Tally): string {
  return `${compensatedBy ?? 'the compensating control'} does not pass where ${violations(lapsed)} would be waived`;
}

function violations(count: number): string {
  return count === 1 ? '1 violation' : `${count} violations`;
}

/** The same name twice, or the same match while the earlier one lasts as long: it can never be the one that counts. */
function isTwin(earlier: Waiver, waiver: Waiver): boolean {
  if (earlier.id === waiver.id) return true;
  return matchText(earlier) === matchText(waiver) && millis(earlier.expires) >= millis(waiver.expires);
}

function twinText(earlier: Waiver, waiver: Waiver): string {
  return earlier.id === waiver.id
    ? `another waiver is called ${waiver.id} already`
    : `${earlier.id} waives the same already`;
}

function matchText({ match, compensatedBy }: Waiver): string {
  const { controller, model, application, guide, control } = match;
  return JSON.stringify([controller, model, application, guide, control, compensatedBy]);
}
