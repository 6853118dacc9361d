import type { SimApplication } from '../world/state.js';

/** The charm's options with value and source: `default`, `user` or, without either, `unset`. */
export function optionEntries({ charm, settings }: SimApplication): Record<string, object> {
  const entries = Object.entries(charm.options).map(([name, [type, fallback]]) => {
    const set = settings.get(name);
    const described = { description: `Option ${name} of ${charm.name}.`, type };
    const byDefault = fallback === undefined ? {} : { default: fallback };
    if (set !== undefined) return [name, { ...byDefault, ...described, source: 'user', value: set }];
    if (fallback === undefined) return [name, { ...described, source: 'unset' }];
    return [name, { ...byDefault, ...described, source: 'default', value: fallback }];
  });
  return Object.fromEntries(entries) as Record<string, object>;
}
