/** How well the observability stacks are seen. Labels name stacks and kinds of servers, never texts. */
import type { DaemonView, StackPartHealth } from '../core/ports/index.js';
import { nameLabel } from './metrics-labels.js';
import type { Sampled } from './metrics-sampled.js';

export function observabilityMetrics(): readonly Sampled[] {
  return [
    {
      name: 'observability_view_age_seconds',
      help: 'Since an observability stack last answered anything; +Inf before the first time.',
      labelNames: ['stack'],
      read: (view) =>
        stacksOf(view).map(({ stack, ageSeconds = Infinity }) => ({
          labels: { stack: nameLabel(stack) },
          value: ageSeconds,
        })),
    },
    perPart('reachable', '1 while a server of the stack answers everything that it is asked.', (part) =>
      Number(part.reachable),
    ),
  ];
}

/** Totals that the readers count themselves. */
export function observabilityCounters(): readonly Sampled[] {
  return [
    perPart('requests_total', 'Questions asked.', ({ requests }) => requests),
    perPart('errors_total', 'Questions that were not answered, or with a refusal.', ({ errors }) => errors),
  ];
}

function perPart(name: string, help: string, value: (part: StackPartHealth) => number): Sampled {
  return {
    name: `observability_${name}`,
    help,
    labelNames: ['stack', 'part'],
    read: (view) =>
      stacksOf(view).flatMap(({ stack, parts }) =>
        parts.map((part) => ({
          labels: { stack: nameLabel(stack), part: part.part },
          value: value(part),
        })),
      ),
  };
}

function stacksOf({ stacks }: DaemonView): ReturnType<NonNullable<DaemonView['stacks']>> {
  return stacks?.() ?? [];
}
