import { z } from 'zod';
import { defineControl, type Control } from '../../core/control.js';
import type { EvidenceKind, FixableBy, Severity } from '../../core/outcome.js';
import {
  attestationNeeded,
  attestationReasons,
  workloadNeeded,
  workloadReasons,
} from '../shared/workload-evidence.js';

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

/** A requirement that can only be seen inside the units. */
export function insideUnits(asked: Asked, evidence: readonly EvidenceKind[] = ['W']): Control {
  const { what, ...texts } = asked;
  return defineControl({
    ...common(texts),
    evidence,
    reasons: workloadReasons,
    evaluate: () => workloadNeeded(what),
  });
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
