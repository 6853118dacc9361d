import type { AccessRule, Binding, Role, Subject } from '../../core/kube/access.js';
import type { Dict } from '../../core/dict.js';

/** As policies write it: `User:NAME`, `Group:NAME` or `ServiceAccount:NAMESPACE/NAME`. */
export function subjectText({ kind, namespace, name }: Subject): string {
  return kind === 'ServiceAccount' ? `${kind}:${namespace ?? ''}/${name}` : `${kind}:${name}`;
}

/** Groups that hold everybody, or every workload. */
const everybody = /^system:(authenticated|unauthenticated|serviceaccounts(:.*)?)$/;

/** Whether a subject stands for whoever comes, and not for somebody. */
export function isEverybody({ kind, name }: Subject): boolean {
  return (kind === 'Group' && everybody.test(name)) || (kind === 'User' && name === 'system:anonymous');
}

/** Kubernetes' own parts: they cannot work without their rights, and nobody but the control plane is one. */
export function isControlPlane(subject: Subject): boolean {
  if (isEverybody(subject)) return false;
  const { kind, name, namespace } = subject;
  return kind === 'ServiceAccount'
    ? namespace === 'kube-system' && !isJujuCredential(subject)
    : name.startsWith('system:');
}

/** The service account that Juju makes for itself when a cluster is added or bootstrapped to. */
export function isJujuCredential({ kind, name, namespace }: Subject): boolean {
  return kind === 'ServiceAccount' && namespace === 'kube-system' && name.startsWith('juju-credential');
}

/** Whether rules allow one of the verbs on every object of a resource. Rules on named objects only do not. */
export function allows(
  { rules }: Role,
  {
    verbs,
    group,
    resource,
  }: { readonly verbs: readonly string[]; readonly group: string; readonly resource: string },
): boolean {
  return rules.some(
    (rule) =>
      rule.resourceNames.length === 0 &&
      has(rule.apiGroups, group) &&
      has(rule.resources, resource) &&
      verbs.some((verb) => has(rule.verbs, verb)),
  );
}

/** Whether a role allows everything, by whichever name it goes. */
export function allowsEverything({ rules }: Role): boolean {
  return rules.some(isEverything);
}

function isEverything({ verbs, apiGroups, resources, resourceNames }: AccessRule): boolean {
  return [verbs, apiGroups, resources].every((list) => list.includes('*')) && resourceNames.length === 0;
}

function has(list: readonly string[], wanted: string): boolean {
  return list.includes('*') || list.includes(wanted);
}

/** A subject with the binding by which it holds something. */
export interface Holder {
  readonly subject: Subject;
  readonly binding: string;
}

/** Everybody to whom one of the bindings gives a role that fits. */
export function holders(
  bindings: Dict<Binding>,
  roles: Readonly<Record<Binding['role']['kind'], Dict<Role>>>,
  fits: (role: Role) => boolean,
): readonly Holder[] {
  return Object.values(bindings).flatMap(({ name, role, subjects }) => {
    const table = roles[role.kind];
    const bound = Object.hasOwn(table, role.name) ? table[role.name] : undefined;
    return bound !== undefined && fits(bound) ? subjects.map((subject) => ({ subject, binding: name })) : [];
  });
}
