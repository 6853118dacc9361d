import type { SimApplication } from '../../world/state.js';
import type { PortPlan, PortSigner } from '../../world/unit-ports.js';
import type { Behaviour } from '../behaviour.js';

/** How each part of a workload is served: with certificates of this signer, in plain text, or not at all. */
export type Serving = Readonly<Record<string, PortSigner | 'plain' | 'none'>>;

export interface Verdict {
  readonly status: string;
  readonly message: string;
}

/** A charm that moves its units to TLS, or back, by restarting one after the other. */
export interface Product {
  /** What relations and options ask for; parts that have to wait stay as `now`. */
  wanted(application: SimApplication, now: Serving | undefined): Serving;
  /** All ports of a unit, closed ones included. */
  ports(application: SimApplication, serving: Serving): readonly PortPlan[];
  /** How many times the units are restarted in turn, and what they show meanwhile. */
  readonly rounds: readonly Verdict[];
  /** What units at rest show. */
  verdict(application: SimApplication, now: Serving): Verdict;
  /** Applications that act on how this one is served. */
  dependents?(application: SimApplication): readonly SimApplication[];
  readonly action?: Behaviour['action'];
  readonly disk?: NonNullable<Behaviour['disk']>;
}

export const active: Verdict = { status: 'active', message: '' };

export function isTls(part: Serving[string] | undefined): part is PortSigner {
  return typeof part === 'object';
}
