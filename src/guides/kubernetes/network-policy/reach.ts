import { coveredBy } from '../../../core/cidr.js';
import { applicationOf } from '../../../core/kube/juju-labels.js';
import { holding, mayConnect } from '../../../core/kube/network-policy/connect.js';
import { coversPort } from '../../../core/kube/network-policy/matches.js';
import {
  elsewhere,
  imagined,
  witnessesOf,
  type Witness,
} from '../../../core/kube/network-policy/witnesses.js';
import type { Party, PolicyPod, PolicyWorld } from '../../../core/kube/network-policy/world.js';
import type { IngressRule, NetworkPeer } from '../../../core/kube/network.js';
import type { Caller } from './callers.js';

/** A pod whose ports are guarded, in the world of its policies. */
export interface Guarded {
  readonly world: PolicyWorld;
  readonly pod: PolicyPod;
  readonly ports: readonly number[];
  /** Who may come in. */
  readonly allowed: readonly Caller[];
}

/** Somebody who gets in and should not. */
export interface Intruder {
  readonly kind: 'anybody' | 'unlisted' | 'addresses';
  /** As in `pods of other namespaces`. */
  readonly who: string;
  readonly ports: readonly number[];
}

/** Everybody who gets at a guarded port of a pod without being allowed to; the most general come first. */
export function intruders(guarded: Guarded): readonly Intruder[] {
  const anybody = strangers(guarded.pod.namespace).flatMap(({ party, who }) =>
    intruder(guarded, party, { kind: 'anybody', who }),
  );
  if (anybody.length > 0) return anybody;
  const rules = holding(guarded.world, guarded.pod, 'Ingress').flatMap(({ ingress = [] }) => ingress);
  const found = rules.flatMap((rule) =>
    (rule.from ?? []).flatMap((peer) => byPeer(guarded, peer, rule.ports)),
  );
  return [...new Map(found.map((one) => [`${one.who} ${one.ports.join()}`, one])).values()];
}

/** Those whom nobody can mean to let in: pods without a label, here and elsewhere, and addresses of the outside. */
function strangers(namespace: string): readonly { readonly party: Party; readonly who: string }[] {
  return [
    { party: imagined(namespace, {}), who: 'any pod of the namespace' },
    { party: imagined(elsewhere, {}), who: 'pods of any other namespace' },
    { party: { address: '192.0.2.1' }, who: 'addresses outside the cluster' },
    { party: { address: '2001:db8::1' }, who: 'addresses outside the cluster' },
  ];
}

function intruder(
  { world, pod, ports, allowed }: Guarded,
  party: Party,
  seen: Pick<Intruder, 'kind' | 'who'>,
): readonly Intruder[] {
  if (allowed.some((caller) => isBlockOf(caller, party))) return [];
  const open = ports.filter((port) => mayConnect(world, { from: party, to: pod, port, protocol: 'TCP' }));
  return open.length === 0 ? [] : [{ ...seen, ports: open }];
}

function isBlockOf(caller: Caller, party: Party): boolean {
  return caller.kind === 'block' && 'address' in party && coveredBy([caller.cidr], party.address);
}

/** Whom one peer of a rule lets in: each kind of pod that it asks for has to be one that is allowed. */
function byPeer(guarded: Guarded, peer: NetworkPeer, ports: IngressRule['ports']): readonly Intruder[] {
  const { world, pod, allowed } = guarded;
  const open = guarded.ports.filter((port) => coversPort(ports, { port, protocol: 'TCP' }, pod));
  if (open.length === 0) return [];
  return witnessesOf(peer, { world, namespace: pod.namespace })
    .filter((witness) => !isAllowed(witness, allowed))
    .map((witness) => ({ ...shown(witness), ports: open }));
}

function shown(witness: Witness): Omit<Intruder, 'ports'> {
  switch (witness.kind) {
    case 'pod':
      return { kind: 'unlisted', who: podText(witness.pod) };
    case 'block':
      return { kind: 'addresses', who: `addresses ${witness.cidr}` };
    case 'countless':
      return { kind: 'unlisted', who: 'more kinds of pods than can be listed' };
  }
}

/** A pod is known by its namespace and by the label that Juju puts on the pods of an application. */
function isAllowed(witness: Witness, allowed: readonly Caller[]): boolean {
  if (witness.kind === 'countless') return false;
  if (witness.kind === 'block')
    return allowed.some((caller) => caller.kind === 'block' && coveredBy([caller.cidr], witness.cidr));
  const { namespace } = witness.pod;
  const application = applicationOf(witness.pod);
  return allowed.some(
    (caller) =>
      caller.kind !== 'block' &&
      caller.namespace === namespace &&
      (caller.kind === 'namespace' || caller.application === application),
  );
}

function podText({ namespace, labels }: PolicyPod): string {
  const told = Object.entries(labels).map(([key, value]) => (value === '' ? key : `${key}=${value}`));
  const place = namespace === elsewhere ? 'any namespace that the rule selects' : `namespace ${namespace}`;
  return told.length === 0 ? `any pod of ${place}` : `pods labelled ${told.join(', ')} of ${place}`;
}
