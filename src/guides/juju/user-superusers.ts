import { z } from 'zod';
import type { Remedy } from '../../core/action/action.js';
import { defineControl } from '../../core/control.js';
import { isKnown, valueOf } from '../../core/fact.js';
import { evidenceOf, fail, notSeen, pass, unsettled, type Judgement } from '../../core/judgement.js';
import type { UserAccount } from '../../core/snapshot.js';
import { names } from '../shared/params.js';
import { documents } from './documents.js';
import { mayBeChanged, ourNames } from './identities.js';

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
  params: z.object({ superusers: names('admin'), maximum: z.int().min(1).default(3) }),
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
  evaluate(view, { params, ourselves }) {
    const fact = view.get('users');
    const wanted = `superusers are ${params.superusers.join(', ') || 'nobody'}, at most ${params.maximum}`;
    if (!isKnown(fact)) return notSeen(fact, wanted);
    const holders = fact.value.filter(isEnabledSuperuser);
    if (holders.length === 0) {
      return unsettled(
        'NoSuperuserSeen',
        'the list of users shows no superuser, so it is not whole',
        evidenceOf(fact, 'none', wanted),
      );
    }
    const declared = declaredNames(params.superusers, ourNames(view, { ourselves }));
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
    if (holders.length > params.maximum) {
      const message = `${holders.length} superusers, ${params.maximum} are allowed`;
      failures.push(fail('TooManySuperusers', message, evidenceOf(fact, list, wanted)));
    }
    return failures.length > 0 ? failures : pass(`superusers: ${list}`, evidenceOf(fact, list, wanted));
  },
  remediate(view, { params, ourselves }, judgement) {
    const user = judgement.subject?.name;
    const controller = view.get('name');
    const ours = ourNames(view, { ourselves });
    if (user === undefined || controller === '' || !mayBeChanged(user, ours)) return [];
    const declared = declaredNames(params.superusers, ours);
    const someoneStays = valueOf(view.get('users'))?.some(
      (other) => isEnabledSuperuser(other) && declared.has(other.name),
    );
    return someoneStays === true ? [revokeSuperuser(controller, user)] : [];
  },
});

function isEnabledSuperuser(user: UserAccount): boolean {
  return user.access === 'superuser' && !user.disabled;
}

function declaredNames(superusers: readonly string[], ours: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...superusers, ...ours]);
}

function revokeSuperuser(controller: string, user: string): Remedy {
  return {
    action: { type: 'revoke', controller, user, level: 'superuser' },
    undo: { inverse: [{ type: 'grant', controller, user, level: 'superuser' }] },
    effect: `${user} keeps login and the levels granted on models, and is superuser no more`,
    risk: 'high',
    disruptive: true,
    repeatable: true,
    cutsOff: [user],
    preconditions: [
      { type: 'user-level', user, level: 'superuser', on: 'controller' },
      { type: 'another-superuser', besides: user },
    ],
  };
}
