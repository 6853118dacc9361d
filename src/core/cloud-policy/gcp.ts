import { z } from 'zod';
import type { Grant } from './grants.js';
import { action, areFew, isKeys, tooMany } from './parts.js';

const Binding = z.looseObject({
  role: action,
  members: z.union([z.string(), z.array(z.string())]).exactOptional(),
  condition: z.unknown().exactOptional(),
});

const Document = z
  .looseObject({
    name: action.exactOptional(),
    includedPermissions: z.array(action).exactOptional(),
    bindings: z.array(Binding).max(1000, 'has more than 1000 bindings').exactOptional(),
  })
  .refine(({ includedPermissions, bindings }) => (includedPermissions ?? bindings) !== undefined, {
    error: 'names neither includedPermissions (a role) nor bindings (roles of an account)',
  })
  .refine(({ includedPermissions }) => areFew([includedPermissions]), tooMany)
  .refine(({ bindings = [] }) => membersOf(bindings).size < 2, {
    path: ['bindings'],
    error: 'name several members: keep those of the account that Juju uses',
  });

/**
 * A role as `gcloud iam roles describe` prints it, or the roles of one account: a list of their names, or the bindings of
 * `gcloud projects get-iam-policy` (flattened or not) that are the account's.
 */
export const gcpRole = z
  .preprocess(asDocument, Document)
  .transform(({ name, includedPermissions = [], bindings = [] }): readonly Grant[] => [
    ...bindings.map(({ role, condition }) => allowed([role], condition)),
    ...(includedPermissions.length === 0 ? [] : [allowed([...includedPermissions, customRole(name)])]),
  ]);

/** Its permissions are known, and not what Juju needs of them: Juju's documentation names roles. */
function customRole(name: string | undefined): string {
  return name ?? 'custom role';
}

function allowed(actions: readonly string[], condition?: unknown): Grant {
  const limits = condition === undefined || condition === null ? [] : ['a condition'];
  return { effect: 'allow', actions, except: [], limits };
}

function asDocument(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const items: readonly unknown[] = value;
  return { bindings: items.map(asBinding) };
}

function asBinding(item: unknown): unknown {
  if (typeof item === 'string') return { role: item };
  return isKeys(item) && isKeys(item['bindings']) ? item['bindings'] : item;
}

function membersOf(bindings: readonly z.output<typeof Binding>[]): Set<string> {
  return new Set(bindings.flatMap(({ members = [] }) => members));
}
