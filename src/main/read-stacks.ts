/** One look at observability stacks, for commands that end. */
import type { StackLook } from '../cli/services.js';
import { dictOf, type Dict } from '../core/dict.js';
import type { StackState } from '../core/observability/stack.js';
import { blindStack } from '../core/observability/blind.js';
import { watchedModels } from '../core/observability/watched-models.js';
import type { WatchedStack } from '../core/policy/observability.js';
import type { Clock } from '../core/ports/index.js';
import { instant } from '../core/time.js';
import { stackReader } from '../observability/stack-reader.js';

interface OneLook extends StackLook {
  readonly clock: Clock;
}

/** ms for one stack. */
const deadline = 180_000;

/** Reads each stack once, for the models that it watches. What cannot be read stays unknown; `progress` is told why. */
export async function readStacks(stacks: readonly WatchedStack[], look: OneLook): Promise<Dict<StackState>> {
  const states = await Promise.all(stacks.map((stack) => readStack(stack, look)));
  return dictOf(states.map((state) => [state.name, state]));
}

async function readStack(
  stack: WatchedStack,
  { clock, progress, controllers }: OneLook,
): Promise<StackState> {
  progress(`asking observability stack ${stack.name}`);
  const source = stackReader(stack, { clock });
  const models = watchedModels(Object.values(controllers), stack.match);
  const late = AbortSignal.timeout(deadline);
  try {
    const state = await source.read(models, late);
    for (const { trouble } of source.health())
      if (trouble !== undefined) progress(`stack ${stack.name}: ${trouble}`);
    return state;
  } catch (error) {
    if (!late.aborted) throw error;
    const reason = `it was not read in ${deadline / 1000} s`;
    progress(`stack ${stack.name}: ${reason}`);
    const keys = models.map(({ key }) => key);
    return blindStack(stack, keys, { reason, at: instant(clock.now()) });
  } finally {
    await source.close();
  }
}
