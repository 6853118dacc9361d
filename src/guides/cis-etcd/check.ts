import { z } from 'zod';
import { defineControl, type Control } from '../../core/control.js';
import type { ApplicationView } from '../../core/evaluate/view.js';
import type { Judgement } from '../../core/judgement.js';
import type { FixableBy, Severity } from '../../core/outcome.js';
import { workloadNeeded, workloadReasons } from '../shared/workload-evidence.js';

/** One check of the benchmark, as it is put to Charmed etcd. */
export interface Check {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly rationale: string;
  readonly references: readonly string[];
  readonly manual: string;
  readonly hazards: readonly string[];
  readonly fixableBy: FixableBy;
  readonly reasons?: Readonly<Record<string, string>>;
  /** What has to be looked at inside the units, in words that start a sentence. */
  readonly what: string;
  /** Where the check can be answered without looking inside. */
  readonly judge?: (app: ApplicationView) => Judgement;
}

/**
 * Defines a check. The benchmark's own audit reads the arguments of the process, of which Charmed etcd gets none: what
 * counts is the configuration that etcd really reads, and its effect.
 */
export function check(section: string, { what, judge, ...texts }: Check): Control {
  return defineControl({
    ...texts,
    section,
    evidence: ['W'],
    scope: 'application',
    params: z.object({}),
    reasons: texts.reasons ?? workloadReasons,
    remediation: 'manual',
    evaluate: judge ?? (() => workloadNeeded(what)),
  });
}
