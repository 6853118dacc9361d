import { z } from 'zod';
import { defineControl, type Control } from '../../core/control.js';
import type { EvidenceKind, FixableBy, Severity } from '../../core/outcome.js';
import type { ApplicationView } from '../../core/evaluate/view.js';
import type { Judgement } from '../../core/judgement.js';
import { attestationReasons, byStatement } from '../shared/attestation.js';
import { duration } from '../shared/params.js';

/** What a control is about that no system shows from outside. */
export interface Asked {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly section: string;
  readonly rationale: string;
  readonly references: readonly string[];
  readonly manual: string;
  readonly hazards?: readonly string[];
  readonly fixableBy?: FixableBy;
  /** What was not looked at, or not stated, in words that start a sentence. */
  readonly what: string;
  /** For how long a statement is believed, as in `90d`, where the policy says nothing else. */
  readonly age: string;
  /** What settles it without anybody's word, where something does. */
  readonly without?: (app: ApplicationView) => Judgement | undefined;
  readonly reasons?: Readonly<Record<string, string>>;
}

/** A requirement of which only a named person can say that it is met. */
export function attested(asked: Asked, evidence: readonly EvidenceKind[] = ['A']): Control {
  const { what, age, without, reasons, ...texts } = asked;
  return defineControl({
    ...common(texts),
    evidence,
    params: z.object({
      age: duration(age).meta({
        description: `How long ago the statement may have been made, as in ${age}.`,
      }),
    }),
    reasons: { ...attestationReasons, ...reasons },
    evaluate(app, context) {
      const stated = byStatement(context, { what, control: texts.id, age: context.params.age });
      return stated.outcome === 'pass' ? stated : (without?.(app) ?? stated);
    },
  });
}

/** What is told of a control. */
type Texts = Omit<Asked, 'what' | 'age' | 'without' | 'reasons'>;

/** How a requirement is judged that can only be seen inside the units. */
interface Inside extends Texts {
  readonly reasons: Readonly<Record<string, string>>;
  readonly judge: (app: ApplicationView) => Judgement;
}

/** A requirement that can only be seen inside the units. */
export function insideUnits({ judge, ...texts }: Inside, evidence: readonly EvidenceKind[] = ['W']): Control {
  return defineControl({ ...common(texts), evidence, reasons: texts.reasons, evaluate: (app) => judge(app) });
}

function common(texts: Texts) {
  return {
    ...texts,
    scope: 'application',
    params: z.object({}),
    remediation: 'manual',
    fixableBy: texts.fixableBy ?? 'operator',
    hazards: texts.hazards ?? [],
  } as const;
}
