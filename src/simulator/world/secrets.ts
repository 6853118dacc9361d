/** User's secrets: made, changed and granted by name. The same content makes no new revision (Juju facts 9.26). */
import { keysTaken } from '../charms/passwords.js';
import { JujuError } from '../errors.js';
import { between, hexOf } from '../random.js';
import { queueHook, setWorkload, timedHook } from './hooks.js';
import { setPassword } from './passwords.js';
import { touch, type SimApplication, type SimModel, type SimSecret } from './state.js';

export type SecretContent = Readonly<Record<string, string>>;

export function createSecret(model: SimModel, label: string, content: SecretContent): SimSecret {
  if (findUserSecret(model, label) !== undefined)
    throw new JujuError(`secret with name "${label}" already exists`);
  const { clock, random } = model.controller.world;
  const now = clock.now();
  const secret: SimSecret = {
    id: hexOf(random, 20),
    owner: 'model',
    label,
    rotation: 'never',
    created: now,
    revisionCreated: now,
    revision: 1,
    grantedTo: [],
    content,
  };
  model.secrets.push(secret);
  touch(model);
  return secret;
}

export function updateSecret(model: SimModel, label: string, content: SecretContent): void {
  const before = userSecretNamed(model, label);
  if (JSON.stringify(before.content) === JSON.stringify(content)) return;
  const now = model.controller.world.clock.now();
  replace(model, { ...before, content, revision: before.revision + 1, revisionCreated: now });
  for (const application of model.applications.values()) tellChanged(application, before.id);
}

export function grantSecret(model: SimModel, label: string, applications: readonly string[]): void {
  const before = userSecretNamed(model, label);
  const grantedTo = [...new Set([...before.grantedTo, ...applications])];
  for (const name of applications)
    if (!model.applications.has(name)) throw new JujuError(`application "${name}" not found`, 'not found');
  replace(model, { ...before, grantedTo });
}

/** By its name or its id. */
export function userSecretNamed(model: SimModel, label: string): SimSecret {
  const found = findUserSecret(model, label);
  if (found !== undefined) return found;
  throw new JujuError(
    `getting user secret for label "${label}": secret with label "${label}" not found`,
    'secret not found',
  );
}

function findUserSecret(model: SimModel, label: string): SimSecret | undefined {
  const id = label.replace(/^secret:/, '');
  return model.secrets.find(
    (secret) => secret.owner === 'model' && (secret.label === label || secret.id === id),
  );
}

function replace(model: SimModel, secret: SimSecret): void {
  model.secrets[model.secrets.findIndex(({ id }) => id === secret.id)] = secret;
  touch(model);
}

function tellChanged(application: SimApplication, id: string): void {
  if (namedSecret(application) !== id) return;
  const { world } = application.model.controller;
  for (const unit of application.units) {
    const end = (): void => {
      takeSystemUsers(application);
    };
    const hook = { name: 'secret-changed hook', ms: between(world.random, 400, 900), end };
    queueHook(world, unit, timedHook(world, hook));
  }
}

/** The charm reads the secret that `system-users` names, if it may, and takes the keys that it knows. */
export function takeSystemUsers(application: SimApplication): void {
  const { model, units } = application;
  const id = namedSecret(application);
  const secret = model.secrets.find((one) => one.id === id);
  const taken = keysTaken(application);
  if (secret === undefined || taken.length === 0) return;
  if (!secret.grantedTo.includes(application.name)) {
    for (const unit of units)
      setWorkload(model.controller.world, unit, 'blocked', 'failed to update password');
    return;
  }
  for (const [user, password] of Object.entries(secret.content ?? {}))
    if (taken.includes(user)) setPassword(application, user, password);
}

function namedSecret({ settings }: SimApplication): string | undefined {
  const value = settings.get('system-users');
  return typeof value === 'string' && value !== ''
    ? value.slice(value.lastIndexOf('/') + 1).replace(/^secret:/, '')
    : undefined;
}
