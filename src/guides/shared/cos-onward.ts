import type { Remedy } from '../../core/action/action.js';
import type { ApplicationView } from '../../core/evaluate/view.js';
import { valueOf } from '../../core/fact.js';
import type { RemoteApplication } from '../../core/snapshot.js';
import { integrate } from './integrate.js';
import { isLinks, linksAt } from './relations.js';

/** How one signal is to leave a collector. */
export interface Onward {
  /** For people: `metrics`. */
  readonly signal: string;
  /** The collector's endpoint. */
  readonly endpoint: string;
  readonly interface: string;
  /** What the far end is in the relation: dashboards are provided to Grafana, the rest is taken by providers. */
  readonly takerRole: 'provider' | 'requirer';
  /** The remote application that the policy names. */
  readonly target: string | undefined;
}

/** Integrates a collector's endpoint that leads nowhere with the remote application named, else the only one fit. */
export function onwardRemedy(collector: ApplicationView, onward: Onward): readonly Remedy[] {
  const own = { application: collector.name, endpoint: onward.endpoint };
  const links = linksAt(collector, { name: onward.endpoint, interface: onward.interface, sole: false });
  if (!isLinks(links) || links.sure.length + links.perhaps.length > 0) return [];
  const target = chosenTarget(collector, onward);
  if (target === undefined) return [];
  return integrate(collector.model, {
    ends: [own, target],
    effect: `${collector.name} sends ${onward.signal} to ${target.application}`,
    risk: 'low',
    disruptive: false,
    cutsOff: [],
    preconditions: [{ type: 'relation-absent', ...own }],
  });
}

interface Taker {
  readonly application: string;
  readonly endpoint: string;
}

function chosenTarget(collector: ApplicationView, onward: Onward): Taker | undefined {
  const remotes = Object.values(valueOf(collector.model.get('remoteApplications')) ?? {});
  const named = remotes.filter((remote) => onward.target === undefined || remote.name === onward.target);
  const fit = named.flatMap((remote) => takersOf(remote, onward));
  return fit.length === 1 ? fit[0] : undefined;
}

function takersOf(remote: RemoteApplication, onward: Onward): readonly Taker[] {
  if (remote.life === 'dying' || remote.life === 'dead') return [];
  const takers = remote.endpoints.filter(
    (end) => end.interface === onward.interface && end.role === onward.takerRole,
  );
  return takers.map((end) => ({ application: remote.name, endpoint: end.name }));
}
