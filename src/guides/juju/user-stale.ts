import { z } from 'zod';
import type { Remedy } from '../../core/action/action.js';
import { defineControl, type Context } from '../../core/control.js';
import { durationText } from '../../core/duration.js';
import type { ControllerView } from '../../core/evaluate/view.js';
import { isKnown, valueOf, type Known } from '../../core/fact.js';
import { evidenceOf, fail, notSeen, pass, unsettled, type Judgement } from '../../core/judgement.js';
import type { UserAccount } from '../../core/snapshot.js';
import { duration, names } from '../shared/params.js';
import { documents } from './documents.js';
import { isJujusOwn, isLocalUser, mayBeChanged, ourNames } from './identities.js';

const params = z.object({
  age: duration('90d').meta({ description: 'How long ago the last connection of a user may be, as in 90d.' }),
  neverAge: duration('30d').meta({
    description: 'How old an account may be that has never connected, as in 30d.',
  }),
  serviceAccounts: names().meta({
    description:
      'Accounts of programs that stay connected for long and so look unused, besides users.serviceAccounts of the policy.',
  }),
});

type Params = z.output<typeof params>;

export const staleUsers = defineControl({
  id: 'JUJU-USER-03',
  title: 'Users no longer needed are disabled',
  severity: 'medium',
  section: 'Juju users',
  rationale: 'An account that nobody uses is one whose misuse nobody notices.',
  references: [documents.harden, documents.users],
  evidence: ['J'],
  scope: 'controller',
  params,
  reasons: {
    StaleUser: 'A user has not connected for longer than the policy allows and is still enabled.',
    NeverConnected: 'A user was made some time ago and has never connected.',
    DatesNotShown: 'Juju does not show when this account was made or last connected.',
  },
  remediation: 'disruptive',
  fixableBy: 'operator',
  manual:
    "Run 'juju users --all --exact-time'. Ask the owner of each stale account, then run 'juju disable-user -c CONTROLLER USER'. " +
    'Name accounts of programs in the policy, as users.serviceAccounts.',
  hazards: [
    'Disabling a user ends the live sessions of that user; a program on one long connection looks stale.',
    'The last enabled superuser must stay.',
  ],
  evaluate(view, context) {
    const fact = view.get('users');
    const wanted = `connected within ${durationText(context.params.age)}, or disabled`;
    if (!isKnown(fact)) return notSeen(fact, wanted);
    const exempt = exemptions(view, context);
    const failures = fact.value
      .filter((user) => isJudged(user, exempt))
      .flatMap((user) => staleness(user, context, { fact, wanted }));
    return failures.length > 0
      ? failures
      : pass('every enabled user connected lately', evidenceOf(fact, `${fact.value.length} users`, wanted));
  },
  remediate(view, context, judgement) {
    const user = valueOf(view.get('users'))?.find(({ name }) => name === judgement.subject?.name);
    const controller = view.get('name');
    if (user === undefined || controller === '' || !mayBeChanged(user.name, exemptions(view, context)))
      return [];
    return isLastSuperuser(view, user) ? [] : [disable(controller, user)];
  },
});

function exemptions(view: ControllerView, context: Context<Params>): ReadonlySet<string> {
  const { params, users } = context;
  return new Set([...ourNames(view, context), ...params.serviceAccounts, ...users.serviceAccounts]);
}

function isJudged(user: UserAccount, exempt: ReadonlySet<string>): boolean {
  return !user.disabled && isLocalUser(user.name) && !isJujusOwn(user.name) && !exempt.has(user.name);
}

interface Seen {
  readonly fact: Known<unknown>;
  readonly wanted: string;
}

function staleness(
  user: UserAccount,
  { params: { age, neverAge }, time }: Context<Params>,
  { fact, wanted }: Seen,
): readonly Judgement[] {
  const { name, created, lastConnection } = user;
  const subject = { kind: 'user', name } as const;
  if (lastConnection !== undefined) {
    if (!time.isOlder(lastConnection, age)) return [];
    const seen = evidenceOf(fact, `${name} connected ${lastConnection}`, wanted);
    return [{ ...fail('StaleUser', `${name} has not connected since ${lastConnection}`, seen), subject }];
  }
  if (created === undefined) {
    const seen = evidenceOf(fact, `${name} without dates`, wanted);
    return [
      {
        ...unsettled('DatesNotShown', `when ${name} was made or last connected is not shown`, seen),
        subject,
      },
    ];
  }
  if (!time.isOlder(created, neverAge)) return [];
  const seen = evidenceOf(fact, `${name} made ${created}, never connected`, wanted);
  return [
    { ...fail('NeverConnected', `${name} was made ${created} and has never connected`, seen), subject },
  ];
}

function isLastSuperuser(view: ControllerView, user: UserAccount): boolean {
  const others = (valueOf(view.get('users')) ?? []).filter(({ name }) => name !== user.name);
  return (
    user.access === 'superuser' && !others.some(({ access, disabled }) => access === 'superuser' && !disabled)
  );
}

function disable(controller: string, { name, access }: UserAccount): Remedy {
  const enabled = { type: 'user-enabled', user: name } as const;
  return {
    action: { type: 'disable-user', controller, user: name },
    undo: { inverse: [{ type: 'enable-user', controller, user: name }] },
    effect: `${name} cannot log in until enabled again; the levels granted are kept`,
    risk: 'medium',
    disruptive: true,
    repeatable: true,
    cutsOff: [name],
    preconditions:
      access === 'superuser' ? [enabled, { type: 'another-superuser', besides: name }] : [enabled],
  };
}
