import { z } from 'zod';
import type { Control } from '../control.js';
import type { Dict } from '../dict.js';
import { InputError } from '../input-error.js';

// Each schema is used once or twice in a process: compiling it first would cost more than it saves.
z.config({ jitless: true });

/** All that say nothing are one. */
const nothingSaid: Dict<unknown> = {};
const parsed = new WeakMap<Control, WeakMap<object, unknown>>();

/**
 * The control's parameters: its defaults, with what the policy's rules say laid over. Equal settings objects are
 * parsed once. @throws InputError naming control and parameter when the policy gives a wrong value.
 */
export function controlParams(control: Control, said: Dict<unknown>): unknown {
  const overrides = Object.keys(said).length === 0 ? nothingSaid : said;
  let known = parsed.get(control);
  if (known === undefined) parsed.set(control, (known = new WeakMap()));
  if (known.has(overrides)) return known.get(overrides);
  const params = parse(control, overrides);
  known.set(overrides, params);
  return params;
}

function parse(control: Control, overrides: Dict<unknown>): unknown {
  const result = control.params.safeParse(overrides);
  if (result.success) return result.data;
  const mistakes = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  throw new InputError(
    `the policy's parameters for ${control.id} are wrong: ${mistakes}. See 'holdfast explain ${control.id}'`,
  );
}
