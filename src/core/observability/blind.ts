/** A stack of which nothing can be read. */
import { dictOf } from '../dict.js';
import { unknown, type Instant, type Unknown } from '../fact.js';
import type { ModelTelemetry, StackMatch, StackState } from './stack.js';

interface BlindStack {
  readonly name: string;
  readonly match: StackMatch;
}

/** Everything of it unknown, for this reason. */
export function blindStack(
  { name, match }: BlindStack,
  models: readonly string[],
  { reason, at }: { readonly reason: string; readonly at: Instant },
): StackState {
  const gap = unknown({ source: { road: 'observability', call: `stack ${name}` }, at }, reason);
  return {
    ...{ name, match, servers: gap, metricsRetention: gap, logRetention: gap, alertmanagers: gap },
    ...{ routing: gap, silences: gap, generalRules: gap },
    models: dictOf(models.toSorted().map((key) => [key, blindTelemetry(key, gap)])),
  };
}

export function blindTelemetry(name: string, gap: Unknown): ModelTelemetry {
  return { name, rules: gap, targets: gap, logs: gap };
}
