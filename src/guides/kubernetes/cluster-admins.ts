import { evidenceOf, fail, pass, type Judgement } from '../../core/judgement.js';
import type { Known } from '../../core/fact.js';
import { listed } from '../shared/gather.js';
import { seeing } from '../shared/kubernetes-evidence.js';
import type { Subject } from './in-cluster.js';
import {
  allowsEverything,
  holders,
  isControlPlane,
  isEverybody,
  isJujuCredential,
  subjectText,
  type Holder,
} from '../shared/kubernetes-subjects.js';

/** The reasons that `adminsJudgement` gives. */
export const adminReasons = {
  EverybodyIsAdmin: 'A group that holds everybody, or every workload, may do everything in the cluster.',
  UndeclaredClusterAdmin: 'Somebody whom the policy does not name may do everything in the cluster.',
} as const;

/**
 * Whether those who may do everything are Juju, the control plane and whom the policy names. A role of another name
 * that allows everything counts, too: it is how Juju's `trust --scope=cluster` gives it.
 */
export function adminsJudgement({ cluster }: Subject, declared: readonly string[]): Judgement {
  const wanted = "Juju's own user, the control plane and those whom the policy names";
  const facts = { roles: cluster.get('clusterRoles'), bindings: cluster.get('clusterRoleBindings') };
  return seeing(facts, wanted, ({ roles, bindings }) => {
    const tables = { ClusterRole: roles.value, Role: {} };
    const all = holders(bindings.value, tables, allowsEverything);
    const others = all.filter(({ subject }) => !isExpected(subject, declared));
    return judged(bindings, { all, others, wanted });
  });
}

function judged(
  fact: Known<unknown>,
  { all, others, wanted }: { all: readonly Holder[]; others: readonly Holder[]; wanted: string },
): Judgement {
  const seen = evidenceOf(fact, all.map(holderText).join(', ') || 'nobody', wanted);
  const open = others.filter(({ subject }) => isEverybody(subject));
  if (open.length > 0)
    return fail('EverybodyIsAdmin', `cluster-admin is held by ${listed(open.map(holderText), ', ')}`, seen);
  if (others.length > 0)
    return fail(
      'UndeclaredClusterAdmin',
      `cluster-admin is held by ${listed(others.map(holderText), ', ')}, whom the policy does not name`,
      seen,
    );
  return pass('nobody but those expected may do everything', seen);
}

function isExpected(subject: Holder['subject'], declared: readonly string[]): boolean {
  return isControlPlane(subject) || isJujuCredential(subject) || declared.includes(subjectText(subject));
}

export function holderText({ subject, binding }: Holder): string {
  return `${subjectText(subject)} (by ${binding})`;
}
