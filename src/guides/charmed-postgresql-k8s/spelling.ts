import type { Release } from './release.js';

/**
 * How an option is written: with underscores on 14, with hyphens on 16. The machine charm of 16 knows the older
 * spelling too, and takes it where the newer one has no value.
 */
export function spelled({ track, substrate }: Release, hyphened: string): readonly string[] {
  const underscored = hyphened.replaceAll('-', '_');
  if (track === '14') return [underscored];
  return substrate === 'machine' ? [hyphened, underscored] : [hyphened];
}
