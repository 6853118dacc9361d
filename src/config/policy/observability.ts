import { resolve } from 'node:path';
import { seconds } from '../../core/duration.js';
import { InputError } from '../../core/input-error.js';
import { stackParts } from '../../core/observability/stack.js';
import { stackDefaults, type StackApi, type WatchedStack } from '../../core/policy/observability.js';
import type { Mistake } from '../mistakes.js';
import { accessFrom, type AccessKeys } from './notify.js';
import type { StackEntry } from './observability-schema.js';

interface Place {
  /** Relative paths in the policy start here. */
  readonly folder: string;
  readonly troubles: Mistake[];
}

/** The stacks of a policy; servers whose files cannot be used are left out: `troubles` says why. */
export function watchedStacks(entries: readonly StackEntry[], place: Place): readonly WatchedStack[] {
  return entries.flatMap((entry) => {
    const stack = stackFrom(entry, place);
    return Object.keys(stack.servers).length === 0 ? [] : [stack];
  });
}

function stackFrom(entry: StackEntry, place: Place): WatchedStack {
  const { name, match, interval, maxAge } = entry;
  return {
    ...stackDefaults,
    name,
    ...(match === undefined ? {} : { match }),
    ...(interval === undefined ? {} : { interval: seconds(interval) }),
    ...(maxAge === undefined ? {} : { maxAge: seconds(maxAge) }),
    servers: Object.fromEntries(
      stackParts.flatMap((part) => {
        const server = entry[part];
        const api = server && serverFrom(server, `observability: ${name}: ${part}`, place);
        return api === undefined ? [] : [[part, api]];
      }),
    ),
  };
}

interface ServerEntry extends AccessKeys {
  readonly url: string;
  readonly tenant?: string;
}

function serverFrom(entry: ServerEntry, path: string, { folder, troubles }: Place): StackApi | undefined {
  const { url, tenant } = entry;
  try {
    const access = accessFrom(entry, [url], (file) => resolve(folder, file));
    return { url, access, ...(tenant === undefined ? {} : { tenant }) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    troubles.push(`${path}: ${error.message}`);
    return undefined;
  }
}
