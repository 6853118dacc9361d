import { labelOf } from './network-policy/selector.js';
import type { KubeObject } from './object.js';

/** The label by which Juju's pods, services and sets tell their application, and the one before Juju 2.9. */
export const applicationLabel = 'app.kubernetes.io/name';
const legacyApplicationLabel = 'juju-app';

/** The application that an object belongs to, as its labels tell; undefined where they tell none. */
export function applicationOf({ labels }: Pick<KubeObject, 'labels'>): string | undefined {
  return labelOf(labels, applicationLabel) ?? labelOf(labels, legacyApplicationLabel);
}

/** The container in which Juju runs the charm itself, and the one that prepares the pod for it. */
const charmContainers: ReadonlySet<string> = new Set(['charm', 'charm-init']);

/** Whether a container is Juju's own, and not the workload's. */
export function isJujuContainer(name: string): boolean {
  return charmContainers.has(name);
}
