/**
 * A new password for a user of a controller. It is kept before it is set, so that a crash at any point leaves one that
 * works: at the next attempt, or at the next start, it is tried which of the two does.
 */
import { argvOf } from '../../core/action/argv.js';
import type { Action } from '../../core/action/action.js';
import type {
  Account,
  CliResult,
  Clock,
  JujuCli,
  LoginAnswer,
  RotationPorts,
} from '../../core/ports/index.js';
import { failed, isDone, told } from './result.js';
import { keptPassword, putSecret } from './secret.js';

type UserRotation = Extract<Action, { type: 'rotate-user-password' }>;

export interface RotationParts extends RotationPorts {
  readonly clock: Clock;
}

/** Between two logins where the controller did not say, ms; and how many there are at most. */
const loginAgain = 2000;
const logins = 3;

/** What is asked for, and what it is done with. */
interface Task {
  readonly action: UserRotation;
  readonly cli: JujuCli;
  readonly parts: RotationParts;
}

export async function rotateUser(
  action: UserRotation,
  cli: JujuCli,
  parts: RotationParts,
): Promise<CliResult> {
  const task: Task = { action, cli, parts };
  const argv = argvOf(action);
  const account: Account = { controller: action.controller, user: action.user };
  const old = await oldPassword(task, account);
  const kept = await keptBefore(account, parts);
  if ('trouble' in kept) return told('rejected', argv, `nothing was changed: ${kept.trouble}`);
  const { kept: password } = kept;
  const change: Change = { account, password, argv, old: differing(old, password) };
  const stored = await storeSecret(task, password);
  if (stored !== undefined && !isDone(stored))
    return failed(stored, 'nothing was changed: the secret was not written');
  const call = await setPassword(task, change);
  const answer = await answerTo(change, parts);
  if (answer === 'accepted') return finish(change, parts);
  return answer === 'unknown' ? told('retry', argv, unsure(call)) : takeBack(task, change, call);
}

/** After a crash it may be in force already. */
async function setPassword({ cli, parts }: Task, { account, password, argv }: Change): Promise<CliResult> {
  const answer = await parts.tryLogin(account.controller, { user: account.user, password });
  if (answer === 'accepted') return told('done', argv, 'it was set before');
  return cli.run(argv, { input: `${password}\n` });
}

/** A change under way: what it sets, and what that replaces where it is known. */
export interface Change {
  readonly account: Account;
  readonly password: string;
  readonly old: string | undefined;
  readonly argv: readonly string[];
}

/** The new password works: the old one must not, and what keeps passwords is brought up to date. */
export async function finish(change: Change, parts: RotationParts): Promise<CliResult> {
  const { account, password, old, argv } = change;
  const { user } = account;
  const answer =
    old === undefined ? 'not known' : await parts.tryLogin(account.controller, { user, password: old });
  if (answer === 'unknown')
    return told('retry', argv, `whether the old password of ${user} is dead could not be tried`);
  try {
    await parts.vault.settle(account, password);
  } catch (error) {
    return told(
      'rejected',
      argv,
      `the password of ${user} was changed, but not put in place: ${messageOf(error)}`,
    );
  }
  if (parts.vault.isOwn(account)) parts.adopt(account, password);
  if (answer === 'accepted') return told('rejected', argv, `the old password of ${user} is still let in`);
  const before =
    answer === 'refused'
      ? 'one with the old was refused'
      : 'the old one is not known to Holdfast and was not tried';
  const sessions = `sessions of ${user} that were begun before go on until they log in anew`;
  return told('done', argv, `a login of ${user} with the new password was let in, ${before}; ${sessions}`);
}

function credentials({ account, password }: Change): { readonly user: string; readonly password: string } {
  return { user: account.user, password };
}

async function oldPassword(
  { action: { secret }, cli, parts: { vault } }: Task,
  account: Account,
): Promise<string | undefined> {
  if (vault.isOwn(account)) return vault.current(account);
  return secret === undefined ? undefined : keptPassword(cli, secret);
}

function differing(old: string | undefined, password: string): string | undefined {
  return old === password ? undefined : old;
}

type Kept = { readonly kept: string } | { readonly trouble: string };

/** The one of an attempt before this, or a new one that is kept. */
async function keptBefore(account: Account, { vault, newPassword }: RotationParts): Promise<Kept> {
  try {
    const before = await vault.pending(account);
    if (before !== undefined) return { kept: before };
    const password = newPassword();
    await vault.keep(account, password);
    return { kept: password };
  } catch (error) {
    return { trouble: messageOf(error) };
  }
}

async function storeSecret(
  { action: { secret, user }, cli, parts: { vault } }: Task,
  password: string,
): Promise<CliResult | undefined> {
  return secret === undefined
    ? undefined
    : putSecret({ cli, vault, ref: secret, content: { username: user, password } });
}

async function answerTo(change: Change, { tryLogin, clock }: RotationParts): Promise<LoginAnswer> {
  for (let tries = 1; ; tries += 1) {
    const answer = await tryLogin(change.account.controller, credentials(change));
    if (answer !== 'unknown' || tries === logins) return answer;
    await clock.sleep(loginAgain);
  }
}

/** The old password stands. A secret that says otherwise is put back where that is known, else the next attempt sets it. */
async function takeBack(task: Task, { account, old, argv }: Change, call: CliResult): Promise<CliResult> {
  const { secret, user } = task.action;
  const outcome = isDone(call) ? 'rejected' : call.outcome;
  const why = isDone(call) ? 'a login with the new password is refused' : call.summary;
  const base = `the old password of ${user} stands: ${why}`;
  if (secret !== undefined && old === undefined)
    return told(outcome, argv, `${base}; the secret ${secret.name} holds one that is not in force yet`);
  if (old !== undefined) await storeSecret(task, old);
  // A call without an answer may go through after all: what it would set stays known.
  if (outcome !== 'retry') await task.parts.vault.drop(account);
  return told(outcome, argv, base);
}

function unsure(call: CliResult): string {
  const said = isDone(call) ? '' : ` (${call.summary})`;
  return `whether the password was changed is not known${said}: both are kept until a login says which`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
