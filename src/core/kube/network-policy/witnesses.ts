import { dictOf, type Dict } from '../../dict.js';
import type { NetworkPeer } from '../network.js';
import type { LabelSelector } from '../object.js';
import { selects } from './selector.js';
import { namespaceLabels, namespaceNameLabel, type PolicyPod, type PolicyWorld } from './world.js';

/** Somebody whom a peer of a rule lets in: a pod that nobody may have started yet, or a block of addresses. */
export type Witness =
  | { readonly kind: 'pod'; readonly pod: PolicyPod }
  | { readonly kind: 'block'; readonly cidr: string }
  /** More kinds of pods than can be looked at one by one. */
  | { readonly kind: 'countless' };

/** More kinds of pods than these are not looked at one by one. */
const mostKinds = 1000;

/**
 * Pods as general as a peer of a policy in `namespace` lets in: only the labels that its selectors ask for, in every
 * namespace that it finds. What the pods of today do not show, these do: that a pod with the right labels would get in.
 */
export function witnessesOf(
  peer: NetworkPeer,
  { world, namespace }: { readonly world: PolicyWorld; readonly namespace: string },
): readonly Witness[] {
  const { ipBlock, podSelector, namespaceSelector } = peer;
  if (ipBlock !== undefined) return [{ kind: 'block', cidr: ipBlock.cidr }];
  if (podSelector === undefined && namespaceSelector === undefined) return [];
  const spaces = namespaceSelector === undefined ? [namespace] : spacesFor(namespaceSelector, world);
  const labels = labelsFor(podSelector ?? {});
  if (spaces === 'countless' || labels === 'countless') return [{ kind: 'countless' }];
  return spaces.flatMap((space) =>
    labels.map((own) => ({ kind: 'pod', pod: imagined(space, own) }) as const),
  );
}

/** A pod that is nowhere: no address, no ports, only labels. */
export function imagined(namespace: string, labels: Dict<string>): PolicyPod {
  return { namespace, labels, addresses: [], hostNetwork: false, ports: [] };
}

/** The namespaces that are known and selected, and one that is not known where the selector asks for no name. */
function spacesFor(selector: LabelSelector, world: PolicyWorld): readonly string[] | 'countless' {
  const found = Object.keys(world).filter((name) => selects(selector, namespaceLabels(world, name)));
  const wanted = labelsFor(selector);
  if (wanted === 'countless') return wanted;
  return [...new Set([...found, ...wanted.map((labels) => labels[namespaceNameLabel] ?? elsewhere)])];
}

/** Stands for a namespace that anybody might make; no Kubernetes name may begin with a hyphen. */
export const elsewhere = '-any-other-';

/** The smallest sets of labels that fulfil a selector; none where nothing can. */
function labelsFor({
  matchLabels = {},
  matchExpressions = [],
}: LabelSelector): readonly Dict<string>[] | 'countless' {
  let sets: readonly Dict<string>[] = [matchLabels];
  for (const { key, operator, values = [] } of matchExpressions) {
    if (operator === 'In') {
      if (sets.length * values.length > mostKinds) return 'countless';
      sets = sets.flatMap((set) => values.map((value) => withLabel(set, key, value)));
    } else if (operator === 'Exists') sets = sets.map((set) => withLabel(set, key, ''));
  }
  return sets.filter((set) => selects({ matchLabels, matchExpressions }, set));
}

function withLabel(labels: Dict<string>, key: string, value: string): Dict<string> {
  return Object.hasOwn(labels, key) ? labels : dictOf([...Object.entries(labels), [key, value]]);
}
