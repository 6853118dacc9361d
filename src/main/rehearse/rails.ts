/** What the safety rails would say in the real estate now, of each action by its id. */
import { noJournal, sheetsOf } from '../../cli/plan-sheets.js';
import type { JournalView } from '../../cli/services.js';
import type { Finding } from '../../core/finding.js';
import { plan } from '../../core/plan.js';
import type { Policy } from '../../core/policy/policy.js';
import type { RehearsedStep } from '../../core/rehearsal.js';
import type { Snapshot } from '../../core/snapshot.js';

export type Holds = ReadonlyMap<string, RehearsedStep['holds']>;

export interface RailsOptions {
  readonly findings: readonly Finding[];
  readonly snapshot: Snapshot;
  readonly policy: Policy;
  readonly journal: JournalView | undefined;
  /** Whether a policy says how far to go. */
  readonly governed: boolean;
  /** ms. */
  readonly asOf: number;
}

/** Where no policy governs: what the estate itself has against a step. */
const ofTheEstate: ReadonlySet<string> = new Set(['self', 'order', 'preflight']);

export function holdsOf(options: RailsOptions): Holds {
  const { findings, journal = noJournal, governed } = options;
  const sheets = sheetsOf(plan(findings, options.asOf), { ...options, journal });
  const holds = new Map<string, RehearsedStep['holds']>();
  for (const { action, verdicts } of sheets.flatMap(({ steps }) => steps)) {
    const held = verdicts.flatMap(({ rail, hold }) => {
      if (hold === undefined || !(governed || ofTheEstate.has(rail))) return [];
      return [{ rail, reason: hold.reason, message: hold.message }];
    });
    holds.set(action, held);
  }
  return holds;
}
