/** Which places this unit looks after, and where what happens there is written down. */
import type { Attend, SharingView } from '../../core/ports/sharing.js';
import type { Journal, Mark, Write } from '../../core/ports/index.js';

/** The place is looked after by another unit by now: whatever was being done about it here is dropped. */
export class PartLost extends Error {
  override readonly name = 'PartLost';
}

/** Writes down what happens at a place, given by its key. @throws PartLost where it is another unit's by now. */
export type WriteAt = (key: string, ...writes: readonly Write[]) => Promise<void>;

export interface Shares {
  readonly writeAt: WriteAt;
  /** Whether this unit looks after the place. */
  readonly holds: (key: string) => boolean;
  /** Whether a step may be begun there at this moment: no other unit can have taken it. */
  readonly mayBegin: (key: string) => boolean;
  /** The unit that writes steps down; absent where there is only one. */
  readonly unit?: string;
  /** What all units have counted since `since` (a moment, ms); absent where nobody else counts. */
  readonly marks?: (since: number) => Promise<readonly Mark[]>;
  /** Absent: every model is followed as the policy paces it. */
  readonly attendFor?: (controller: string) => Attend;
  readonly view?: () => SharingView;
}

/** Where there is no other unit, everything is one's own. */
export function alone(store: Journal): Shares {
  return {
    writeAt: (_, ...writes) => store.write(...writes),
    holds: () => true,
    mayBegin: () => true,
  };
}
