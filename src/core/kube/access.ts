import type { KubeObject } from './object.js';

/** `*` stands for all; no resource names means every name. */
export interface AccessRule {
  readonly verbs: readonly string[];
  /** The core group is the empty string. */
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames: readonly string[];
}

/** A Role or a ClusterRole; rules on URLs that are no resources are left out. */
export interface Role extends KubeObject {
  readonly rules: readonly AccessRule[];
}

export interface Subject {
  /** `User`, `Group` or `ServiceAccount`. */
  readonly kind: string;
  readonly name: string;
  /** Of a service account. */
  readonly namespace?: string;
}

/** A RoleBinding or a ClusterRoleBinding. */
export interface Binding extends KubeObject {
  readonly role: { readonly kind: 'Role' | 'ClusterRole'; readonly name: string };
  readonly subjects: readonly Subject[];
}

/** One question to the authorizer. */
export interface AccessCheck {
  readonly verb: string;
  /** The core group is the empty string. */
  readonly group: string;
  readonly resource: string;
  /** Absent: in all namespaces. */
  readonly namespace?: string;
}

export interface AccessAnswer extends AccessCheck {
  readonly allowed: boolean;
}

/** Whose rights are asked about: those of the credential in use, or of somebody else by name. */
export type AccessSubject = 'self' | { readonly user: string; readonly groups: readonly string[] };
