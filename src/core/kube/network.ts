import type { Dict } from '../dict.js';
import type { KubeObject, LabelSelector } from './object.js';

export interface ServicePort {
  readonly name?: string;
  readonly protocol: string;
  readonly port: number;
  /** Number, or name of a container's port. */
  readonly targetPort?: number | string;
  /** Opened on every node. */
  readonly nodePort?: number;
}

export interface Service extends KubeObject {
  /** `ClusterIP`, `NodePort`, `LoadBalancer` or `ExternalName`. */
  readonly type: string;
  /** Empty for a service without selector, whose endpoints somebody else writes. */
  readonly selector: Dict<string>;
  readonly ports: readonly ServicePort[];
  readonly clusterIps: readonly string[];
  readonly externalIps: readonly string[];
  readonly externalName?: string;
  /** CIDRs let in by the load balancer; empty lets everybody in. */
  readonly loadBalancerSourceRanges: readonly string[];
  /** Addresses and host names that the load balancer was given. */
  readonly loadBalancerAddresses: readonly string[];
}

export interface Endpoint {
  readonly addresses: readonly string[];
  /** Absent means ready, as Kubernetes reads it; told as true. */
  readonly ready: boolean;
  readonly pod?: string;
  readonly nodeName?: string;
}

export interface EndpointSlice extends KubeObject {
  /** The service it belongs to; absent for one made by hand. */
  readonly service?: string;
  readonly addressType: string;
  readonly ports: readonly { readonly name?: string; readonly protocol?: string; readonly port?: number }[];
  readonly endpoints: readonly Endpoint[];
}

/** In the shape of Kubernetes' own `spec`, so that it can be printed back as it is. */
export interface NetworkPolicySpec {
  readonly podSelector: LabelSelector;
  /** Always told: where the object leaves it out, the server fills it in. */
  readonly policyTypes: readonly ('Ingress' | 'Egress')[];
  readonly ingress?: readonly IngressRule[];
  readonly egress?: readonly EgressRule[];
}

/** No peers or none given: from anywhere. No ports or none given: on any port. */
export interface IngressRule {
  readonly from?: readonly NetworkPeer[];
  readonly ports?: readonly PolicyPort[];
}

export interface EgressRule {
  readonly to?: readonly NetworkPeer[];
  readonly ports?: readonly PolicyPort[];
}

/** Both selectors: pods so labelled in namespaces so labelled. A pod selector alone: in the policy's own namespace. */
export interface NetworkPeer {
  readonly podSelector?: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}

export interface PolicyPort {
  readonly protocol?: string;
  readonly port?: number | string;
  /** The last port of a range that begins at `port`. */
  readonly endPort?: number;
}

export interface NetworkPolicy extends KubeObject {
  readonly spec: NetworkPolicySpec;
}
