import { globMatcher } from '../../core/glob.js';
import type { Mistake } from '../mistakes.js';
import { didYouMean } from '../suggest.js';
import type { PolicyFile } from './schema.js';

type Users = NonNullable<PolicyFile['users']>;

/**
 * What cannot be right in a policy's users, as far as the policy alone shows it: controllers that it does not have,
 * users named twice, passwords that are not Juju's to change.
 */
export function usersMistakes(users: Users, controllers: readonly string[]): Mistake[] {
  const { grants = [], offers = [], managed = [] } = users;
  const lists = (['superusers', 'serviceAccounts', 'managed'] as const).map(
    (key) => [key, users[key] ?? []] as const,
  );
  return [
    ...lists.flatMap(([key, names]) => repeated(names, `users.${key}`)),
    ...offers.flatMap(({ consumers }, index) => repeated(consumers, `users.offers[${index}].consumers`)),
    ...managed.flatMap((name, index) => external(name, `users.managed[${index}]`)),
    ...grants.flatMap(({ match }, index) =>
      unknownController(match.controller, controllers, `users.grants[${index}].match.controller`),
    ),
    ...offers.flatMap(({ match }, index) =>
      unknownController(match.controller, controllers, `users.offers[${index}].match.controller`),
    ),
  ];
}

function repeated(names: readonly string[], path: string): Mistake[] {
  return names.flatMap((name, index) =>
    names.indexOf(name) === index ? [] : [`${path}[${index}] "${name}" is named there already`],
  );
}

function external(name: string, path: string): Mistake[] {
  if (!name.includes('@')) return [];
  return [`${path} "${name}" belongs to an identity provider: its password is not Juju's to change`];
}

/** A pattern that fits none of the controllers. Where a policy names no controllers, it may be about any. */
export function unknownController(
  pattern: string | undefined,
  controllers: readonly string[],
  path: string,
): Mistake[] {
  if (pattern === undefined || controllers.length === 0 || controllers.some(globMatcher(pattern))) return [];
  return [`${path} "${pattern}" matches no controller of the policy${didYouMean(pattern, controllers)}`];
}
