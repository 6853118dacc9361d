/** Access levels and the way down from one to another. */

const modelLadder = ['none', 'read', 'write', 'admin'] as const;
const cloudLadder = ['none', 'add-model', 'admin'] as const;

export type ModelLevel = (typeof modelLadder)[number];
export type CloudLevel = (typeof cloudLadder)[number];

/** Whether a level on a model is above another; a level that Juju did not have when this was written is above all. */
export function isAboveOnModel(held: string, allowed: ModelLevel): boolean {
  return rank(modelLadder, held) > rank(modelLadder, allowed);
}

export function isAboveOnCloud(held: string, allowed: CloudLevel): boolean {
  return rank(cloudLadder, held) > rank(cloudLadder, allowed);
}

/**
 * The level to name so that `allowed` is what remains on a model. `juju revoke` sets the level below the one named and
 * never looks at what is held, so that one step goes all the way down, and leaves no more than `allowed` however often
 * and however late it is run; a way down level by level would go up again with any of its earlier steps. Undefined where
 * nothing is held above `allowed`, or the level held is not known.
 */
export function modelLevelAbove(held: string, allowed: ModelLevel): ModelLevel | undefined {
  const ladder: readonly string[] = modelLadder;
  return ladder.indexOf(held) > ladder.indexOf(allowed)
    ? modelLadder[modelLadder.indexOf(allowed) + 1]
    : undefined;
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
