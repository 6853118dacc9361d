/** System users of an application whose passwords the policy has changed: when that is due, how, and whether it worked. */
import type { Remedy } from '../../core/action/action.js';
import { systemUsersSecret } from '../../core/action/rotation.js';
import type { Context } from '../../core/control.js';
import { durationText } from '../../core/duration.js';
import type { ApplicationView } from '../../core/evaluate/view.js';
import { isKnown, valueOf, type Known } from '../../core/fact.js';
import { evidenceOf, fail, notSeen, pass, unsettled, type Judgement } from '../../core/judgement.js';
import { rotationOfApplication, type RotationRule } from '../../core/policy/rotation.js';
import type { PasswordChange, SecretMeta } from '../../core/snapshot.js';
import { millis } from '../../core/time.js';
import { modelRef } from './model-ref.js';

/** How a charm's system users get new passwords. */
export interface SystemUsers {
  /** By its action, one user at a time, or by the secret that its option `system-users` names. */
  readonly by: 'set-password' | 'system-users';
  /** Those that the charm's code takes; others it drops or refuses. */
  readonly taken: readonly string[];
}

type About = Pick<Context<unknown>, 'rotation' | 'time'>;

/** The reasons that `rotationJudgement` and `takeOver` give. */
export const rotationReasons = {
  RotationDue: 'The policy has these passwords changed, and Holdfast has not done so for too long, or never.',
  UserNotTaken: 'The policy names a system user that the charm does not take a password for.',
  TakeOverNotSeen:
    'The charm is not seen to have taken the new passwords over from the secret that holds them.',
} as const;

/** What our own history says; undefined where the policy leaves the application alone, or nothing keeps a history. */
export function rotationJudgement(
  app: ApplicationView,
  system: SystemUsers,
  about: About,
): Judgement | undefined {
  const rule = ruleFor(app, about);
  const fact = rule && app.model.controller.get('rotations');
  if (rule === undefined || fact === undefined) return undefined;
  const { every, users = [] } = rule;
  const wanted = `changed by Holdfast within ${durationText(every)}`;
  if (!isKnown(fact)) return notSeen(fact, wanted);
  const strangers = users.filter((user) => !system.taken.includes(user));
  if (strangers.length > 0)
    return fail(
      'UserNotTaken',
      `the charm of ${app.name} takes no password for ${strangers.join(', ')}, only for ${system.taken.join(', ')}`,
      evidenceOf(fact, `named: ${users.join(', ')}`, system.taken.join(', ')),
    );
  const due = dueUsers(app, { rule, fact }, about);
  const seen = evidenceOf(fact, users.map((user) => lastChange(app, fact, user)).join(', '), wanted);
  if (due.length === 0) return pass(`the passwords of ${app.name} were changed lately`, seen);
  return fail(
    'RotationDue',
    `due at ${app.name}: ${due.join(', ')}${system.by === 'system-users' ? foreignText(app) : ''}`,
    seen,
  );
}

/** The changes that are due: with a secret all users at once, for the secret holds them all. */
export function rotationRemedies(app: ApplicationView, system: SystemUsers, about: About): readonly Remedy[] {
  const rule = ruleFor(app, about);
  const fact = rule && app.model.controller.get('rotations');
  if (rule === undefined || fact === undefined || !isKnown(fact)) return [];
  const { users = [] } = rule;
  const due = dueUsers(app, { rule, fact }, about);
  if (due.length === 0 || users.some((user) => !system.taken.includes(user))) return [];
  return system.by === 'set-password' ? actionRemedies(app, due) : secretRemedies(app, users);
}

function actionRemedies(app: ApplicationView, due: readonly string[]): readonly Remedy[] {
  const model = modelRef(app.model);
  const unit = leaderOf(app);
  if (model === undefined || unit === undefined) return [];
  const place = { type: 'rotate-system-users', model, application: app.name } as const;
  return due.map((user) =>
    remedy(app, { ...place, by: 'set-password', users: [user], unit }, byAction(app, user)),
  );
}

function secretRemedies(app: ApplicationView, users: readonly string[]): readonly Remedy[] {
  const model = modelRef(app.model);
  if (model === undefined || foreignText(app) !== '') return [];
  const action = {
    type: 'rotate-system-users',
    model,
    application: app.name,
    by: 'system-users',
    users,
  } as const;
  return [remedy(app, action, bySecret(app, users))];
}

/**
 * Whether the charm took the passwords of the secret over. It keeps them in a secret of its own, whose newest revision
 * must not be older than ours; both are dated by the same controller.
 */
export function takeOver(app: ApplicationView, system: SystemUsers): Judgement {
  if (system.by === 'set-password') return pass('the charm said that it changed it');
  const secrets = app.model.get('secrets');
  const wanted = "a revision of the charm's own secret that is not older than ours";
  if (!isKnown(secrets)) return notSeen(secrets, wanted);
  const ours = newest(secrets.value, ({ label }) => label === systemUsersSecret(app.name));
  const own = newest(secrets.value, ({ owner }) => owner === app.name);
  const seen = evidenceOf(secrets, `ours ${shown(ours)}, its own ${shown(own)}`, wanted);
  if (ours !== undefined && own !== undefined && own >= ours)
    return pass(`${app.name} took the new passwords over`, seen);
  return unsettled('TakeOverNotSeen', `it is not seen that ${app.name} took the new passwords over`, seen);
}

function shown(ms: number | undefined): string {
  return ms === undefined ? 'not listed' : `of ${new Date(ms).toISOString()}`;
}

function newest(secrets: readonly SecretMeta[], is: (secret: SecretMeta) => boolean): number | undefined {
  const times = secrets.filter(is).flatMap(({ revisionCreated }) => revisionCreated ?? []);
  return times.length === 0 ? undefined : Math.max(...times.map(millis));
}

function ruleFor(app: ApplicationView, { rotation = [] }: About): RotationRule | undefined {
  const [controller, model] = [app.model.controller.get('name'), app.model.get('name')];
  return rotationOfApplication(rotation, { controller, model, application: app.name });
}

interface Ruled {
  readonly rule: RotationRule;
  readonly fact: Known<readonly PasswordChange[]>;
}

function dueUsers(app: ApplicationView, { rule, fact }: Ruled, { time }: About): readonly string[] {
  return (rule.users ?? []).filter((user) => {
    const change = changeOf(app, fact, user);
    return change === undefined || time.isOlder(change.at, rule.every);
  });
}

function changeOf(
  app: ApplicationView,
  { value }: Known<readonly PasswordChange[]>,
  user: string,
): PasswordChange | undefined {
  const model = `${valueOf(app.model.get('info'))?.owner ?? ''}/${app.model.get('name')}`;
  return value.find(
    (change) => change.user === user && change.application === app.name && change.model === model,
  );
}

function lastChange(app: ApplicationView, fact: Known<readonly PasswordChange[]>, user: string): string {
  return `${user} ${changeOf(app, fact, user)?.at ?? 'never'}`;
}

/** Another secret is somebody's own way of doing it: it is not replaced. */
function foreignText(app: ApplicationView): string {
  const config = app.get('config');
  if (!isKnown(config)) return '; whether another secret is named already is not seen';
  const uri = config.value['system-users']?.value;
  if (typeof uri !== 'string' || uri === '') return '';
  const id = uri.slice(uri.lastIndexOf('/') + 1).replace(/^secret:/, '');
  const secret = (valueOf(app.model.get('secrets')) ?? []).find((one) => one.id === id);
  if (secret?.label === systemUsersSecret(app.name)) return '';
  return '; they come from a secret that Holdfast did not make: change them there, or reset system-users';
}

function leaderOf(app: ApplicationView): string | undefined {
  return Object.values(valueOf(app.get('units')) ?? {}).find(({ leader }) => leader === true)?.name;
}

function bySecret(app: ApplicationView, users: readonly string[]): string {
  return `${users.join(', ')} of ${app.name} get new passwords, which the secret ${systemUsersSecret(app.name)} keeps`;
}

function byAction(app: ApplicationView, user: string): string {
  return (
    `${user} of ${app.name} gets a new password that the charm makes up; it stands in the result of the operation, ` +
    'where whoever may read the model can read it until Juju forgets the operation'
  );
}

function remedy(app: ApplicationView, action: Remedy['action'], effect: string): Remedy {
  return {
    action,
    undo: { irreversible: 'a password that was replaced is gone' },
    effect,
    risk: 'medium',
    disruptive: true,
    repeatable: true,
    cutsOff: [`whoever uses the old passwords of ${app.name}`],
    preconditions: [
      { type: 'application-settled', application: app.name },
      { type: 'not-refreshing', application: app.name },
    ],
  };
}
