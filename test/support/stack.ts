/**
 * Builds observability stacks for tests: one that holds all that the guides want of one application in the model `data`
 * of `prod`. Every field takes a plain value or a whole fact (`unknownFact(…)`).
 */
import { dictOf, type Dict } from '../../src/core/dict.js';
import type { Fact } from '../../src/core/fact.js';
import type * as O from '../../src/core/observability/stack.js';
import type { Snapshot } from '../../src/core/snapshot.js';
import { knownFact } from './world.js';

type Given<T> = T | Fact<T>;

function fact<T>(given: Given<T> | undefined, otherwise: T): Fact<T> {
  if (given === undefined) return knownFact(otherwise);
  return typeof given === 'object' && given !== null && 'source' in given && 'at' in given
    ? given
    : knownFact(given as T);
}

export interface StackSpec {
  readonly name?: string;
  readonly match?: O.StackMatch;
  /** Servers that the policy names; all of them, over https, unless said otherwise. */
  readonly servers?: Given<Dict<O.StackServer>>;
  readonly metricsRetention?: Given<O.Retention>;
  readonly logRetention?: Given<O.Retention>;
  readonly alertmanagers?: Given<number>;
  readonly routing?: Given<O.AlertRouting>;
  readonly silences?: Given<readonly O.Silence[]>;
  readonly generalRules?: Given<readonly O.AlertRule[]>;
  /** Of the application. */
  readonly rules?: Given<readonly O.AlertRule[]>;
  readonly targets?: Given<readonly O.MetricsTarget[]>;
  readonly logs?: Given<O.LogStreams> | 'none';
  /** Asked about no model where false. */
  readonly isAsked?: boolean;
}

const days = 86_400;
const https = (host: string): O.StackServer => ({ host, transport: 'https' });

/** A stack that watches `application` of two units, and finds everything well unless said otherwise. */
export function stack(application: string, spec: StackSpec = {}): O.StackState {
  const units = [`${application}/0`, `${application}/1`];
  const key = 'prod:data';
  const own = <T>(given: Given<T> | undefined, otherwise: T): Fact<Record<string, T>> => {
    const whole = fact(given, otherwise);
    return 'value' in whole ? { ...whole, value: { [application]: whole.value } } : whole;
  };
  const models = {
    [key]: {
      name: key,
      rules: own(spec.rules, [rule('Broken'), rule('Slow')]),
      targets: own(
        spec.targets,
        units.map((unit) => ({ unit, job: 'metrics', up: true })),
      ),
      logs: spec.logs === 'none' ? knownFact({}) : own(spec.logs, { newest: '2026-11-22T05:58:00Z', units }),
    } satisfies O.ModelTelemetry,
  };
  return {
    name: spec.name ?? 'cos',
    match: spec.match ?? {},
    servers: fact<Dict<O.StackServer>>(
      spec.servers,
      dictOf(partNames.map((part) => [part, https(`${part}.cos`)])),
    ),
    metricsRetention: fact<O.Retention>(spec.metricsRetention, { kept: 'seconds', seconds: 15 * days }),
    logRetention: fact<O.Retention>(spec.logRetention, { kept: 'seconds', seconds: 30 * days }),
    alertmanagers: fact(spec.alertmanagers, 1),
    routing: fact<O.AlertRouting>(spec.routing, routing()),
    silences: fact<readonly O.Silence[]>(spec.silences, []),
    generalRules: fact<readonly O.AlertRule[]>(spec.generalRules, []),
    models: spec.isAsked === false ? {} : models,
  };
}

const partNames = ['prometheus', 'loki', 'alertmanager'] as const;

export function rule(name: string, more: Partial<O.AlertRule> = {}): O.AlertRule {
  return { name, health: 'ok', labels: { severity: 'warning' }, ...more };
}

/** One receiver that tells a webhook, and one that tells nobody; the root hands to the first unless said otherwise. */
export function routing(receiver = 'team', routes: readonly O.AlertRoute[] = []): O.AlertRouting {
  return { root: route(receiver, [], { routes }), receivers: { team: ['webhook'], nobody: [] } };
}

export function route(
  receiver: string,
  matchers: readonly O.LabelMatcher[],
  more: Partial<O.AlertRoute> = {},
): O.AlertRoute {
  return { receiver, matchers, goesOn: false, routes: [], ...more };
}

/** `label=value`, `label!=value`, `label=~pattern`, `label!~pattern`. */
export function condition(text: string): O.LabelMatcher {
  const [, label = '', operator = '', value = ''] = /^(\w+)(=~|!~|!=|=)(.*)$/.exec(text) ?? [];
  return { label, value, isRegex: operator.endsWith('~'), isEqual: !operator.startsWith('!') };
}

/** The snapshot with these stacks beside it. */
export function watchedBy(snapshot: Snapshot, ...stacks: readonly O.StackState[]): Snapshot {
  return { ...snapshot, observability: dictOf(stacks.map((one) => [one.name, one])) };
}
