/** Requirements of which only a named person can say that they are met. */
import type { Context } from '../../core/control.js';
import { durationText } from '../../core/duration.js';
import { fail, manual, type Evidence, type Judgement } from '../../core/judgement.js';
import { attested, isCurrent } from '../../core/policy/attestations.js';
import type { Attestation } from '../../core/policy/policy.js';

/** The reasons that attestations give. */
export const attestationReasons = {
  AttestationMissing: 'No system shows this; a named person has to state it, with a date.',
  AttestationExpired: 'What a named person stated has expired, and nobody has stated it anew.',
  AttestationOld: 'What a named person stated is longer ago than the policy allows.',
} as const;

/** What only a person can tell. */
export interface Statement {
  /** In words that start a sentence. */
  readonly what: string;
  /** As in the policy's match. */
  readonly control: string;
  /** Seconds for which a statement is believed, whatever it says itself; absent: for as long as it says. */
  readonly age?: number;
  /** What was seen all the same. */
  readonly seen?: readonly Evidence[];
  /** The answer where nobody stated anything. */
  readonly otherwise?: Judgement;
}

type Stated = Pick<Context<unknown>, 'attestations' | 'time'>;

/**
 * Passes with a current statement of a named owner, and fails with one that is over: what was well once and is not known
 * to be so any more is drift. Without any a person is needed, unless something else is to be said then.
 */
export function byStatement(stated: Stated, statement: Statement): Judgement {
  const { attestations = [], time } = stated;
  const { what, control, age, seen = [] } = statement;
  const missing = statement.otherwise ?? missingJudgement(statement);
  const current = newest(attestations.filter((one) => isCurrent(one, time)));
  if (current !== undefined) {
    const isYoung = age === undefined || !time.isOlder(current.attested, age);
    return isYoung ? attested(missing, current) : old(current, age, statement);
  }
  const past = newest(attestations.filter(({ expires }) => time.isPast(expires)));
  if (past === undefined) return missing;
  const message = `${what}: ${past.owner} stated it on ${past.attested}, and that expired on ${past.expires}; ${cure(control)}`;
  return fail('AttestationExpired', message, evidenceOf(past), ...seen);
}

function old(current: Attestation, age: number, { what, control, seen = [] }: Statement): Judgement {
  const message = `${what}: ${current.owner} stated it on ${current.attested}, longer ago than ${durationText(age)}; ${cure(control)}`;
  return fail('AttestationOld', message, evidenceOf(current), ...seen);
}

function missingJudgement({ what, control, seen = [] }: Statement): Judgement {
  const message = `${what}: no system shows it, and nobody has stated it; ${cure(control)}`;
  return manual('AttestationMissing', message, ...seen);
}

function cure(control: string): string {
  return `look, and state it under attestations in the policy (match: { control: ${control} })`;
}

function newest(attestations: readonly Attestation[]): Attestation | undefined {
  return [...attestations].sort((a, b) => a.attested.localeCompare(b.attested)).at(-1);
}

function evidenceOf({ id, owner, statement, attested: observedAt, expires }: Attestation): Evidence {
  const wanted = 'a statement by a named owner that still counts';
  return {
    source: `policy: attestation ${id}`,
    observedAt,
    seen: `${owner}: ${statement}; until ${expires}`,
    wanted,
  };
}
