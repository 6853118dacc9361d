/**
 * Patterns of permissions. They are walked with a table, never made into regular expressions: they come from documents
 * of others, and the work is bounded by the product of their lengths. Upper and lower case are the same, as they are to
 * AWS and Azure.
 */

/** Whether the rests of both from these places on belong together; `then` tells it of later places. */
type Step = (i: number, j: number, then: (i: number, j: number) => boolean) => boolean;

/** Whether some name fits both patterns. */
export function overlap(left: string, right: string): boolean {
  const a = left.toLowerCase();
  const b = right.toLowerCase();
  if (isPlain(a) && isPlain(b)) return a === b;
  if (beginsOtherwise(a, b)) return false;
  return walk(a, b, (i, j, then) => {
    const moreA = i < a.length;
    const moreB = j < b.length;
    if (a[i] === '*') return then(i + 1, j) || (moreB && then(i, j + 1));
    if (b[j] === '*') return then(i, j + 1) || (moreA && then(i + 1, j));
    return moreA && moreB && fits(a[i], b[j]) && then(i + 1, j + 1);
  });
}

/** Whether every name that fits `narrow` fits `wide`; false also where that cannot be told by the letters alone. */
export function covers(wide: string, narrow: string): boolean {
  const a = wide.toLowerCase();
  const b = narrow.toLowerCase();
  if (isPlain(a)) return a === b;
  if (beginsOtherwise(a, b)) return false;
  return walk(a, b, (i, j, then) => {
    if (a[i] === '*') return then(i + 1, j) || (j < b.length && then(i, j + 1));
    if (i >= a.length || j >= b.length || b[j] === '*') return false;
    return (a[i] === b[j] || a[i] === '?') && then(i + 1, j + 1);
  });
}

function isPlain(pattern: string): boolean {
  return !pattern.includes('*') && !pattern.includes('?');
}

function fits(a: string | undefined, b: string | undefined): boolean {
  return a === b || a === '?' || b === '?';
}

/** Whether they differ before the first wildcard of either. */
function beginsOtherwise(a: string, b: string): boolean {
  const most = Math.min(a.length, b.length);
  for (let i = 0; i < most; i += 1) {
    if (a[i] === '*' || b[i] === '*') return false;
    if (!fits(a[i], b[i])) return true;
  }
  return false;
}

/** Fills a table from the ends of both towards their beginnings. */
function walk(a: string, b: string, step: Step): boolean {
  const width = b.length + 1;
  const table = new Uint8Array((a.length + 1) * width);
  const then = (i: number, j: number): boolean => table[i * width + j] === 1;
  table[a.length * width + b.length] = 1;
  for (let i = a.length; i >= 0; i -= 1)
    for (let j = b.length; j >= 0; j -= 1) if (step(i, j, then)) table[i * width + j] = 1;
  return then(0, 0);
}
