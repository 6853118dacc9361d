/** For which state of an application its units were looked into: another one makes what was seen old. */
import { isKnown, type Fact } from '../core/fact.js';
import type { ApplicationState } from '../core/snapshot.js';

/** What a look into an application's units rests on. */
export function basisOf({ charm, relations, config }: ApplicationState): readonly Fact<unknown>[] {
  return [charm, relations, config];
}

/** Whether a look is out of date. A fact that was not read yet, or cannot be read for a moment, is no change. */
export function isChanged(before: readonly Fact<unknown>[], now: readonly Fact<unknown>[]): boolean {
  return before.some((part, index) => {
    const other = now[index];
    return other !== undefined && part !== other && isKnown(part) && isKnown(other);
  });
}

/** The same with what has become known since. */
export function newest(
  before: readonly Fact<unknown>[],
  now: readonly Fact<unknown>[],
): readonly Fact<unknown>[] {
  return before.map((part, index) => (isKnown(part) ? part : (now[index] ?? part)));
}
