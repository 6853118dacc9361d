/** Kills the daemon at the same write on the way of every kind of action, once for each; the last life ends it all. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulator } from '../../../src/simulator/index.js';
import { patience } from '../../support/patience.js';
import { callsIn, hasty, leftIn, life, loggingJuju, policyFor, type House, type Left } from './house.js';
import { estateOf, type Kind } from './kinds.js';

export interface MatrixOptions {
  readonly kinds: readonly Kind[];
  /** At which of its writes the daemon is killed, once for each kind: `after exited`. */
  readonly target: string;
}

export interface MatrixResult extends Left {
  readonly target: string;
  /** The kind on whose way each life ended, in their order, with the calls that had been made by then. */
  readonly deaths: readonly Death[];
  readonly calls: readonly string[];
}

interface Death {
  readonly kind: string;
  readonly calls: number;
}

const haste = 6;

export async function crashMatrix(options: MatrixOptions): Promise<MatrixResult> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-crash-'));
  const simulator = await startSimulator({ estate: estateOf(options.kinds), clock: hasty(haste) });
  try {
    const juju = await loggingJuju(folder);
    const deaths = await lives(options, { folder, juju, policy: policyFor(simulator) });
    const left = await leftIn(join(folder, 'state'));
    return { target: options.target, deaths, calls: callsIn(folder), ...left };
  } finally {
    await simulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** In each life another kind begins, on whose way the daemon is killed; those before it are finished meanwhile. */
async function lives({ kinds, target }: MatrixOptions, house: House): Promise<readonly Death[]> {
  const { folder, juju, policy } = house;
  const deaths: Death[] = [];
  const names = kinds.map(({ name }) => name);
  const spend = (settings: { readonly kinds: readonly string[]; readonly victim?: string }) =>
    life(folder, { policy, stateDir: join(folder, 'state'), juju, target, ...settings }, patience);
  for (const [index, { name: victim, once }] of kinds.entries()) {
    const begun = { kinds: names.slice(0, index + 1) };
    const [kind] = await spend({ ...begun, victim });
    if (kind !== undefined) deaths.push({ kind, calls: callsIn(folder).length });
    // What may not be begun a second time must not be on its way when the next one is killed.
    if (once === true || index === kinds.length - 1) await spend(begun);
  }
  return deaths;
}
