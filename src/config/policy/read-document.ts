import type { z } from 'zod';
import { mistakesOf, type Mistake } from '../mistakes.js';
import { namesIn, repeatedNames } from './repeated-names.js';
import { PolicyFile } from './schema.js';
import { unknownController, usersMistakes } from './users-mistakes.js';

/** A waiver of the file that cannot be used. */
export interface RefusedWaiver {
  readonly index: number;
  /** As far as it has one. */
  readonly id: string;
  readonly mistakes: readonly Mistake[];
}

interface ReadDocument {
  /** What is left without the parts that have mistakes. */
  readonly document: PolicyFile;
  readonly mistakes: readonly Mistake[];
  readonly refused: readonly RefusedWaiver[];
}

type Issue = z.core.$ZodIssue;
type Keys = Readonly<Record<string, unknown>>;

/** Every mistake in a policy's text, and the policy without them, so that the rest can be looked at too. */
export function readDocument(value: unknown): ReadDocument {
  const result = PolicyFile.safeParse(value, { reportInput: true });
  if (result.success)
    return { document: result.data, mistakes: amongItself(value, result.data), refused: [] };
  const { issues } = result.error;
  const document = PolicyFile.parse(isKeys(value) ? { ...sound(value, issues), ...head } : head);
  return {
    document,
    mistakes: [...mistakesIn(issues), ...amongItself(value, document)],
    refused: refusedWaivers(value, issues),
  };
}

/** Parts that are well formed and do not go together. */
function amongItself(
  value: unknown,
  { users = {}, clusters = [], observability = [], cloudPolicies = [] }: PolicyFile,
): Mistake[] {
  const controllers = namesIn(value, 'controllers');
  return [
    ...repeatedNames(value),
    ...usersMistakes(users, controllers),
    ...clusters.flatMap(({ name, match }) =>
      unknownController(match?.controller, controllers, `clusters: ${name}: match.controller`),
    ),
    ...cloudPolicies.flatMap(({ match }, index) =>
      unknownController(match.controller, controllers, `cloudPolicies[${index}].match.controller`),
    ),
    ...observability.flatMap(({ name, match }) =>
      unknownController(match?.controller, controllers, `observability: ${name}: match.controller`),
    ),
  ];
}

const head = { kind: 'Policy', version: 'v1' } as const;

function mistakesIn(issues: readonly Issue[]): Mistake[] {
  return mistakesOf(PolicyFile, issues);
}

/** Keys without mistakes as they are, lists without the items that have some. */
function sound(value: Keys, issues: readonly Issue[]): Keys {
  const kept: [string, unknown][] = [];
  for (const [key, part] of Object.entries(value)) {
    if (issues.some((issue) => spoils(issue, key))) continue;
    kept.push([key, Array.isArray(part) ? soundItems(key, part, issues) : part]);
  }
  return Object.fromEntries(kept);
}

function spoils({ path, code, ...issue }: Issue, key: string): boolean {
  if (path.length === 0) return code === 'unrecognized_keys' && 'keys' in issue && issue.keys.includes(key);
  return path[0] === key && typeof path[1] !== 'number';
}

/** A rule with mistakes keeps its place, so that the paths of the others stay right. */
function soundItems(key: string, items: readonly unknown[], issues: readonly Issue[]): unknown[] {
  const isWrong = (index: number): boolean => issues.some(({ path }) => path[0] === key && path[1] === index);
  if (key !== 'rules') return items.filter((_item, index) => !isWrong(index));
  return items.map((item, index) => (isWrong(index) ? { match: {} } : item));
}

function refusedWaivers(value: unknown, issues: readonly Issue[]): RefusedWaiver[] {
  const waivers: readonly unknown[] =
    isKeys(value) && Array.isArray(value['waivers']) ? value['waivers'] : [];
  return waivers.flatMap((waiver, index) => {
    const own = issues.filter(({ path }) => path[0] === 'waivers' && path[1] === index);
    if (own.length === 0) return [];
    const id = isKeys(waiver) && typeof waiver['id'] === 'string' ? waiver['id'] : `waivers[${index}]`;
    return [{ index, id, mistakes: mistakesIn(own) }];
  });
}

function isKeys(value: unknown): value is Keys {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
