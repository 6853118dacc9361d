/** The section `users` of a first policy, made from what an estate shows. Pure. */
import { valueOf } from '../core/fact.js';
import type { ControllerState, ModelState } from '../core/snapshot.js';
import { scalar } from './yaml-scalar.js';

/** An entry of a list in the section: what it is about, and what it says. */
interface Entry {
  readonly match: Readonly<Record<string, string>>;
  readonly says: readonly string[];
}

/** The lines of the section; what was not seen stands there as an example in comments. */
export function userLines(controllers: readonly ControllerState[]): string[] {
  const models = controllers.flatMap((controller) => Object.values(controller.models));
  return [
    "# Named users. A control's own parameters, given by a rule, win over what is said here.",
    'users:',
    ...superuserLines(controllers),
    '  # Accounts of programs, which are never disabled for looking unused.',
    '  serviceAccounts: []                  # [ci-bot]',
    '  # Accounts whose passwords Holdfast may change.',
    '  managed: []                          # [holdfast-remediator]',
    '  # The highest level that each user may hold on a model. Patterns know * and ?; later ones win.',
    ...listLines('grants', models.flatMap(grantOf)),
    '  # Who may reach an offer, besides administrators.',
    ...listLines('offers', models.flatMap(consumersOf)),
  ];
}

/** Who is superuser everywhere: one who is so on some controllers only is left to be looked at. */
function superuserLines(controllers: readonly ControllerState[]): string[] {
  const found = controllers.map(superusersOf).filter((names) => names.length > 0);
  const all = [...new Set(found.flat())];
  const common = all.filter((name) => found.every((names) => names.includes(name)));
  const others = all.filter((name) => !common.includes(name));
  const list = common.length === 0 ? '# superusers: [admin]' : `superusers: ${scalar(common)}`;
  return [
    '  # Who may do everything on a controller. Fewer are better.',
    ...(others.length === 0
      ? []
      : [`  # Left out, being superusers on some controllers only: ${others.map(scalar).join(', ')}`]),
    `  ${list}`,
  ];
}

function superusersOf({ users }: ControllerState): readonly string[] {
  return (valueOf(users) ?? []).filter(({ access }) => access === 'superuser').map(({ name }) => name);
}

const known: ReadonlySet<string> = new Set(['read', 'write', 'admin']);

function grantOf(model: ModelState): Entry[] {
  const users = (valueOf(model.users) ?? []).filter(({ access }) => known.has(access));
  if (users.length === 0) return [];
  const levels = users.map(({ name, access }) => `  ${scalar(name)}: ${scalar(access)}`);
  return [{ match: placeOf(model), says: ['levels:', ...levels] }];
}

function consumersOf(model: ModelState): Entry[] {
  const offers = Object.values(valueOf(model.offers) ?? {});
  return offers.flatMap(({ name, users }) => {
    if (users === undefined) return [];
    const consumers = Object.keys(users).filter((user) => user !== everyone && users[user] !== 'admin');
    return [{ match: { ...placeOf(model), offer: name }, says: [`consumers: ${scalar(consumers)}`] }];
  });
}

/** Stands for everybody with a login: never declared by itself. */
const everyone = 'everyone@external';

function placeOf({ controller, name }: ModelState): Entry['match'] {
  return { ...(controller === '' ? {} : { controller }), ...(name === '' ? {} : { model: name }) };
}

function listLines(key: string, entries: readonly Entry[]): string[] {
  if (entries.length === 0) return [`  ${key}: []                           # none were seen`];
  const lines = entries.flatMap(({ match, says }) => [
    `    - match: ${scalar(match)}`,
    ...says.map((line) => `      ${line}`),
  ]);
  return [`  ${key}:`, ...lines];
}
