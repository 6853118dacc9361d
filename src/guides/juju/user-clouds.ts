import { z } from 'zod';
import type { Remedy } from '../../core/action/action.js';
import { defineControl, type Context } from '../../core/control.js';
import type { ControllerView } from '../../core/evaluate/view.js';
import { isKnown, valueOf } from '../../core/fact.js';
import { evidenceOf, fail, notSeen, pass, type Judgement } from '../../core/judgement.js';
import { names } from '../shared/params.js';
import { documents } from './documents.js';
import { isPlainName, mayBeChanged, ourNames, superuserNames } from './identities.js';
import { cloudLevelAbove, isAboveOnCloud, isCloudLevel, type CloudLevel } from './levels.js';

const params = z.object({
  administrators: names('admin').meta({
    description: 'Users who may administer the clouds, besides superusers.',
  }),
  mayAddModels: names().meta({ description: 'Users who may add models to the clouds.' }),
});

type Params = z.output<typeof params>;

interface Grant {
  readonly cloud: string;
  readonly user: string;
  readonly level: string;
  readonly allowed: CloudLevel;
}

export const cloudAccess = defineControl({
  id: 'JUJU-USER-06',
  title: 'Few users may use or administer a cloud',
  severity: 'medium',
  section: 'Juju users',
  rationale: "Who may add models spends the cloud's resources; who administers a cloud decides who else may.",
  references: [documents.harden, documents.userLevels, documents.clouds],
  evidence: ['J'],
  scope: 'controller',
  params,
  reasons: { UndeclaredCloudAccess: 'A user holds a level on a cloud that the policy does not grant.' },
  remediation: 'disruptive',
  fixableBy: 'operator',
  manual:
    "Run 'juju show-cloud -c CONTROLLER CLOUD' as a superuser and compare the users with the policy. Remove access with " +
    "'juju revoke-cloud USER add-model CLOUD'; turn an administrator into a plain user with 'juju revoke-cloud USER admin CLOUD'.",
  hazards: ["Like 'revoke', 'revoke-cloud' sets the level below the one named, whatever is held."],
  evaluate(view, context) {
    const fact = view.get('clouds');
    const wanted = `administrators: ${context.params.administrators.join(', ')}; others only as declared`;
    if (!isKnown(fact)) return notSeen(fact, wanted);
    const byUser = Map.groupBy(excesses(view, context), ({ user }) => user);
    const failures = [...byUser].map(([name, grants]): Judgement => {
      const seen = grants.map(({ cloud, level }) => `${level} on ${cloud}`).join(', ');
      return {
        ...fail(
          'UndeclaredCloudAccess',
          `${name} holds ${seen}`,
          evidenceOf(fact, `${name}: ${seen}`, wanted),
        ),
        subject: { kind: 'user', name },
      };
    });
    if (failures.length > 0) return failures;
    return pass(
      'cloud access as declared',
      evidenceOf(fact, `clouds: ${Object.keys(fact.value).join(', ')}`, wanted),
    );
  },
  remediate(view, context, judgement) {
    const user = judgement.subject?.name;
    const controller = view.get('name');
    if (user === undefined || controller === '' || !mayBeChanged(user, ourNames(view, context))) return [];
    const own = excesses(view, context).filter(
      (grant) => grant.user === user && isPlainName(grant.cloud) && isCloudLevel(grant.level),
    );
    return own.map((grant) => revokeCloud(controller, grant));
  },
});

/** The grants above what the policy allows. Superusers, being above every cloud, are judged by JUJU-USER-01. */
function excesses(view: ControllerView, context: Context<Params>): readonly Grant[] {
  const { administrators, mayAddModels } = context.params;
  const superusers = superuserNames(view, context);
  const mayAdminister = new Set([...administrators, ...superusers, ...ourNames(view, context)]);
  const grants: Grant[] = [];
  for (const [cloud, { users }] of Object.entries(valueOf(view.get('clouds')) ?? {})) {
    for (const [user, level] of Object.entries(users)) {
      const allowed = mayAdminister.has(user) ? 'admin' : mayAddModels.includes(user) ? 'add-model' : 'none';
      if (isAboveOnCloud(level, allowed)) grants.push({ cloud, user, level, allowed });
    }
  }
  return grants;
}

/** Names the level just above the allowed one: right whatever is held above it by then, and never raising to more. */
function revokeCloud(controller: string, { cloud, user, level, allowed }: Grant): Remedy {
  return {
    action: { type: 'revoke-cloud', controller, user, level: cloudLevelAbove(allowed), cloud },
    undo: { inverse: [{ type: 'grant-cloud', controller, user, level, cloud }] },
    effect: allowed === 'none' ? `${user} may not use ${cloud}` : `${user} holds ${allowed} on ${cloud}`,
    risk: 'medium',
    disruptive: true,
    repeatable: true,
    cutsOff: [user],
    preconditions: [],
  };
}
