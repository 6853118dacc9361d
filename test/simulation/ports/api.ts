/** The real follower of a controller (its polls, slow facts, readers and ageing) over connections without sockets. */
import type { ControllerAccess, Policy } from '../../../src/core/policy/policy.js';
import type { JujuApi, Log, Random } from '../../../src/core/ports/index.js';
import type { Credentials } from '../../../src/juju/api/login.js';
import type { Link } from '../../../src/juju/api/link.js';
import { followWithoutSockets } from '../../../src/main/rehearse/without-sockets.js';
import type { SimController } from '../../../src/simulator/world/state.js';
import type { Life } from '../machine.js';
import { SimulatedLink, type CallFault } from './link.js';

/** A call that is about a model (by UUID) or, without one, about the controller. */
export interface CallPlace {
  readonly controller: string;
  readonly modelUuid?: string;
}

export interface ApiOptions {
  readonly controller: SimController;
  readonly life: Life;
  readonly random: Random;
  readonly log: Log;
  readonly fault: (call: string, place: CallPlace) => CallFault;
  readonly answered: (call: string, place: CallPlace, begun: number) => void;
}

/** Follows as the policy paces it. */
export function simulatedApi(options: ApiOptions, access: ControllerAccess, policy: Policy): JujuApi {
  const { life, random, log } = options;
  const tally = { calls: 0, errors: 0, reconnects: 0 };
  const callDeadline = policy.pace.callDeadline * 1000;
  const link = (credentials: Credentials, modelUuid?: string): Link => {
    const place = { controller: access.name, ...(modelUuid === undefined ? {} : { modelUuid }) };
    const simulated = new SimulatedLink({
      ...{ controller: options.controller, credentials, life, tally, callDeadline },
      ...(modelUuid === undefined ? {} : { modelUuid }),
      fault: (call) => options.fault(call, place),
      answered: (call, begun) => {
        options.answered(call, place, begun);
      },
    });
    return simulated as unknown as Link;
  };
  return followWithoutSockets({ clock: life.clock, random, log, tally, link }, access, policy);
}
