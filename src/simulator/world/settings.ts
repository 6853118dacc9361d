/** An application's options. Hooks start 2 s after a change that changes something (Juju facts 9.19). */
import { behaviourOf } from '../charms/behaviours.js';
import type { OptionType, OptionValue } from '../charms/charm.js';
import { JujuError } from '../errors.js';
import { between } from '../random.js';
import { queueHook, timedHook } from './hooks.js';
import { takeSystemUsers } from './secrets.js';
import { touch, type SimApplication } from './state.js';

const configChangedDelayMs = 2000;

/** Sets options from their texts, all or none; `trust` is one of them. */
export function setOptions(application: SimApplication, texts: Readonly<Record<string, string>>): void {
  const { trust, ...rest } = texts;
  const parsed = Object.entries(rest).map(([name, text]): [string, OptionValue] => [
    name,
    parse(application, name, text),
  ]);
  let changed = false;
  for (const [name, value] of parsed) {
    changed ||= application.settings.get(name) !== value;
    application.settings.set(name, value);
  }
  if (trust !== undefined) application.trust = trust === 'true';
  touch(application.model);
  if (changed) queueConfigChanged(application);
}

/** Puts options back to their defaults. */
export function resetOptions(application: SimApplication, names: readonly string[]): void {
  let changed = false;
  for (const name of names) {
    if (name === 'trust') application.trust = false;
    else typeOf(application, name);
    changed = application.settings.delete(name) || changed;
  }
  touch(application.model);
  if (changed) queueConfigChanged(application);
}

function typeOf(application: SimApplication, name: string): OptionType {
  const option = application.charm.options[name];
  if (option === undefined)
    throw new JujuError(`invalid application config: unknown option "${name}"`, 'not valid');
  return option[0];
}

function parse(application: SimApplication, name: string, text: string): OptionValue {
  const type = typeOf(application, name);
  const value = readAs(type, text);
  if (value === undefined) throw new JujuError(`option "${name}" expected ${type}, got "${text}"`);
  return value;
}

function readAs(type: OptionType, text: string): OptionValue | undefined {
  if (type === 'boolean') return readBoolean(text);
  if (type === 'int') return /^-?\d+$/.test(text) ? Number(text) : undefined;
  if (type === 'float') return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
  return text;
}

function readBoolean(text: string): boolean | undefined {
  if (/^(true|t|1)$/i.test(text)) return true;
  return /^(false|f|0)$/i.test(text) ? false : undefined;
}

function queueConfigChanged(application: SimApplication): void {
  const { world } = application.model.controller;
  world.clock.after(configChangedDelayMs, () => {
    for (const unit of application.units) {
      const end = (): void => {
        behaviourOf(application)?.refresh?.(world, application);
        takeSystemUsers(application);
      };
      queueHook(
        world,
        unit,
        timedHook(world, { name: 'config-changed hook', ms: between(world.random, 400, 900), end }),
      );
    }
  });
}
