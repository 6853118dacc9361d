/**
 * Routes and receivers out of Alertmanager's configuration. Only names, kinds and conditions are kept: the rest holds
 * addresses and, where a version does not mask them, secrets.
 */
import { z } from 'zod';
import { dictOf } from '../../core/dict.js';
import type { AlertRoute, AlertRouting, LabelMatcher } from '../../core/observability/stack.js';
import { yamlValue } from '../../core/yaml.js';
import { ReadError } from '../http/read-error.js';
import { shortText } from '../hostile.js';
import { matcher, matchersIn } from './matchers.js';

const Value = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const Values = z.record(z.string(), Value).nullish();

interface RouteEntry {
  readonly receiver?: string | null | undefined;
  readonly matchers?: readonly string[] | null | undefined;
  readonly match?: Readonly<Record<string, string>> | null | undefined;
  readonly match_re?: Readonly<Record<string, string>> | null | undefined;
  readonly continue?: boolean | null | undefined;
  readonly routes?: readonly RouteEntry[] | null | undefined;
}

const Route: z.ZodType<RouteEntry> = z.looseObject({
  receiver: z.string().nullish(),
  matchers: z.array(z.string()).nullish(),
  match: Values,
  match_re: Values,
  continue: z.boolean().nullish(),
  routes: z.array(z.lazy(() => Route)).nullish(),
});

const Config = z.looseObject({
  route: Route,
  receivers: z.array(z.looseObject({ name: z.string() })),
});

/** @throws ReadError that quotes nothing. */
export function routingIn(text: string): AlertRouting {
  const { route, receivers } = configIn(text);
  return {
    root: routeFrom(route, { receiver: '', depth: 0, isRoot: true }),
    receivers: dictOf(receivers.map((entry) => [shortText(entry.name), kindsOf(entry)])),
  };
}

function configIn(text: string): z.output<typeof Config> {
  try {
    return Config.parse(yamlValue(text, { uniqueKeys: false }));
  } catch {
    throw new ReadError('alertmanager shows its configuration in a form that is not known');
  }
}

/** `webhook_configs` with one entry or more makes it tell a webhook. */
function kindsOf(entry: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(entry)
    .filter(([key, list]) => key.endsWith('_configs') && Array.isArray(list) && list.length > 0)
    .map(([key]) => shortText(key.slice(0, -'_configs'.length), 40))
    .sort();
}

interface Above {
  readonly receiver: string;
  readonly depth: number;
  readonly isRoot: boolean;
}

const deepest = 20;

/** A route without a receiver has that of the one above; the first route takes every alert, whatever it says. */
function routeFrom(entry: RouteEntry, { receiver: inherited, depth, isRoot }: Above): AlertRoute {
  if (depth > deepest) throw new ReadError('alertmanager has routes that are nested too deep to be read');
  const receiver =
    entry.receiver === undefined || entry.receiver === null ? inherited : shortText(entry.receiver);
  return {
    receiver,
    matchers: isRoot ? [] : conditionsOf(entry),
    goesOn: entry.continue ?? false,
    routes: (entry.routes ?? []).map((child) =>
      routeFrom(child, { receiver, depth: depth + 1, isRoot: false }),
    ),
  };
}

function conditionsOf({ matchers, match, match_re: patterns }: RouteEntry): readonly LabelMatcher[] {
  return [
    ...(matchers ?? []).flatMap(matchersIn),
    ...equalities(match, false),
    ...equalities(patterns, true),
  ];
}

function equalities(values: RouteEntry['match'], isRegex: boolean): readonly LabelMatcher[] {
  return Object.entries(values ?? {}).map(([label, value]) =>
    matcher({ label, value, isRegex, isEqual: true }),
  );
}
