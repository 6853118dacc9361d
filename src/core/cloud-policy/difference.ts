import type { CloudPermissions, Grant } from './grants.js';
import { covers, overlap } from './pattern.js';
import { isWholeService } from './whole-service.js';

/** How what is granted differs from what Juju needs; all lists sorted, each name once. */
export interface CloudPolicyDifference {
  /** Needed, and not granted or denied. */
  readonly missing: readonly string[];
  /** Granted, and more than Juju may be given. */
  readonly tooWide: readonly string[];
  /** What cannot be told, each with the reason. */
  readonly unclear: readonly string[];
  /** Granted by name and not needed, though nothing mighty. */
  readonly extra: readonly string[];
}

type Standing = 'held' | 'unclear' | 'missing';

/** Compares all that an account is granted with what is needed. A denial wins over whatever allows, as on AWS. */
export function cloudPolicyDifference(
  grants: readonly Grant[],
  permissions: CloudPermissions,
): CloudPolicyDifference {
  const allows = allowed(grants);
  const isWide = (one: Allowed): boolean => isTooWide(one.action, { grant: one.grant, grants, permissions });
  const wide = new Set(allows.filter(isWide));
  const roles = new Set(allows.filter((one) => !wide.has(one) && isUnknownRole(one.action, permissions)));
  const needs = permissions.needed.map((need) => standingOf(need, grants));
  const missing = needs.filter(({ standing }) => standing === 'missing').map(({ name }) => name);
  const isOver = (one: Allowed): boolean => isTakenOut(one.action, one.grant, grants);
  const rest = allows.filter((one) => !wide.has(one) && !roles.has(one) && !isOver(one));
  return {
    missing: roles.size === 0 ? sorted(missing) : [],
    tooWide: sorted([...wide].filter(isCertain).map(written)),
    unclear: sorted([
      ...needs.filter(({ standing }) => standing === 'unclear').map(({ name, why }) => `${name} (${why})`),
      ...[...wide].filter((one) => !isCertain(one)).map((one) => `${written(one)} (${limitsOf(one)})`),
      ...(roles.size === 0 ? [] : missing.map((name) => `${name} (perhaps within another role)`)),
      ...[...roles].map((role) => `${written(role)} (what this role holds is not known)`),
    ]),
    extra: sorted(extras(rest, permissions).map(written)),
  };
}

interface Allowed {
  readonly grant: Grant;
  readonly action: string;
}

function allowed(grants: readonly Grant[]): Allowed[] {
  const allows = grants.filter(({ effect }) => effect === 'allow');
  return allows.flatMap((grant) => grant.actions.map((action) => ({ grant, action })));
}

/** Whether nothing that cannot be weighed decides whether it holds. */
function isCertain({ grant }: Allowed): boolean {
  return grant.limits.length === 0;
}

function standingOf(
  need: string | readonly string[],
  grants: readonly Grant[],
): { readonly name: string; readonly standing: Standing; readonly why: string } {
  const ways = typeof need === 'string' ? [need] : need;
  const standings = ways.map((way) => standingOfOne(way, grants));
  const best = (['held', 'unclear', 'missing'] as const).find((one) => standings.includes(one)) ?? 'missing';
  const limits = grants
    .filter((grant) => ways.some((way) => touches(grant, way)))
    .flatMap((grant) => grant.limits);
  return { name: ways.join(' or '), standing: best, why: sorted(limits).join(', ') };
}

function standingOfOne(action: string, grants: readonly Grant[]): Standing {
  const about = grants.filter((grant) => touches(grant, action));
  const are = (effect: Grant['effect'], limited: boolean): boolean =>
    about.some((grant) => grant.effect === effect && grant.limits.length > 0 === limited);
  if (are('deny', false)) return 'missing';
  if (are('allow', false)) return are('deny', true) ? 'unclear' : 'held';
  return are('allow', true) ? 'unclear' : 'missing';
}

/** Whether a grant speaks of an action that is named without wildcards. */
function touches({ actions, except }: Grant, action: string): boolean {
  return actions.some((one) => covers(one, action)) && !except.some((one) => covers(one, action));
}

interface Weighing {
  readonly grant: Grant;
  readonly grants: readonly Grant[];
  readonly permissions: CloudPermissions;
}

function isTooWide(action: string, { grant, grants, permissions }: Weighing): boolean {
  const { kind, tooWide } = permissions;
  const isWhole = isWholeService(action, kind) && !isTolerated(action, permissions);
  const mighty = tooWide.filter((wide) => overlap(wide, action));
  if (!isWhole && mighty.length === 0) return false;
  if (isTakenOut(action, grant, grants)) return false;
  return isWhole || mighty.some((wide) => !isTakenOut(wide, grant, grants));
}

function isTolerated(action: string, { tolerated }: CloudPermissions): boolean {
  return tolerated.some((one) => one.toLowerCase() === action.toLowerCase());
}

/** Whether the statement itself, or a denial without conditions, takes all of it away again. */
function isTakenOut(action: string, { except }: Grant, grants: readonly Grant[]): boolean {
  if (except.some((one) => covers(one, action))) return true;
  return grants.some(
    (grant) => grant.effect === 'deny' && grant.limits.length === 0 && denies(grant, action),
  );
}

function denies({ actions, except }: Grant, action: string): boolean {
  return actions.some((one) => covers(one, action)) && !except.some((one) => overlap(one, action));
}

/** Whether of a role is known neither that it is needed nor that it is harmless or too much. */
function isUnknownRole(action: string, { kind, needed, optional, lesser }: CloudPermissions): boolean {
  if (!isRole(action, kind)) return false;
  return ![...needed.flat(), ...optional, ...lesser].some((one) => covers(one, action));
}

/** Google's single permissions have dots and no slash; everything else there is the name of a role. */
function isRole(action: string, kind: CloudPermissions['kind']): boolean {
  if (kind === 'openstack-roles') return true;
  return kind === 'gcp-role' && (action.includes('/') || !action.includes('.'));
}

function extras(allows: readonly Allowed[], { optional, lesser, needed }: CloudPermissions): Allowed[] {
  const wanted = [...needed.flat(), ...optional, ...lesser];
  return allows.filter(({ action }) => !wanted.some((name) => overlap(name, action)));
}

function written({ grant, action }: Allowed): string {
  return grant.except.length === 0 ? action : `${action} but ${grant.except.length} named`;
}

function limitsOf({ grant }: Allowed): string {
  return grant.limits.join(', ');
}

function sorted(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}
