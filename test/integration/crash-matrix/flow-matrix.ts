/** Finds the writes on the way of a flow by letting it run once, and kills the daemon on both sides of each. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Credentials, Policy } from '../../../src/core/policy/policy.js';
import { systemClock } from '../../../src/main/system.js';
import { startSimulator, type EstateSpec, type Simulator } from '../../../src/simulator/index.js';
import { patience } from '../../support/patience.js';
import { rigUsers } from '../../support/rig.js';
import type { Cut } from './flow-life.js';
import { faultsIn } from './flow-world.js';
import type { Flow } from './flows.js';
import { callsIn, hasty, leftIn, life, loggingJuju, policyFor, type House, type Left } from './house.js';

export interface FlowResult extends Left {
  readonly flow: Flow;
  readonly cut?: Cut;
  /** Whether it came to the write at which it was to be killed. */
  readonly killed: boolean;
  /** The writes of the first life, by their labels. */
  readonly writes: readonly string[];
  readonly callsBefore: readonly string[];
  readonly callsAfter: readonly string[];
  /** What is wrong with the world in the end. */
  readonly faults: readonly string[];
}

const haste = 8;
/** A process that was just started has noted its call by then, ms. */
const noted = 300;

/** All writes on the way where nobody kills it. */
export async function cutsOf(flow: Flow): Promise<readonly Cut[]> {
  const { writes } = await flowRun(flow);
  const seen = new Map<string, number>();
  return writes.flatMap((label) => {
    const nth = (seen.get(label) ?? 0) + 1;
    seen.set(label, nth);
    return (['before', 'after'] as const).map((side) => ({ side, label, nth }));
  });
}

/** One life that is cut off, where it is to be, and one that ends it all. */
export async function flowRun(flow: Flow, cut?: Cut): Promise<FlowResult> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-crash-'));
  const simulator = await startSimulator({ estate: estateOf(flow), clock: hasty(haste) });
  const [controller] = simulator.controllers;
  if (flow.publish !== undefined) controller?.operations.publish('flow', 'app', flow.publish);
  try {
    const juju = await loggingJuju(folder, flow.slow);
    const policy = flowPolicy(flow, policyFor(simulator), folder);
    return await lives({ flow, simulator, ...(cut === undefined ? {} : { cut }) }, { folder, juju, policy });
  } finally {
    await simulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Run {
  readonly flow: Flow;
  readonly cut?: Cut;
  readonly simulator: Simulator;
}

async function lives({ flow, cut, simulator }: Run, { folder, juju, policy }: House): Promise<FlowResult> {
  const stateDir = join(folder, 'state');
  const settings = { policy, stateDir, juju, flow: flow.name };
  const said = await life(folder, cut === undefined ? settings : { ...settings, cut }, patience);
  const killed = said.at(-1) === 'killed';
  await systemClock.sleep(noted);
  const callsBefore = callsIn(folder);
  if (killed) await life(folder, settings, patience);
  const left = await leftIn(stateDir);
  return {
    ...{ flow, ...(cut === undefined ? {} : { cut }), killed, ...left },
    writes: said.slice(0, -1),
    callsBefore,
    callsAfter: callsIn(folder).slice(callsBefore.length),
    faults: await faultsIn({ flow, simulator, folder, left }),
  };
}

function estateOf({ model }: Flow): EstateSpec {
  const users = { observer: 'read', remediator: 'admin' } as const;
  return {
    controllers: [
      {
        name: 'prod',
        users: [...rigUsers, { name: 'bob', createdDaysAgo: 400, lastConnectionDaysAgo: 1 }],
        models: [{ applications: [], ...model, name: 'flow', users }],
      },
    ],
  };
}

/** Our own identities log in with what their files say. */
function flowPolicy(
  { rules, rotation, verifyDeadline, slow = 0 }: Flow,
  policy: Policy,
  folder: string,
): Policy {
  const kept = (identity: Credentials): Credentials => {
    const file = join(folder, `${identity.user}.yaml`);
    writeFileSync(file, `username: ${identity.user}\npassword: ${identity.password}\n`, { mode: 0o600 });
    return { ...identity, file };
  };
  const controllers = policy.controllers.map(({ observer, remediator = observer, ...access }) => ({
    ...access,
    observer: kept(observer),
    remediator: kept(remediator),
  }));
  const often = { poll: 0.5, pollIdle: 0.5, slowFacts: 0.5 };
  const pace = { ...policy.pace, ...often, verifyDeadline, cliDeadline: policy.pace.cliDeadline + slow };
  return { ...policy, controllers, rules, pace, ...(rotation === undefined ? {} : { rotation }) };
}
