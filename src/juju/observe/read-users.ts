import { known, unknown, type Fact, type Reading } from '../../core/fact.js';
import type { UserAccount } from '../../core/snapshot.js';
import { defined, text, type Branch } from '../status/json.js';
import { entriesOf, timeIn } from './answer.js';
import { isUserName, type OnBadName } from './names.js';

/** The level on the controller that a `UserManager.UserInfo` answer gives to one user. */
export function accessOf(answer: readonly UserAccount[], user: string): string | undefined {
  return answer.find(({ name }) => name === user)?.access;
}

export function userAccounts(
  reading: Reading,
  answer: unknown,
  onBadName: OnBadName,
): readonly UserAccount[] {
  const accounts: UserAccount[] = [];
  for (const entry of entriesOf(reading, answer)) {
    if (!('result' in entry)) continue;
    const account = accountOf(entry.result);
    if (isUserName(account.name)) accounts.push(account);
    else onBadName('user', account.name);
  }
  return accounts.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Only a superuser sees the others: a list as anybody else got it is no list of users. */
export function readUsers(
  reading: Reading,
  accounts: readonly UserAccount[],
  superuser: boolean,
): Fact<readonly UserAccount[]> {
  if (superuser) return known(reading, accounts);
  return unknown(reading, 'Juju shows the users of a controller to superusers only', 'controller superuser');
}

function accountOf(raw: Branch): UserAccount {
  return defined<UserAccount>({
    name: text(raw['username']),
    displayName: text(raw['display-name']),
    access: text(raw['access']),
    disabled: raw['disabled'] === true,
    created: timeIn(raw['date-created']),
    lastConnection: timeIn(raw['last-connection']),
  });
}
