/** Judgements on what was seen inside the units (evidence kind W), each unit by itself. */
import type { ApplicationView } from '../../core/evaluate/view.js';
import type { UnitInside } from '../../core/evidence/units.js';
import { isKnown, type Fact } from '../../core/fact.js';
import {
  evidenceOf,
  fail,
  inconsistent,
  notApplicable,
  notSeen,
  pass,
  unsettled,
  type Evidence,
  type Judgement,
} from '../../core/judgement.js';
import type { Unit } from '../../core/snapshot.js';
import { worst } from './combine.js';
import { workloadNeeded, workloadReasons } from './workload-evidence.js';

/** What one unit shows: as wanted, a violation by reason code, or nothing that settles it. */
export interface InsideVerdict {
  readonly says: 'good' | 'bad' | 'nothing';
  /** A reason code; '' where all is well. */
  readonly reason: string;
  readonly words: string;
  /** What was seen, for the evidence. */
  readonly seen: string;
}

type Seen<K extends keyof UnitInside> = NonNullable<UnitInside[K]> extends Fact<infer T> ? T : never;

export interface InsideQuestion<K extends keyof UnitInside> {
  readonly kind: K;
  /** What has to be looked at, in words that start a sentence. */
  readonly what: string;
  readonly wanted: string;
  readonly met: string;
  readonly verdict: (value: Seen<K>, unit: Unit) => InsideVerdict;
  /** Asked of the leader only. */
  readonly leaderOnly?: boolean;
}

/** The reasons that `insideJudgement` gives besides those of the verdicts. */
export const insideReasons = {
  ...workloadReasons,
  NoUnits: 'The application has no units that could be looked into.',
  UnitsDiffer: 'Some units are as wanted and others are not.',
  UnitNotSeen: 'A unit could not be looked into, or does not show what is asked.',
} as const;

/** Judges every unit. Units that differ are `inconsistent`; one that was not seen is never taken for granted. */
export function insideJudgement<K extends keyof UnitInside>(
  app: ApplicationView,
  question: InsideQuestion<K>,
): Judgement {
  const inside = app.get('workload').unitsInside;
  if (inside === undefined) return workloadNeeded(question.what, app);
  if (!isKnown(inside)) return notSeen(inside, question.wanted);
  const units = app.get('units');
  if (!isKnown(units)) return notSeen(units, question.wanted);
  const all = Object.values(units.value);
  if (all.length === 0) return notApplicable('NoUnits', `${app.name} has no units`);
  const asked = question.leaderOnly === true ? all.filter(({ leader }) => leader === true) : all;
  const verdicts = asked.map((unit) => {
    const fact = inside.value[unit.name]?.[question.kind] as Fact<Seen<K>> | undefined;
    return verdictOf(unit, fact, question);
  });
  if (verdicts.length === 0) return unsettled('UnitNotSeen', `${app.name} has no leader that could be asked`);
  return summed(verdicts, question.met);
}

interface UnitVerdict extends InsideVerdict {
  readonly unit: string;
  readonly evidence: readonly Evidence[];
}

function verdictOf<K extends keyof UnitInside>(
  unit: Unit,
  fact: Fact<Seen<K>> | undefined,
  { verdict, wanted, what }: InsideQuestion<K>,
): UnitVerdict {
  const { name } = unit;
  if (fact === undefined)
    return { ...nothing('UnitNotSeen', `was not looked into: ${what}`), unit: name, evidence: [] };
  if (!isKnown(fact)) {
    const evidence = [evidenceOf(fact, 'not seen', wanted, name)];
    const { reason, permission } = fact.unknown;
    const cure = permission === undefined ? '' : `; needs ${permission}`;
    return { ...nothing('UnitNotSeen', `does not show it: ${reason}${cure}`), unit: name, evidence };
  }
  const seen = verdict(fact.value, unit);
  return { ...seen, unit: name, evidence: [evidenceOf(fact, seen.seen, wanted, name)] };
}

function summed(verdicts: readonly UnitVerdict[], met: string): Judgement {
  const evidence = verdicts.flatMap((verdict) => verdict.evidence);
  const bad = verdicts.find(({ says }) => says === 'bad');
  const good = verdicts.find(({ says }) => says === 'good');
  const open = verdicts.find(({ says }) => says === 'nothing');
  if (bad !== undefined && good !== undefined)
    return inconsistent(
      'UnitsDiffer',
      `${good.unit} is as wanted, but ${bad.unit} ${bad.words}`,
      ...evidence,
    );
  if (bad !== undefined) return fail(bad.reason, `${bad.unit} ${bad.words}`, ...evidence);
  if (open !== undefined) return unsettled(open.reason, `${open.unit} ${open.words}`, ...evidence);
  return pass(met, ...evidence);
}

export function fine(seen: string): InsideVerdict {
  return { says: 'good', reason: '', words: 'is as wanted', seen };
}

export function wrong(reason: string, words: string, seen: string): InsideVerdict {
  return { says: 'bad', reason, words, seen };
}

export function nothing(reason: string, words: string, seen = 'not told'): InsideVerdict {
  return { says: 'nothing', reason, words, seen };
}

/**
 * What the ports show and what the units show, taken together: each counts where the other says nothing, and where both
 * speak the worse one does.
 */
export function withInside(outside: Judgement, inside: Judgement): Judgement {
  if (inside.outcome === 'unknown') return outside.outcome === 'unknown' ? curedBy(outside, inside) : outside;
  if (inside.outcome === 'not-applicable') return outside;
  return outside.outcome === 'unknown' || outside.outcome === 'not-applicable'
    ? inside
    : worst(outside, inside);
}

/** Where the outside settles it by itself: the units count only when they were looked into. */
export function alsoInside(outside: Judgement, inside: Judgement): Judgement {
  return inside.outcome === 'unknown' ? outside : withInside(outside, inside);
}

/** Neither is seen: what would change that is told of both. */
function curedBy(outside: Judgement, inside: Judgement): Judgement {
  const message = `${outside.message}; ${inside.message}`;
  return { ...outside, message, evidence: [...outside.evidence, ...inside.evidence] };
}
