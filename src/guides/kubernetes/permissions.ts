import { isKnown } from '../../core/fact.js';
import { evidenceOf, fail, notSeen, pass, unsettled, type Judgement } from '../../core/judgement.js';
import type { AccessAnswer, AccessCheck } from '../../core/kube/access.js';
import { jujuPermissions } from '../../core/kube/juju-permissions.js';
import { listed } from '../shared/gather.js';
import type { Subject } from './in-cluster.js';

/** The reasons that `permissionsJudgement` gives. */
export const permissionReasons = {
  JujuMayTooLittle: "Juju's user may not do in the cluster all that Juju needs.",
  NotAllAsked: "Not all of what Juju needs was asked about, so that its user's rights are not known.",
} as const;

/** Whether Juju's user may do everywhere, or at least in the model's namespace, what the guide lists. */
export function permissionsJudgement({ cluster, namespace }: Subject): Judgement {
  const wanted = `all ${jujuPermissions.length} permissions that the guide lists`;
  const fact = cluster.get('jujuAccess');
  if (!isKnown(fact)) return notSeen(fact, wanted);
  const answers = jujuPermissions.map((check) => ({
    check,
    allowed: isAllowed(fact.value, check, namespace.name),
  }));
  const allowed = answers.filter((answer) => answer.allowed === true).length;
  const seen = evidenceOf(fact, `${allowed} of ${answers.length} allowed`, wanted);
  const denied = answers.filter((answer) => answer.allowed === false).map(({ check }) => words(check));
  if (denied.length > 0) return fail('JujuMayTooLittle', `Juju's user may not ${listed(denied, ', ')}`, seen);
  const unasked = answers.length - allowed;
  if (unasked > 0) return unsettled('NotAllAsked', `${unasked} of what Juju needs was not asked about`, seen);
  return pass(`Juju's user may do all ${answers.length} that Juju needs`, seen);
}

function isAllowed(
  answers: readonly AccessAnswer[],
  { verb, group, resource }: AccessCheck,
  namespace: string,
): boolean | undefined {
  const fitting = answers.filter(
    (answer) =>
      answer.verb === verb &&
      answer.group === group &&
      answer.resource === resource &&
      (answer.namespace ?? namespace) === namespace,
  );
  return fitting.length === 0 ? undefined : fitting.some(({ allowed }) => allowed);
}

function words({ verb, resource }: AccessCheck): string {
  return `${verb} ${resource}`;
}
