import type { Sample } from './metrics-sampled.js';

export type Labelled<T> = (item: T) => Sample['labels'];

/** How many items there are of each set of labels. Ten thousand at each scrape: nothing is copied for a key. */
export function counted<T>(items: readonly T[], labelled: Labelled<T>): readonly Sample[] {
  const counts = new Map<string, { readonly labels: Sample['labels']; value: number }>();
  for (const item of items) {
    const labels = labelled(item);
    const key = labelsKey(labels);
    const sample = counts.get(key);
    if (sample === undefined) counts.set(key, { labels, value: 1 });
    else sample.value += 1;
  }
  return [...counts.values()];
}

/** One string for the values of labels of the same names. */
export function labelsKey(labels: Sample['labels']): string {
  let key = '';
  for (const name in labels) key += `${labels[name] ?? ''}\u0000`;
  return key;
}
