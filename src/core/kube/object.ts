/**
 * What Kubernetes objects share, as plain data stripped to what controls judge. Names of fields are ours where they
 * are plainer; absent optional fields were absent in the object too, so that nothing judged is defaulted.
 */
import type { Dict } from '../dict.js';

/** What is kept of every object's metadata. */
export interface KubeObject {
  readonly name: string;
  readonly uid: string;
  readonly labels: Dict<string>;
  /** Only annotations of Juju's own domain (`…juju.is/…`): they tie objects to models, applications and units. */
  readonly jujuAnnotations: Dict<string>;
}

/** The object that made this one, as a StatefulSet makes its pods. */
export interface Owner {
  readonly kind: string;
  readonly name: string;
}

/** All labels and all expressions must hold; an empty selector selects everything. */
export interface LabelSelector {
  readonly matchLabels?: Dict<string>;
  readonly matchExpressions?: readonly LabelExpression[];
}

export interface LabelExpression {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values?: readonly string[];
}

/** Carries the Pod Security labels, `pod-security.kubernetes.io/enforce` and its kin, among its labels. */
export interface Namespace extends KubeObject {
  readonly phase: string;
}

export interface ServiceAccount extends KubeObject {
  readonly automountToken?: boolean;
}

/** What tells the distribution: see also the labels. */
export interface Node extends KubeObject {
  readonly providerId?: string;
  readonly kubeletVersion: string;
  readonly osImage: string;
  readonly kernelVersion: string;
  readonly containerRuntime: string;
  readonly architecture: string;
}
