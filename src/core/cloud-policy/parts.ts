import { z } from 'zod';
import { longestAction, mostActions, mostPatternCharacters } from './grants.js';

/** A permission or a role, as a document names it. */
export const action = z.string().min(1, 'is empty').max(longestAction, 'is too long for a permission');

/** One text or a list of texts, as AWS lets it be written. */
export const oneOrMore = z
  .union([action, z.array(action)], { error: 'should be a text or a list of texts' })
  .transform((given) => (typeof given === 'string' ? [given] : given));

/** Whether permissions together are no more than is weighed. */
export function areFew(lists: readonly (readonly string[] | undefined)[]): boolean {
  const all = lists.flatMap((list) => list ?? []);
  const patterns = all.filter((one) => one.includes('*') || one.includes('?'));
  return all.length <= mostActions && patterns.join('').length <= mostPatternCharacters;
}

export const tooMany = {
  error: `names more than ${mostActions} permissions, or more than ${mostPatternCharacters} characters of wildcards`,
} as const;

type Keys = Readonly<Record<string, unknown>>;

export function isKeys(value: unknown): value is Keys {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
