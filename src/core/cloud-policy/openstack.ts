import { z } from 'zod';
import type { Grant } from './grants.js';
import { action, isKeys } from './parts.js';

const scope = z.string().nullish();

const Assignment = z.looseObject({
  role: action,
  user: scope,
  domain: scope,
  system: scope,
});

const Assignments = z
  .array(Assignment)
  .min(1, 'is empty')
  .max(1000, 'has more than 1000 assignments')
  .refine((all) => new Set(all.map(({ user }) => user ?? '')).size < 2, {
    error: 'names several users: keep the roles of the one that Juju uses',
  });

/** The roles of a user: their names, or what `openstack role assignment list --names -f json` prints for him. */
export const openstackRoles = z
  .preprocess(asAssignments, Assignments)
  .transform((all): readonly Grant[] => [
    { effect: 'allow', actions: all.map(named), except: [], limits: [] },
  ]);

/** A role on a domain or on the whole system is another than the same role on a project. */
function named({ role, domain, system }: z.output<typeof Assignment>): string {
  if ((system ?? '') !== '') return `${role} on the system`;
  return (domain ?? '') === '' ? role : `${role} on a domain`;
}

function asAssignments(value: unknown): unknown {
  const given = isKeys(value) && Array.isArray(value['roles']) ? value['roles'] : value;
  return Array.isArray(given) ? given.map(asAssignment) : given;
}

/** The command writes its keys with capitals. */
function asAssignment(item: unknown): unknown {
  if (typeof item === 'string') return { role: item };
  if (!isKeys(item)) return item;
  const lower = Object.fromEntries(Object.entries(item).map(([key, value]) => [key.toLowerCase(), value]));
  return { ...lower, role: lower['role'] ?? lower['name'] };
}
