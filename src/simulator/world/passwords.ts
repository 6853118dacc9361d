/** The passwords of an application's own users, which its charm keeps in a secret of its own. */
import { hexOf } from '../random.js';
import { touch, type SimApplication, type SimSecret } from './state.js';

const kept = new WeakMap<SimApplication, Map<string, string>>();

/** By user; empty as long as nobody asked or changed one. */
export function passwordsOf(application: SimApplication): ReadonlyMap<string, string> {
  return kept.get(application) ?? new Map<string, string>();
}

export function setPassword(application: SimApplication, user: string, password: string): void {
  const passwords = kept.get(application) ?? new Map<string, string>();
  kept.set(application, passwords);
  passwords.set(user, password);
  renewOwnSecret(application);
  touch(application.model);
}

/** A new revision, or the first. */
function renewOwnSecret({ model, name }: SimApplication): void {
  const { clock, random } = model.controller.world;
  const now = clock.now();
  const label = `peers.${name}.app`;
  const index = model.secrets.findIndex((secret) => secret.label === label);
  const before: SimSecret = model.secrets[index] ?? {
    id: hexOf(random, 20),
    owner: `application-${name}`,
    label,
    rotation: 'never',
    created: now,
    revisionCreated: now,
    revision: 0,
    grantedTo: [],
  };
  const renewed = { ...before, revision: before.revision + 1, revisionCreated: now };
  if (index < 0) model.secrets.push(renewed);
  else model.secrets[index] = renewed;
}
