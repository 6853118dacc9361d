import { z } from 'zod';
import type { Grant } from './grants.js';
import { action, areFew, isKeys, tooMany } from './parts.js';

const list = z.array(action).nullish();

const Permission = z.looseObject({
  actions: list,
  notActions: list,
  dataActions: list,
  notDataActions: list,
  condition: z.string().nullish(),
});

const Role = z.looseObject({
  permissions: z
    .array(Permission, {
      error: 'is missing: a role definition has permissions, or Actions, as "az role definition list" prints',
    })
    .min(1, 'is empty')
    .max(100, 'has more than 100 parts'),
});

const Roles = z
  .array(Role)
  .min(1, 'is empty')
  .max(100, 'has more than 100 roles')
  .refine((roles) => areFew(roles.flatMap(({ permissions }) => permissions.flatMap(listsOf))), tooMany);

function listsOf(permission: z.output<typeof Permission>): (readonly string[])[] {
  const { actions, notActions, dataActions, notDataActions } = permission;
  return [actions ?? [], notActions ?? [], dataActions ?? [], notDataActions ?? []];
}

/**
 * One or several role definitions, as `az role definition list` prints them, or as they are handed to
 * `az role definition create`. What NotActions take out, another role may give: Azure has no denial in a role.
 */
export const azureRole = z
  .preprocess(asList, Roles)
  .transform((roles): readonly Grant[] => roles.flatMap(({ permissions }) => permissions.flatMap(grantsOf)));

function asList(value: unknown): unknown {
  return (Array.isArray(value) ? value : [value]).map(withPermissions);
}

/** The shapes of the REST API (`properties`), and of files (Actions beside the name) are brought to one. */
function withPermissions(role: unknown): unknown {
  if (!isKeys(role)) return role;
  if (isKeys(role['properties'])) return role['properties'];
  if (role['permissions'] !== undefined) return role;
  const keys = ['actions', 'notActions', 'dataActions', 'notDataActions'] as const;
  const given = keys.flatMap((key) => {
    const found = role[key] ?? role[`${key.charAt(0).toUpperCase()}${key.slice(1)}`];
    return found === undefined ? [] : [[key, found] as const];
  });
  return given.length === 0 ? role : { ...role, permissions: [Object.fromEntries(given)] };
}

function grantsOf(permission: z.output<typeof Permission>): Grant[] {
  const { actions, notActions, dataActions, notDataActions, condition } = permission;
  const limits = condition === undefined || condition === null ? [] : ['a condition'];
  const onData = (names: readonly string[] | null | undefined): string[] =>
    (names ?? []).map((name) => `data:${name}`);
  return [
    { effect: 'allow' as const, actions: actions ?? [], except: notActions ?? [], limits },
    { effect: 'allow' as const, actions: onData(dataActions), except: onData(notDataActions), limits },
  ].filter((grant) => grant.actions.length > 0);
}
