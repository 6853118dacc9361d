import { z } from 'zod';
import { defineControl, type Control } from '../../core/control.js';
import type { ApplicationView } from '../../core/evaluate/view.js';
import type { Judgement } from '../../core/judgement.js';
import type { EvidenceKind, FixableBy, Severity } from '../../core/outcome.js';

/** One check of the benchmark, as it is put to an etcd. */
export interface Check<P extends z.ZodType = z.ZodType> {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly rationale: string;
  readonly references: readonly string[];
  readonly manual: string;
  readonly hazards: readonly string[];
  readonly fixableBy: FixableBy;
  readonly reasons: Readonly<Record<string, string>>;
  readonly evidence?: readonly EvidenceKind[];
  readonly params?: P;
  readonly judge: (app: ApplicationView, params: z.output<P>) => Judgement;
}

/**
 * Defines a check. The benchmark's own audit reads the arguments of the process, of which Charmed etcd gets none: what
 * counts is the configuration that etcd really reads, and its effect.
 */
export function check<P extends z.ZodType>(section: string, { judge, ...texts }: Check<P>): Control {
  return defineControl({
    evidence: ['W'],
    ...texts,
    section,
    scope: 'application',
    params: texts.params ?? z.object({}),
    remediation: 'manual',
    evaluate: (app, { params }) => judge(app, params as z.output<P>),
  });
}
