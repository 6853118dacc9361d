import { z } from 'zod';
import { argvOf } from '../core/action/argv.js';
import { InputError } from '../core/input-error.js';
import type { PlannedAction } from '../core/action/planned.js';
import { planHash, type Plan } from '../core/plan.js';
import type { Report } from '../core/report/types.js';
import { expectKind } from './expect-kind.js';
import { parseJson } from './json-text.js';
import { parseStrictly } from './mistakes.js';
import { PlanDocument } from './schemas/plan.js';
import { ReportDocument } from './schemas/report.js';

/** Reads a report that was saved with `--format json`. @throws InputError with every mistake. */
export function readReportText(content: string, source: string): Report {
  const value = parseJson(content, source);
  expectKind(value, 'Report', source);
  return parseStrictly(ReportDocument, value, source);
}

/**
 * Reads plans that were saved with `plan --format json`: the list, or a single one.
 * @throws InputError with every mistake, and for a plan that was changed after it was made.
 */
export function readPlansText(content: string, source: string): readonly Plan[] {
  const value = parseJson(content, source);
  if (!isPlanList(value)) return [readPlan(value, source)];
  return value.items.map((item, index) => readPlan(item, `${source}: items[${index}]`));
}

/**
 * Reads the parts that plans saved in a list were split into, by the hash of the plan that reaches too far.
 * @throws InputError as for plans.
 */
export function readSplitsText(content: string, source: string): ReadonlyMap<string, readonly Plan[]> {
  const value = parseJson(content, source) as { readonly splits?: unknown } | null;
  const splits: readonly unknown[] = Array.isArray(value?.splits) ? value.splits : [];
  return new Map(
    splits.map((split, index) => {
      const { plan, parts } = parseStrictly(Split, split, `${source}: splits[${index}]`);
      const place = `${source}: splits[${index}].parts`;
      return [plan, parts.map((part, n) => readPlan(part, `${place}[${n}]`))] as const;
    }),
  );
}

const Split = z.strictObject({ plan: z.string(), parts: z.array(z.unknown()) });

function isPlanList(value: unknown): value is { readonly items: readonly unknown[] } {
  const list = value as { kind?: unknown; items?: unknown } | null;
  return list?.kind === 'PlanList' && Array.isArray(list.items);
}

function readPlan(value: unknown, source: string): Plan {
  expectKind(value, 'Plan', source);
  const plan: Plan = parseStrictly(PlanDocument, value, source);
  if (planHash(plan) === plan.hash && plan.actions.every(saysWhatItDoes)) return plan;
  throw new InputError(`${source} was changed after it was made: its hash does not fit. Make the plan anew`);
}

/** The arguments are not part of the hash, for they follow from it: here is held that they do. */
function saysWhatItDoes({ type, args, argv }: PlannedAction): boolean {
  return type === args.type && JSON.stringify(argv) === JSON.stringify(['juju', ...argvOf(args)]);
}
