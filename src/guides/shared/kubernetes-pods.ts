import type { Dict } from '../../core/dict.js';
import { applicationOf, isJujuContainer } from '../../core/kube/juju-labels.js';
import { labelOf } from '../../core/kube/network-policy/selector.js';
import type { Container, Pod } from '../../core/kube/pods.js';

/** Pods that have ended hold no ports and run nothing. */
const ended: ReadonlySet<string> = new Set(['Succeeded', 'Failed']);

/** The pods that run or are about to. */
export function livePods(pods: Dict<Pod>): readonly Pod[] {
  return Object.values(pods).filter(({ phase }) => !ended.has(phase));
}

/** The pods of one application. */
export function podsOf(pods: Dict<Pod>, application: string): readonly Pod[] {
  return livePods(pods).filter((pod) => applicationOf(pod) === application);
}

/** The unit that a pod is, as Juju names it; the pod's own name where Juju does not tell. */
export function unitOf(pod: Pod): string {
  const told = labelOf(pod.jujuAnnotations, 'unit.juju.is/id');
  if (told !== undefined) return told;
  const application = applicationOf(pod);
  const number = /-(\d+)$/.exec(pod.name)?.[1];
  return application !== undefined && pod.name === `${application}-${number ?? ''}`
    ? `${application}/${number ?? ''}`
    : pod.name;
}

/** What the workload itself runs in: neither Juju's containers nor those that only prepare the pod. */
export function workloadContainers({ containers }: Pod): readonly Container[] {
  return containers.filter(({ kind, name }) => kind === 'main' && !isJujuContainer(name));
}
