/** Who may do what in etcd: judged by what etcd lists to the identity that the policy gives. */
import { z } from 'zod';
import type { ApplicationView } from '../../core/evaluate/view.js';
import type { EtcdPermission, EtcdRole, EtcdUser, EtcdUsers } from '../../core/evidence/etcd-users.js';
import { isKnown } from '../../core/fact.js';
import { evidenceOf, fail, pass, unsettled, type Judgement } from '../../core/judgement.js';
import { names } from './params.js';

/** What the policy lets users of etcd do. */
export const grants = {
  rootUsers: names().meta({
    description:
      'Users of etcd besides root that may have the role root, such as the one that Holdfast asks as.',
  }),
  wholeKeySpace: names().meta({ description: 'Users of etcd that may reach every key.' }),
  prefixes: z
    .record(z.string(), z.array(z.string().min(1)))
    .default({})
    .meta({
      description:
        'Prefixes of keys by user: a user that is named here may reach nothing else, one that is not may reach anything but all.',
    }),
} as const;

export interface Grants {
  readonly rootUsers: readonly string[];
  readonly wholeKeySpace: readonly string[];
  readonly prefixes: Readonly<Record<string, readonly string[]>>;
}

/** The reasons that `usersAndRoles` gives. */
export const userReasons = {
  EtcdIdentityNeeded:
    'etcd tells its users to one with the role root only, and the policy names none to ask as (workload.etcd).',
  UsersNotTold: 'No unit told the users and roles of etcd.',
  RootRoleBeyondRoot: 'A user besides root has the role root, and the policy does not name it.',
  WholeKeySpace: 'A user may reach every key, and the policy does not name it.',
  BeyondPrefix: 'A user may reach keys beyond the prefixes that the policy gives it.',
  RoleShared: 'Two users share a role, so that neither can be limited alone.',
} as const;

/** Whether every user but root is kept to keys of its own. */
export function usersAndRoles(app: ApplicationView, granted: Grants): Judgement {
  const wanted =
    'the role root on root alone, and every other user with a role of its own, limited to its prefix';
  const users = app.get('workload').etcdUsers;
  const what = `which users and roles ${app.name} has`;
  if (users === undefined)
    return unsettled('EtcdIdentityNeeded', `${what} was not looked at; needs ${identityLine(app)}`);
  const evidence = (seen: string) => evidenceOf(users, seen, wanted);
  if (!isKnown(users)) {
    const { reason, permission } = users.unknown;
    return permission === undefined
      ? unsettled('UsersNotTold', `${what} is not told: ${reason}`, evidence('not told'))
      : unsettled(
          'EtcdIdentityNeeded',
          `${what} is not told: ${reason}; needs ${permission}`,
          evidence('not told'),
        );
  }
  const seen = evidence(seenOf(users.value));
  const wrong = firstWrong(users.value, granted);
  return wrong === undefined
    ? pass(`every user of ${app.name} but root is kept to keys of its own`, seen)
    : fail(wrong.reason, wrong.message, seen);
}

function identityLine(app: ApplicationView): string {
  return `an etcd user with the role root, named by the policy line "workload: [{ match: { model: ${app.model.name} }, etcd: { caFile: …, certFile: …, keyFile: … } }]"`;
}

interface Wrong {
  readonly reason: keyof typeof userReasons;
  readonly message: string;
}

function firstWrong(given: EtcdUsers, granted: Grants): Wrong | undefined {
  const others = given.users.filter(({ name }) => name !== 'root');
  return (
    rootRole(others, granted) ??
    others.map((user) => tooFar(user, given.roles, granted)).find((wrong) => wrong !== undefined) ??
    sharedRole(others)
  );
}

function rootRole(users: readonly EtcdUser[], { rootUsers }: Grants): Wrong | undefined {
  const user = users.find(({ name, roles }) => roles.includes('root') && !rootUsers.includes(name));
  return user && { reason: 'RootRoleBeyondRoot', message: `${user.name} has the role root` };
}

function tooFar(
  { name, roles: own }: EtcdUser,
  roles: readonly EtcdRole[],
  { wholeKeySpace, prefixes, rootUsers }: Grants,
): Wrong | undefined {
  if (own.includes('root') && rootUsers.includes(name)) return undefined;
  const permissions = roles.filter((role) => own.includes(role.name)).flatMap((role) => role.permissions);
  const isAll = permissions.some(reachesAll);
  if (isAll && !wholeKeySpace.includes(name))
    return { reason: 'WholeKeySpace', message: `${name} may reach every key` };
  const allowed = Object.hasOwn(prefixes, name) ? prefixes[name] : undefined;
  const beyond =
    allowed && permissions.find((permission) => !allowed.some((prefix) => isWithin(permission, prefix)));
  return beyond && { reason: 'BeyondPrefix', message: `${name} may ${beyond.access} ${rangeText(beyond)}` };
}

function sharedRole(users: readonly EtcdUser[]): Wrong | undefined {
  for (const [index, { name, roles }] of users.entries())
    for (const other of users.slice(index + 1)) {
      const role = roles.find((one) => one !== 'root' && other.roles.includes(one));
      if (role !== undefined)
        return { reason: 'RoleShared', message: `${name} and ${other.name} share the role ${role}` };
    }
  return undefined;
}

/** The key of no bytes and the byte nought both stand for the beginning, the latter as an end for none. */
function reachesAll({ from, to }: EtcdPermission): boolean {
  return (from === '' || from === '\\x00') && to === '\\x00';
}

function isWithin({ from, to }: EtcdPermission, prefix: string): boolean {
  if (!from.startsWith(prefix)) return false;
  return to === undefined || to === endOf(prefix) || to.startsWith(prefix);
}

/** The first key beyond a prefix. */
function endOf(prefix: string): string {
  return prefix.slice(0, -1) + String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1);
}

function rangeText({ from, to }: EtcdPermission): string {
  return to === undefined ? from : `${from === '' ? '(begin)' : from} to ${to === '\\x00' ? '(end)' : to}`;
}

const shown = 20;

function seenOf({ users, roles, askedAs }: EtcdUsers): string {
  const each = users.slice(0, shown).map(({ name, roles: own }) => {
    const ranges = roles
      .filter((role) => own.includes(role.name))
      .flatMap((role) => role.permissions.map(rangeText));
    return `${name} (${own.join(', ') || 'no role'}${ranges.length === 0 ? '' : `: ${ranges.slice(0, 4).join(', ')}`})`;
  });
  const more = users.length > shown ? ` and ${users.length - shown} more` : '';
  return `asked as ${askedAs}: ${each.join('; ')}${more}`;
}
