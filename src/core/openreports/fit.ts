/** Cuts reports so that all of them together, and each by itself, stay small. */
import type { ReportLimits } from './types.js';

/** Somewhat below what is promised, 1 MB: etcd keeps keys and revisions beside them. */
export const reportLimits: ReportLimits = { all: 950_000, one: 250_000 };

/** How large a report would be if nothing were cut, bytes. */
export interface Sizes {
  /** Without any result. */
  readonly base: number;
  /** Of each result, in its order, with what parts it from the next; the rest of those that no report has room for. */
  readonly results: readonly number[];
  /** Whether these are all results. */
  readonly isWhole: boolean;
}

/** Measures results one after the other, for as long as a report has room for them. */
export function sizesOf(base: number, results: Iterable<number>, { one }: ReportLimits): Sizes {
  const measured: number[] = [];
  let size = base;
  for (const result of results) {
    if (size > one) return { base, results: measured, isWhole: false };
    size += result;
    measured.push(result);
  }
  return { base, results: measured, isWhole: true };
}

/**
 * How many results each may list. Every report gets the same share; what one does not need goes to the others. The
 * share moves in steps, so that a change of one report seldom recuts the others.
 */
export function fit(sizes: readonly Sizes[], limits: ReportLimits, closing: number): readonly number[] {
  const needs = sizes.map(need);
  const share = shareOf(needs, limits);
  return sizes.map((size, index) => {
    const fits = size.isWhole && (needs[index] ?? 0) <= share;
    return fits ? size.results.length : cut(size, share - closing);
  });
}

const step = 0.95;
const smallest = 1000;

function need({ base, results }: Sizes): number {
  return results.reduce((sum, size) => sum + size, base);
}

function shareOf(needs: readonly number[], { all, one }: ReportLimits): number {
  let share = one;
  while (share > smallest && needs.reduce((sum, size) => sum + Math.min(size, share), 0) > all)
    share = Math.floor(share * step);
  return share;
}

function cut({ base, results }: Sizes, share: number): number {
  let size = base;
  let kept = 0;
  for (const result of results) {
    size += result;
    if (size > share) break;
    kept += 1;
  }
  return kept;
}
