import type { Knowledge } from '../../core/knowledge.js';
import { valueOf } from '../../core/fact.js';
import { evidenceOf, fail, pass, type Judgement } from '../../core/judgement.js';
import type { Role } from '../../core/kube/access.js';
import { listed } from '../shared/gather.js';
import { seeing } from '../shared/kubernetes-evidence.js';
import { lookup } from '../shared/lookup.js';
import { holderText } from './cluster-admins.js';
import type { Subject } from './in-cluster.js';
import {
  allows,
  allowsEverything,
  holders,
  isControlPlane,
  isEverybody,
  isJujuCredential,
  subjectText,
  type Holder,
} from '../shared/kubernetes-subjects.js';

/** The reasons that `secretReadersJudgement` gives. */
export const secretReaderReasons = {
  EverybodyReadsSecrets:
    'A group that holds everybody, or every workload, may read the Secrets of the namespace.',
  UndeclaredSecretReader: 'Somebody whom the policy does not name may read all Secrets of the namespace.',
} as const;

/**
 * Whether only those expected may read the Secrets of the model's namespace, as its roles and bindings have it: the
 * Secrets themselves are never asked for. Whoever may do everything in the cluster is K8S-RBAC-02's matter.
 */
export function secretReadersJudgement(
  subject: Subject,
  { readers, knowledge }: { readonly readers: readonly string[]; readonly knowledge: Knowledge },
): Judgement {
  const { cluster, namespace } = subject;
  const wanted = 'Juju, the charms that need trust, the control plane and those whom the policy names';
  const facts = {
    roles: namespace.get('roles'),
    bindings: namespace.get('roleBindings'),
    clusterRoles: cluster.get('clusterRoles'),
    clusterBindings: cluster.get('clusterRoleBindings'),
  };
  return seeing(facts, wanted, (known) => {
    const roles = { Role: known.roles.value, ClusterRole: known.clusterRoles.value };
    const inNamespace = holders(known.bindings.value, roles, readsSecrets);
    const everywhere = holders(
      known.clusterBindings.value,
      roles,
      (role) => readsSecrets(role) && !allowsEverything(role),
    );
    const expected = [...readers, ...trusted(subject, knowledge)];
    const others = [...inNamespace, ...everywhere].filter(({ subject: who }) => !isExpected(who, expected));
    const seen = evidenceOf(known.bindings, others.map(holderText).join(', ') || 'nobody else', wanted);
    return judged(others, seen);
  });
}

function judged(others: readonly Holder[], seen: ReturnType<typeof evidenceOf>): Judgement {
  const open = others.filter(({ subject }) => isEverybody(subject));
  const who = (all: readonly Holder[]): string => listed(all.map(holderText), ', ');
  if (open.length > 0) return fail('EverybodyReadsSecrets', `the Secrets may be read by ${who(open)}`, seen);
  if (others.length > 0)
    return fail('UndeclaredSecretReader', `the Secrets may be read by ${who(others)}`, seen);
  return pass('nobody but those expected may read the Secrets', seen);
}

/** Rules on Secrets by name are how Juju hands out single ones: they are narrow enough. */
function readsSecrets(role: Role): boolean {
  return allows(role, { verbs: ['get', 'list', 'watch'], group: '', resource: 'secrets' });
}

/** Charms that do not work without trust read their namespace's Secrets by it; whether others have it is JUJU-APP-01. */
function trusted({ model, namespace }: Subject, knowledge: Knowledge): readonly string[] {
  const needing = model.applications().filter((app) => {
    const charm = valueOf(app.get('charm'));
    return charm !== undefined && lookup(knowledge.trustNeeded, charm.name) !== undefined;
  });
  return [...needing.map(({ name }) => name), 'modeloperator'].map(
    (name) => `ServiceAccount:${namespace.name}/${name}`,
  );
}

function isExpected(subject: Holder['subject'], expected: readonly string[]): boolean {
  return isControlPlane(subject) || isJujuCredential(subject) || expected.includes(subjectText(subject));
}
