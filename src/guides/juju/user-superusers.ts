import { z } from 'zod';
import type { Remedy } from '../../core/action/action.js';
import { defineControl, type Context } from '../../core/control.js';
import { isKnown, valueOf } from '../../core/fact.js';
import { evidenceOf, fail, notSeen, pass, unsettled, type Judgement } from '../../core/judgement.js';
import type { UserAccount } from '../../core/snapshot.js';
import { documents } from './documents.js';
import { mayBeChanged, ourNames } from './identities.js';

const params = z.object({
  superusers: z.array(z.string().min(1)).optional().meta({
    description:
      'Who may be superuser; without it, the users whom the policy names in users.superusers, and admin where it names none.',
  }),
  maximum: z
    .int()
    .min(1)
    .default(3)
    .meta({ description: 'How many enabled superusers there may be at most.' }),
});

type Params = z.output<typeof params>;

export const superusers = defineControl({
  id: 'JUJU-USER-01',
  title: 'Controller superusers are few and named',
  severity: 'high',
  section: 'Juju users',
  rationale:
    'A superuser can do everything on every model of the controller. Each one more is one more way in.',
  references: [documents.harden, documents.userLevels, documents.etcdGuide],
  evidence: ['J'],
  scope: 'controller',
  params,
  reasons: {
    UndeclaredSuperuser: 'A user is superuser whom the policy does not name as one.',
    TooManySuperusers: 'There are more superusers than the policy allows.',
    NoSuperuserSeen: 'Every controller has a superuser; a list without one shows only a part of the users.',
  },
  remediation: 'disruptive',
  fixableBy: 'operator',
  manual:
    "Run 'juju users --all' as a superuser. Agree with each superuser on the levels that he needs, grant those on his models, " +
    "then run 'juju revoke -c CONTROLLER USER superuser'. Name the superusers who remain in the policy.",
  hazards: [
    'A user who worked only by being superuser loses all models on which nothing was granted to him.',
    'The last enabled superuser must stay: nobody else could grant the level again.',
  ],
  evaluate(view, context) {
    const fact = view.get('users');
    const { maximum } = context.params;
    const named = namedSuperusers(context);
    const wanted = `superusers are ${named.join(', ') || 'nobody'}, at most ${maximum}`;
    if (!isKnown(fact)) return notSeen(fact, wanted);
    const holders = fact.value.filter(isEnabledSuperuser);
    if (holders.length === 0) {
      return unsettled(
        'NoSuperuserSeen',
        'the list of users shows no superuser, so it is not whole',
        evidenceOf(fact, 'none', wanted),
      );
    }
    const declared = new Set([...named, ...ourNames(view, context)]);
    const list = holders.map((user) => user.name).join(', ');
    const failures: Judgement[] = holders
      .filter((user) => !declared.has(user.name))
      .map(({ name }) => ({
        ...fail(
          'UndeclaredSuperuser',
          `${name} is superuser and not declared`,
          evidenceOf(fact, `${name}: superuser`, wanted),
        ),
        subject: { kind: 'user', name },
      }));
    if (holders.length > maximum) {
      const message = `${holders.length} superusers, ${maximum} are allowed`;
      failures.push(fail('TooManySuperusers', message, evidenceOf(fact, list, wanted)));
    }
    return failures.length > 0 ? failures : pass(`superusers: ${list}`, evidenceOf(fact, list, wanted));
  },
  remediate(view, context, judgement) {
    const user = judgement.subject?.name;
    const controller = view.get('name');
    const ours = ourNames(view, context);
    if (user === undefined || controller === '' || !mayBeChanged(user, ours)) return [];
    const declared = new Set([...namedSuperusers(context), ...ours]);
    const someoneStays = valueOf(view.get('users'))?.some(
      (other) => isEnabledSuperuser(other) && declared.has(other.name),
    );
    return someoneStays === true ? [revokeSuperuser(controller, user)] : [];
  },
});

function isEnabledSuperuser(user: UserAccount): boolean {
  return user.access === 'superuser' && !user.disabled;
}

function namedSuperusers({ params: { superusers }, users }: Context<Params>): readonly string[] {
  return superusers ?? users.superusers ?? ['admin'];
}

function revokeSuperuser(controller: string, user: string): Remedy {
  return {
    action: { type: 'revoke', controller, user, level: 'superuser' },
    undo: { inverse: [{ type: 'grant', controller, user, level: 'superuser' }] },
    effect: `${user} keeps login and the levels granted on models, and is superuser no more`,
    risk: 'high',
    disruptive: true,
    // It leaves login whenever it is run, and no step of ours leaves a user less; whoever holds less is not touched.
    repeatable: true,
    cutsOff: [user],
    preconditions: [
      { type: 'user-level', user, level: 'superuser', on: 'controller' },
      { type: 'another-superuser', besides: user },
    ],
  };
}
