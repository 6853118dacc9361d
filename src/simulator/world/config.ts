/** Configuration of models and of the controller. */
import { JujuError } from '../errors.js';
import { readOnlyControllerKeys, settableControllerKeys } from './controller-defaults.js';
import { modelDefaults } from './model-defaults.js';
import { touch, type SimController, type SimModel } from './state.js';

/** Sets model keys. A key that nobody knows is accepted: the client only warns (Juju facts 9.14). */
export function setModelConfig(model: SimModel, values: Readonly<Record<string, unknown>>): void {
  const before = model.config.get('firewall-mode')?.value;
  if (model.controller.flavour === '3.6' && 'firewall-mode' in values && values['firewall-mode'] !== before) {
    throw new JujuError(
      `cannot change firewall-mode from ${quote(before)} to ${quote(values['firewall-mode'])}`,
    );
  }
  for (const [key, value] of Object.entries(values)) {
    model.config.set(key, { value: likeDefault(modelDefaults[key], value), source: 'model' });
  }
  touch(model);
}

export function unsetModelConfig(model: SimModel, keys: readonly string[]): void {
  for (const key of keys) {
    if (key in modelDefaults) model.config.set(key, { value: modelDefaults[key], source: 'default' });
    else model.config.delete(key);
  }
  touch(model);
}

export function setControllerConfig(
  controller: SimController,
  values: Readonly<Record<string, unknown>>,
): void {
  const refused = Object.keys(values).filter((key) => !isSettable(controller, key));
  if (refused.length > 0) {
    throw new JujuError(
      `invalid or read-only controller config values cannot be updated: [${refused.join(' ')}]`,
    );
  }
  for (const [key, value] of Object.entries(values)) {
    controller.config.set(key, likeDefault(controller.config.get(key), value));
  }
}

function isSettable(controller: SimController, key: string): boolean {
  if (readOnlyControllerKeys.includes(key)) return false;
  return controller.config.has(key) || settableControllerKeys.includes(key);
}

/** Reads a text as the type that the key has. */
function likeDefault(sample: unknown, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (typeof sample === 'boolean') return value === 'true';
  if (typeof sample === 'number' && /^-?\d+$/.test(value)) return Number(value);
  return value;
}

function quote(value: unknown): string {
  return JSON.stringify(value);
}
