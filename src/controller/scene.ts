import type { Finding } from '../core/finding.js';
import type { Judgement } from '../core/judgement.js';
import type { Proposal } from '../core/plan.js';
import type { World } from '../core/rails/index.js';

/** One place as it looks now. */
export interface Scene {
  readonly key: string;
  /** Whether all this was read after it was last asked for (`needsReading`). */
  readonly fresh: boolean;
  readonly world: World;
  readonly proposal: Proposal | undefined;
  readonly findings: readonly Finding[];
  readonly effectOf: (finding: Finding) => Judgement | undefined;
}
