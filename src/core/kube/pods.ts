import type { Dict } from '../dict.js';
import type { KubeObject, LabelSelector, Owner } from './object.js';

/** `Localhost` and `Unconfined` beside `RuntimeDefault`; a newer kind stays as the server names it. */
export type SeccompProfile = string;

export interface PodSecurity {
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
  readonly runAsNonRoot?: boolean;
  readonly fsGroup?: number;
  readonly seccompProfile?: SeccompProfile;
  /** Names of the sysctls that the pod sets. */
  readonly sysctls: readonly string[];
}

/** A container's own settings, which win over the pod's. */
export interface ContainerSecurity {
  readonly privileged?: boolean;
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
  readonly runAsNonRoot?: boolean;
  readonly allowPrivilegeEscalation?: boolean;
  readonly readOnlyRootFilesystem?: boolean;
  readonly capabilitiesAdded: readonly string[];
  readonly capabilitiesDropped: readonly string[];
  readonly seccompProfile?: SeccompProfile;
  readonly procMount?: string;
}

export interface ContainerPort {
  readonly port: number;
  readonly protocol: string;
  readonly name?: string;
  /** Also opened on the node itself. */
  readonly hostPort?: number;
}

export interface Container {
  readonly name: string;
  readonly kind: 'main' | 'init' | 'ephemeral';
  /** As asked for in the pod's specification: a tag or a digest. */
  readonly image: string;
  /** What runs, as the container runtime reports it, commonly `registry/path@sha256:…`; absent until it has started. */
  readonly imageId?: string;
  readonly ports: readonly ContainerPort[];
  readonly security: ContainerSecurity;
}

export interface Pod extends KubeObject {
  /** The controlling owner; absent for a bare pod. */
  readonly owner?: Owner;
  readonly nodeName?: string;
  readonly serviceAccount: string;
  readonly automountToken?: boolean;
  /** `Pending`, `Running`, `Succeeded`, `Failed` or `Unknown`. */
  readonly phase: string;
  readonly addresses: readonly string[];
  readonly hostNetwork: boolean;
  readonly hostPid: boolean;
  readonly hostIpc: boolean;
  readonly security: PodSecurity;
  /** Kinds of its volumes without repetition, sorted, such as `hostPath`, `projected`, `secret`. */
  readonly volumeKinds: readonly string[];
  readonly containers: readonly Container[];
}

export interface StatefulSet extends KubeObject {
  readonly replicas: number;
  readonly serviceName?: string;
  readonly selector: LabelSelector;
  /** Labels that its pods are made with. */
  readonly podLabels: Dict<string>;
  /** Image by container name, as its template asks for: init containers included. */
  readonly images: Dict<string>;
}
