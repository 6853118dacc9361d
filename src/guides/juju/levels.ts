/** Access levels and the way down from one to another. */

const modelLadder = ['none', 'read', 'write', 'admin'] as const;
const cloudLadder = ['none', 'add-model', 'admin'] as const;

export type ModelLevel = (typeof modelLadder)[number];
export type CloudLevel = (typeof cloudLadder)[number];

/** One revocation: `revoke` names `level`, and `leaves` is held afterwards. */
export interface StepDown {
  readonly level: string;
  readonly leaves: string;
}

/** Whether a level on a model is above another; a level that Juju did not have when this was written is above all. */
export function isAboveOnModel(held: string, allowed: ModelLevel): boolean {
  return rank(modelLadder, held) > rank(modelLadder, allowed);
}

export function isAboveOnCloud(held: string, allowed: CloudLevel): boolean {
  return rank(cloudLadder, held) > rank(cloudLadder, allowed);
}

/**
 * The revocations that lead from the level that is held to the one allowed, one level each. `juju revoke` sets the
 * level below the one named and never looks at what is held: naming another level than the one held could raise it.
 * Empty when the level held is not known.
 */
export function stepsDown(held: string, allowed: ModelLevel): readonly StepDown[] {
  const ladder: readonly string[] = modelLadder;
  const steps: StepDown[] = [];
  for (let at = ladder.indexOf(held); at > ladder.indexOf(allowed); at -= 1) {
    steps.push({ level: ladder[at] ?? held, leaves: ladder[at - 1] ?? 'none' });
  }
  return steps;
}

/** Whether it is a level that can be granted on a cloud. */
export function isCloudLevel(level: string): boolean {
  return level === 'add-model' || level === 'admin';
}

/** The level to name so that `allowed` is what remains on a cloud, whatever was held above it. */
export function cloudLevelAbove(allowed: CloudLevel): string {
  return allowed === 'add-model' ? 'admin' : 'add-model';
}

function rank(ladder: readonly string[], level: string): number {
  if (level === '') return 0;
  const at = ladder.indexOf(level);
  return at < 0 ? Infinity : at;
}
