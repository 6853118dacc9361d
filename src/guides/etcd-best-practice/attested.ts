import { z } from 'zod';
import { defineControl, type Control } from '../../core/control.js';
import type { EvidenceKind, FixableBy, Severity } from '../../core/outcome.js';
import type { ApplicationView } from '../../core/evaluate/view.js';
import type { Judgement } from '../../core/judgement.js';
import { attestationNeeded, attestationReasons } from '../shared/workload-evidence.js';

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
}

/** A requirement of which only a named person can say that it is met. */
export function attested(asked: Asked, evidence: readonly EvidenceKind[] = ['A']): Control {
  const { what, ...texts } = asked;
  return defineControl({
    ...common(texts),
    evidence,
    reasons: attestationReasons,
    evaluate: () => attestationNeeded(what),
  });
}

/** How a requirement is judged that can only be seen inside the units. */
interface Inside extends Omit<Asked, 'what'> {
  readonly reasons: Readonly<Record<string, string>>;
  readonly judge: (app: ApplicationView) => Judgement;
}

/** A requirement that can only be seen inside the units. */
export function insideUnits({ judge, ...texts }: Inside, evidence: readonly EvidenceKind[] = ['W']): Control {
  return defineControl({ ...common(texts), evidence, reasons: texts.reasons, evaluate: (app) => judge(app) });
}

function common(texts: Omit<Asked, 'what'>) {
  return {
    ...texts,
    scope: 'application',
    params: z.object({}),
    remediation: 'manual',
    fixableBy: texts.fixableBy ?? 'operator',
    hazards: texts.hazards ?? [],
  } as const;
}
