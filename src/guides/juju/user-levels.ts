import { z } from 'zod';
import type { Precondition, Remedy } from '../../core/action/action.js';
import { defineControl, type Context } from '../../core/control.js';
import type { ModelView } from '../../core/evaluate/view.js';
import { isKnown, valueOf, type Known } from '../../core/fact.js';
import { evidenceOf, fail, manual, notSeen, pass, unsettled, type Judgement } from '../../core/judgement.js';
import type { ModelUser } from '../../core/snapshot.js';
import { lookup } from '../shared/lookup.js';
import { modelRef } from '../shared/model-ref.js';
import { documents } from './documents.js';
import { isLocalUser, mayBeChanged, ourNames, superuserNames } from './identities.js';
import { isAboveOnModel, modelLevelAbove, type ModelLevel } from './levels.js';

const params = z.object({
  levels: z
    .record(z.string(), z.enum(['none', 'read', 'write', 'admin']))
    .default({})
    .meta({
      description:
        'The highest level that each user may hold on the model, over what users.grants of the policy says.',
    }),
  ownerMayAdminister: z
    .boolean()
    .default(true)
    .meta({ description: "Whether the model's owner may be its administrator without being named." }),
});

type Params = z.output<typeof params>;

export const modelLevels = defineControl({
  id: 'JUJU-USER-02',
  title: "Each user's level on a model is at most what the policy grants",
  severity: 'high',
  section: 'Juju users',
  rationale: 'Users with minimal permissions can do little harm, by mistake or when their password leaks.',
  references: [documents.harden, documents.userLevels, documents.etcdGuide],
  evidence: ['J'],
  scope: 'model',
  params,
  reasons: {
    UndeclaredUser: 'A user has access to the model whom the policy does not name.',
    LevelTooHigh: 'A user holds a higher level on the model than the policy grants.',
    OnlyOurselvesSeen: 'Juju shows all users of a model only to a superuser; others see themselves.',
    DisabledGrantsHidden: 'Juju hides the levels of disabled users; they come back when the user is enabled.',
  },
  remediation: 'disruptive',
  fixableBy: 'operator',
  manual:
    "Run 'juju show-model' as a superuser and compare each user's level with the policy. Where he holds more, name the level just above " +
    "the one that he may hold: 'juju revoke USER read MODEL' leaves him nothing, 'revoke USER write MODEL' read, and 'revoke USER admin MODEL' write.",
  hazards: [
    "'juju revoke' sets the level below the one named without looking at what is held: naming a higher level than the user holds raises it.",
    'A disabled user cannot be changed: his level reappears when he is enabled.',
    'The last administrator of a model must stay.',
  ],
  evaluate(view, context) {
    const fact = view.get('users');
    const wanted = 'each user at most at the declared level';
    if (!isKnown(fact)) return notSeen(fact, wanted);
    const allowed = allowances(view, context);
    if (showsOnlyOurselves(view, fact, context)) {
      const message = 'only our own access to the model was shown; needs superuser';
      return unsettled('OnlyOurselvesSeen', message, evidenceOf(fact, listed(fact.value), wanted));
    }
    const failures = fact.value.flatMap((user) => violation(user, allowed(user.name), fact));
    if (failures.length > 0) return failures;
    return withDisabled(
      view,
      context,
      pass(
        `${fact.value.length} users, none above the declared level`,
        evidenceOf(fact, listed(fact.value), wanted),
      ),
    );
  },
  remediate(view, context, judgement) {
    const user = valueOf(view.get('users'))?.find(({ name }) => name === judgement.subject?.name);
    const ours = ourNames(view.controller, context);
    if (user === undefined || !mayBeChanged(user.name, ours)) return [];
    const allowed = allowances(view, context);
    if (user.access === 'admin' && !anotherAdministrator(view, user.name, allowed)) return [];
    return revocation(view, user, allowed(user.name) ?? 'none');
  },
});

type Allowance = (user: string) => ModelLevel | undefined;

/** What each user may hold. Our own identities are the policy's, and superusers are judged by JUJU-USER-01. */
function allowances(view: ModelView, context: Context<Params>): Allowance {
  const { ownerMayAdminister } = context.params;
  const owner = ownerMayAdminister ? valueOf(view.get('info'))?.owner : undefined;
  const ours = ourNames(view.controller, context);
  const superusers = superuserNames(view.controller, context);
  const { levels: granted } = context.users;
  return (user) => {
    if (user === owner || ours.has(user) || superusers.has(user)) return 'admin';
    return lookup(context.params.levels, user) ?? lookup(granted, user);
  };
}

function violation(
  user: ModelUser,
  allowed: ModelLevel | undefined,
  fact: Known<unknown>,
): readonly Judgement[] {
  if (!isAboveOnModel(user.access, allowed ?? 'none')) return [];
  const seen = evidenceOf(
    fact,
    `${user.name}: ${user.access}`,
    allowed === undefined ? 'no access' : `at most ${allowed}`,
  );
  const judgement =
    allowed === undefined
      ? fail('UndeclaredUser', `${user.name} holds ${user.access} and is not declared`, seen)
      : fail('LevelTooHigh', `${user.name} holds ${user.access}, declared is ${allowed}`, seen);
  return [{ ...judgement, subject: { kind: 'user', name: user.name } }];
}

function showsOnlyOurselves(
  view: ModelView,
  fact: Known<readonly ModelUser[]>,
  context: Context<Params>,
): boolean {
  const self = valueOf(view.controller.get('self'));
  if (self?.identities.some(({ access }) => access === 'superuser') === true) return false;
  const ours = ourNames(view.controller, context);
  return fact.value.every(({ name }) => ours.has(name));
}

function withDisabled(view: ModelView, { profile }: Context<Params>, passed: Judgement): Judgement {
  const disabled = (valueOf(view.controller.get('users')) ?? [])
    .filter((user) => user.disabled)
    .map(({ name }) => name);
  if (disabled.length === 0) return passed;
  const message = `${passed.message}; levels of disabled users are hidden: ${disabled.join(', ')}`;
  return profile === 'strict'
    ? manual('DisabledGrantsHidden', message, ...passed.evidence)
    : { ...passed, message };
}

function anotherAdministrator(view: ModelView, besides: string, allowed: Allowance): boolean {
  const users = valueOf(view.get('users')) ?? [];
  return users.some(
    ({ name, access }) => name !== besides && access === 'admin' && allowed(name) === 'admin',
  );
}

function revocation(
  view: ModelView,
  { name: user, access: held }: ModelUser,
  allowed: ModelLevel,
): readonly Remedy[] {
  const ref = modelRef(view);
  const level = modelLevelAbove(held, allowed);
  if (ref === undefined || level === undefined) return [];
  const on = { kind: 'model', name: `${ref.owner}/${ref.model}` } as const;
  const { controller } = ref;
  const holding: Precondition = { type: 'user-level', user, level: held, on: 'model' };
  return [
    {
      action: { type: 'revoke', controller, user, level, on },
      undo: { inverse: [{ type: 'grant', controller, user, level: held, on }] },
      effect:
        allowed === 'none'
          ? `${user} has no access to ${ref.model}`
          : `${user} holds ${allowed} on ${ref.model}`,
      risk: 'high',
      disruptive: true,
      // It leaves `allowed` whenever it is run: a second time, or after a crash, it can raise nobody above that.
      repeatable: true,
      cutsOff: [user],
      preconditions: isLocalUser(user) ? [holding, { type: 'user-enabled', user }] : [holding],
    },
  ];
}

function listed(users: readonly ModelUser[]): string {
  return users.map(({ name, access }) => `${name}: ${access}`).join(', ') || 'nobody';
}
