/** The values of expressions: what facts hold, whole numbers as CEL has them. */
import { ApplicationView, ControllerView, ModelView, type View } from '../../core/evaluate/view.js';
import type { WorkloadEvidence } from '../../core/evidence/workload.js';
import { Misfit } from './trouble.js';

/** What was collected inside an application's units. */
export class Collected {
  readonly evidence: WorkloadEvidence;

  constructor(evidence: WorkloadEvidence) {
    this.evidence = evidence;
  }
}

export type Group = Readonly<Record<string, unknown>>;

/** Numbers without fraction are whole numbers (bigint); all else is itself. */
export function valueFrom(raw: unknown): unknown {
  return typeof raw === 'number' && Number.isSafeInteger(raw) ? BigInt(raw) : raw;
}

export function isView(value: unknown): value is View {
  return value instanceof ApplicationView || value instanceof ModelView || value instanceof ControllerView;
}

export function isGroup(value: unknown): value is Group {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !isView(value) &&
    !(value instanceof Collected)
  );
}

/** The value under a key, or undefined where there is none. What objects inherit is none of their keys. */
export function entryOf(group: Group, key: string): unknown {
  return Object.hasOwn(group, key) ? valueFrom(group[key]) : undefined;
}

export function keysOf(group: Group): readonly string[] {
  return Object.keys(group).filter((key) => group[key] !== undefined);
}

/** How a person would call the kind of a value. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'bigint') return 'a whole number';
  if (typeof value === 'number') return 'a number with fraction';
  if (typeof value === 'boolean') return 'true or false';
  if (typeof value === 'string') return 'a text';
  if (isView(value)) return `the ${value.scope} itself`;
  return Array.isArray(value) ? 'a list' : 'a group of keys';
}

/** @throws Misfit */
export function asBoolean(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw new Misfit(`needs true or false, not ${kindOf(value)}`);
}

/** @throws Misfit */
export function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new Misfit(`needs a text, not ${kindOf(value)}`);
}

/** What is gone through: the items of a list, the keys of a group. @throws Misfit */
export function itemsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (isGroup(value)) return keysOf(value);
  throw new Misfit(`needs a list or a group of keys, not ${kindOf(value)}`);
}
