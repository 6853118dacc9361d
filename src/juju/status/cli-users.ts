import { known, unknown, type Fact, type Reading } from '../../core/fact.js';
import type { ModelUser, UserAccount } from '../../core/snapshot.js';
import { branch, defined, isBranch, text, textOr, type Branch } from './json.js';
import { aboutInstant } from './time.js';

const unreadableTime = 'juju tells when a user last connected in words that cannot be read';

/** What `juju users --all --exact-time` tells: the users of a controller. Only superusers see all of them. */
export function readUsers(reading: Reading, value: unknown): Fact<readonly UserAccount[]> {
  const accounts = (Array.isArray(value) ? (value as unknown[]) : []).filter(isBranch);
  if (!accounts.every((raw) => isTimeReadable(reading, raw))) return unknown(reading, unreadableTime);
  return known(reading, accounts.map((raw) => accountOf(reading, raw)).sort(byName));
}

function accountOf(reading: Reading, raw: Branch): UserAccount {
  return defined<UserAccount>({
    name: text(raw['user-name']),
    displayName: text(raw['display-name']),
    access: text(raw['access']),
    disabled: raw['disabled'] === true,
    created: aboutInstant(text(raw['date-created']), reading.at),
    lastConnection: lastConnection(reading, raw),
  });
}

/** The users of a model, by name, as `juju show-model` tells them to a superuser. */
export function readModelUsers(reading: Reading, value: unknown): Fact<readonly ModelUser[]> {
  const users = branch(value);
  const names = Object.keys(users).sort();
  if (!names.every((name) => isTimeReadable(reading, branch(users[name]))))
    return unknown(reading, unreadableTime);
  return known(
    reading,
    names.map((name) => modelUser(reading, name, branch(users[name]))),
  );
}

function modelUser(reading: Reading, name: string, raw: Branch): ModelUser {
  return defined<ModelUser>({
    name,
    access: text(raw['access']),
    lastConnection: lastConnection(reading, raw),
  });
}

function lastConnection(reading: Reading, raw: Branch): string | undefined {
  return aboutInstant(text(raw['last-connection']), reading.at);
}

/** An absent time means never connected, so words that cannot be read must not pass for that. */
function isTimeReadable(reading: Reading, raw: Branch): boolean {
  const printed = textOr(raw['last-connection']);
  return printed === undefined || printed === 'never connected' || lastConnection(reading, raw) !== undefined;
}

function byName(a: UserAccount, b: UserAccount): number {
  return a.name < b.name ? -1 : 1;
}
