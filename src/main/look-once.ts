/** One look at the controllers of a policy by their API, for commands that end. */
import type { Look } from '../cli/services.js';
import { toolVersion } from '../config/version.js';
import { newDict } from '../core/dict.js';
import { InputError } from '../core/input-error.js';
import type { ControllerAccess, Policy } from '../core/policy/policy.js';
import type { Clock, JujuApi } from '../core/ports/index.js';
import type { ControllerState, Snapshot } from '../core/snapshot.js';
import { instant } from '../core/time.js';
import type { RecordApi } from '../juju/api/recorder.js';
import { followPolicy } from './compose.js';
import { silentLog } from './silent-log.js';

/** What a look is given; `record` is told of every answer as Juju gave it. */
interface OneLook extends Look {
  readonly clock: Clock;
  readonly record?: RecordApi;
}

/** How long one controller may take to show everything, ms. */
const deadline = 120_000;

/**
 * Reads every controller of the policy once.
 * @throws InputError naming a controller that could not be read: a partial look must not pass for a whole one.
 */
export async function lookOnce(policy: Policy, look: OneLook): Promise<Snapshot> {
  const takenAt = instant(look.clock.now());
  const states = await Promise.all(policy.controllers.map((access) => readController(access, policy, look)));
  const controllers = newDict<ControllerState>();
  for (const state of states) controllers[state.name] = state;
  return { kind: 'Snapshot', version: 'v1', takenAt, controllers };
}

async function readController(
  access: ControllerAccess,
  policy: Policy,
  look: OneLook,
): Promise<ControllerState> {
  look.progress(`reading controller ${access.name}`);
  const api = followPolicy(access, policy, {
    log: silentLog,
    version: toolVersion(),
    ...(look.record === undefined ? {} : { record: look.record }),
  });
  try {
    api.start();
    await withinDeadline(api, look.clock);
    tellTroubles(api, look.progress);
    return api.current();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new InputError(
      `controller ${access.name} could not be read: ${why}. Check its addresses and the login of its observer`,
    );
  } finally {
    await api.close();
  }
}

async function withinDeadline(api: JujuApi, clock: Clock): Promise<void> {
  const over = new AbortController();
  const late = clock.sleep(deadline, over.signal).then(() => {
    throw new Error(api.health().trouble ?? `it took longer than ${deadline / 1000} s`);
  });
  try {
    await Promise.race([api.refresh(), late]);
  } finally {
    over.abort();
    await late.catch(() => undefined);
  }
}

/** What could not be read of a model stays unknown in the report; here is said why. */
function tellTroubles(api: JujuApi, progress: (line: string) => void): void {
  for (const { model, trouble } of api.health().models)
    if (trouble !== undefined) progress(`${api.controller}:${model}: ${trouble}`);
}
