/** Asks the servers of one stack side by side. */
import { dictOf, type Dict } from '../core/dict.js';
import { known, unknown, type Unknown } from '../core/fact.js';
import {
  stackParts,
  type StackPart,
  type StackServer,
  type StackState,
} from '../core/observability/stack.js';
import type { WatchedModel } from '../core/observability/watched-models.js';
import type { StackApi, WatchedStack } from '../core/policy/observability.js';
import type { Clock, Observability } from '../core/ports/index.js';
import { instant } from '../core/time.js';
import { readAlertmanager, type AlertmanagerFacts } from './alertmanager/read-alertmanager.js';
import { readingOf, type Asking } from './facts.js';
import { ApiReader, type ReaderLimits } from './http/api-reader.js';
import { readLoki, type LokiFacts } from './loki/read-loki.js';
import { readPrometheus, type PrometheusFacts } from './prometheus/read-prometheus.js';

export interface StackReaderOptions {
  readonly clock: Clock;
  readonly limits?: ReaderLimits;
}

/** Reads a stack as the policy names it. */
export function stackReader(stack: WatchedStack, { clock, limits }: StackReaderOptions): Observability {
  const readers = new Map<StackPart, ApiReader>();
  for (const part of stackParts) {
    const api = stack.servers[part];
    if (api !== undefined) readers.set(part, new ApiReader(part, api, limits));
  }
  return {
    stack: stack.name,
    read: (models, signal) => {
      for (const reader of readers.values()) reader.begin(signal);
      return readStack({ stack, readers }, models, { stack: stack.name, at: instant(clock.now()) });
    },
    health: () => [...readers.values()].map((reader) => reader.health()),
    close: async () => {
      await Promise.all([...readers.values()].map((reader) => reader.close()));
    },
  };
}

interface Asked {
  readonly stack: WatchedStack;
  readonly readers: ReadonlyMap<StackPart, ApiReader>;
}

async function readStack(
  { stack, readers }: Asked,
  models: readonly WatchedModel[],
  asking: Asking,
): Promise<StackState> {
  const [prometheus, loki, alertmanager] = [
    readers.get('prometheus'),
    readers.get('loki'),
    readers.get('alertmanager'),
  ];
  const gap = (part: StackPart): Unknown => notNamed(part, asking);
  const [metrics, logs, alerts] = await Promise.all([
    prometheus === undefined
      ? noPrometheus(gap('prometheus'), models)
      : readPrometheus(prometheus, models, asking),
    loki === undefined ? noLoki(gap('loki'), models) : readLoki(loki, models, asking),
    alertmanager === undefined ? noAlertmanager(gap('alertmanager')) : readAlertmanager(alertmanager, asking),
  ]);
  const telemetry = models.map(({ key }, index) => {
    const none = { rules: gap('prometheus'), targets: gap('prometheus'), logs: gap('loki') };
    return [key, { name: key, ...none, ...metrics.models[index], ...logs.models[index] }] as const;
  });
  return {
    name: stack.name,
    match: stack.match,
    servers: known(readingOf(asking, 'policy'), serversOf(stack)),
    ...{ metricsRetention: metrics.metricsRetention, alertmanagers: metrics.alertmanagers },
    ...{ generalRules: metrics.generalRules, logRetention: logs.logRetention },
    ...alerts,
    models: dictOf(telemetry),
  };
}

function serversOf({ servers }: WatchedStack): Dict<StackServer> {
  return dictOf(
    stackParts.flatMap((part) => {
      const api = servers[part];
      return api === undefined ? [] : [[part, serverFrom(api)] as const];
    }),
  );
}

const ourselves = /^(localhost|127(\.\d+){3}|\[::1\])$/;

function serverFrom({ url }: StackApi): StackServer {
  const { host, hostname, protocol } = new URL(url);
  const open = ourselves.test(hostname) ? 'loopback' : 'http';
  return { host, transport: protocol === 'https:' ? 'https' : open };
}

function notNamed(part: StackPart, asking: Asking): Unknown {
  const permission = `${part} of stack ${asking.stack} under observability in the policy`;
  return unknown(readingOf(asking, part), `the policy names no ${part} here`, permission);
}

function noPrometheus(gap: Unknown, models: readonly WatchedModel[]): PrometheusFacts {
  const facts = { metricsRetention: gap, alertmanagers: gap, generalRules: gap };
  return { ...facts, models: models.map(() => ({ rules: gap, targets: gap })) };
}

function noLoki(gap: Unknown, models: readonly WatchedModel[]): LokiFacts {
  return { logRetention: gap, models: models.map(() => ({ logs: gap })) };
}

function noAlertmanager(gap: Unknown): AlertmanagerFacts {
  return { routing: gap, silences: gap };
}
