import { z } from 'zod';
import type { Remedy } from '../../core/action/action.js';
import { defineControl, type Context } from '../../core/control.js';
import { durationText } from '../../core/duration.js';
import type { ControllerView } from '../../core/evaluate/view.js';
import { isKnown, valueOf, type Fact, type Known } from '../../core/fact.js';
import { evidenceOf, fail, manual, notSeen, pass, type Judgement } from '../../core/judgement.js';
import { rotationOfUser, type RotationRule } from '../../core/policy/rotation.js';
import type { PasswordChange, UserAccount } from '../../core/snapshot.js';
import { loggedChange } from './logged-passwords.js';
import { attestationReasons, byStatement } from '../shared/attestation.js';
import { duration } from '../shared/params.js';
import { documents } from './documents.js';
import { isJujusOwn, isLocalUser, isPlainName, ourNames } from './identities.js';

/** Users whose passwords the policy has changed are judged by our own history; the others a person attests. */
export const passwordRotation = defineControl({
  id: 'JUJU-USER-04',
  title: 'User credentials are rotated regularly',
  severity: 'medium',
  section: 'Juju users',
  rationale: 'A password that leaked unnoticed is of use only until it is changed.',
  references: [documents.etcdGuide, documents.users],
  evidence: ['N', 'A', 'J'],
  scope: 'controller',
  params: z.object({
    age: duration('90d').meta({
      description:
        'How long ago the rotation of users whom the policy does not rotate may have been stated, as in 90d.',
    }),
  }),
  reasons: {
    AttestationExpired: attestationReasons.AttestationExpired,
    AttestationOld: attestationReasons.AttestationOld,
    PasswordAgeNotKept: 'Juju keeps no date of a password change, so a person has to attest it.',
    RotationDue:
      "The policy has this user's password changed, and Holdfast has not done so for too long, or never.",
  },
  remediation: 'disruptive',
  fixableBy: 'operator',
  manual:
    "Name the accounts under rotation in the policy. For each other user: run 'juju change-user-password -c CONTROLLER USER', store the new password as a Juju secret or in a password " +
    'manager, end the sessions that still run with the old one, and attest the date.',
  hazards: [
    'A password change ends no session: who is logged in stays so until his login is 24 hours old or the user is disabled for a moment.',
    "Changing one's own password replaces the stored one by a login of 24 hours.",
    'Whoever uses the old password is turned away until he reads the new one.',
  ],
  evaluate(view, context) {
    const fact = view.get('users');
    if (!isKnown(fact)) return notSeen(fact, 'rotated users');
    const rotations = view.get('rotations');
    const rotating = fact.value.filter(
      ({ name, disabled }) => !disabled && isLocalUser(name) && !isJujusOwn(name),
    );
    const judged = rotating.map((user) => judgeManaged(user, { view, context, rotations }));
    const others = rotating.filter((_, index) => judged[index] === undefined);
    const left = others.filter((user) => !isLogged(view, user, context));
    const managed = judged.filter((judgement) => judgement !== undefined);
    if (left.length > 0 || rotating.length === 0) return [...managed, attestable(fact, left, context)];
    return others.length > 0 ? [...managed, allLogged(view, fact, others.length)] : managed;
  },
  remediate(view, context, { subject }) {
    const controller = view.get('name');
    const user = valueOf(view.get('users'))?.find(({ name }) => name === subject?.name);
    const rule = user && ruleFor(view, context, user.name);
    if (user === undefined || rule === undefined || controller === '' || !isPlainName(user.name)) return [];
    const isOurs = ourNames(view, context).has(user.name);
    return rule.secret === undefined && !isOurs ? [] : [remedy(controller, user.name, { rule, isOurs })];
  },
});

type About = Pick<Context<unknown>, 'rotation' | 'time' | 'ourselves'>;

interface Seen {
  readonly view: ControllerView;
  readonly context: About;
  readonly rotations: Fact<readonly PasswordChange[]> | undefined;
}

function ruleFor(view: ControllerView, { rotation = [] }: About, user: string): RotationRule | undefined {
  return rotationOfUser(rotation, { controller: view.get('name'), user });
}

/** Undefined where the policy leaves the user alone, or nothing keeps a history. */
function judgeManaged(user: UserAccount, seen: Seen): Judgement | undefined {
  const rule = ruleFor(seen.view, seen.context, user.name);
  if (rule === undefined || seen.rotations === undefined) return undefined;
  const wanted = `changed by Holdfast within ${durationText(rule.every)}`;
  const judgement = isKnown(seen.rotations)
    ? judgeAge(user, { ...seen, rotations: seen.rotations, rule, wanted })
    : notSeen(seen.rotations, wanted);
  return { ...judgement, subject: { kind: 'user', name: user.name } };
}

interface Ruled extends Seen {
  readonly rotations: Known<readonly PasswordChange[]>;
  readonly rule: RotationRule;
  readonly wanted: string;
}

/** A password is never older than its account. */
function judgeAge(user: UserAccount, { view, context, rotations, rule, wanted }: Ruled): Judgement {
  const change = rotations.value.find(
    (one) => one.user === user.name && one.application === undefined && isOfAccount(one, user),
  );
  const since = change?.at ?? user.created;
  const text = `${user.name} ${change === undefined ? 'never changed by Holdfast' : `changed ${change.at}`}`;
  const seen = evidenceOf(rotations, text, wanted);
  if (since !== undefined && !context.time.isOlder(since, rule.every))
    return pass(`the password of ${user.name} is of ${since} or younger`, seen);
  const isKept = rule.secret !== undefined || ourNames(view, context).has(user.name);
  const lack = isKept ? '' : '; the policy names no secret to keep a new one in';
  return fail('RotationDue', `the password of ${user.name} is due${lack}`, seen);
}

/** A user who was removed and made anew has another password. */
function isOfAccount({ at }: PasswordChange, { created }: UserAccount): boolean {
  return created === undefined || Date.parse(at) >= Date.parse(created);
}

/** Whether the controller's audit log shows that the password was changed lately. */
function isLogged(
  view: ControllerView,
  { name }: UserAccount,
  { params, time }: Context<{ readonly age: number }>,
): boolean {
  const change = loggedChange(view, name);
  return change !== undefined && !time.isOlder(change.at, params.age);
}

function allLogged(view: ControllerView, users: Known<readonly UserAccount[]>, count: number): Judgement {
  const deeds = view.get('deeds') ?? users;
  const text = `the audit log shows that the passwords of ${count} users were changed in time`;
  return pass(text, evidenceOf(deeds, `${count} changed`, 'every enabled user changed in time'));
}

function attestable(
  fact: Known<readonly UserAccount[]>,
  users: readonly UserAccount[],
  context: Context<{ readonly age: number }>,
): Judgement {
  const wanted = 'an attested rotation of every enabled user';
  const message = `Juju keeps no date of a password change; attest the rotation of ${users.length} users`;
  const seen = evidenceOf(fact, `${users.length} enabled local users`, wanted);
  const otherwise = manual('PasswordAgeNotKept', message, seen);
  const what = `the rotation of the passwords of ${users.length} users`;
  return byStatement(context, { what, control: 'JUJU-USER-04', age: context.params.age, otherwise });
}

function remedy(
  controller: string,
  user: string,
  { rule: { secret }, isOurs }: { readonly rule: RotationRule; readonly isOurs: boolean },
): Remedy {
  const kept = secret && { in: { controller, owner: secret.owner, model: secret.model }, name: secret.name };
  const places = [
    ...(isOurs ? ['our credentials file'] : []),
    ...(secret === undefined ? [] : [`the secret ${secret.owner}/${secret.model}:${secret.name}`]),
  ];
  return {
    action: {
      type: 'rotate-user-password',
      controller,
      user,
      ...(kept === undefined ? {} : { secret: kept }),
    },
    undo: { irreversible: 'a password that was replaced is gone' },
    effect: `${user} gets a new password, which ${places.join(' and ')} keep${places.length > 1 ? '' : 's'}; sessions that are open go on`,
    risk: 'medium',
    disruptive: true,
    repeatable: true,
    cutsOff: isOurs ? [] : [user],
    preconditions: [{ type: 'user-enabled', user }],
  };
}
