/** How lately units were seen from inside. */
import { modelLabels } from './metrics-labels.js';
import type { Sampled } from './metrics-sampled.js';

export function lookMetrics(): readonly Sampled[] {
  return [
    {
      name: 'workload_last_look_timestamp_seconds',
      help: 'Unix time at which a look into units of a model last showed anything; 0: none has.',
      labelNames: ['controller', 'target_model'],
      read: ({ looks }) =>
        (looks?.() ?? []).map((place) => ({
          labels: modelLabels(place),
          value: Math.floor((place.seenAt ?? 0) / 1000),
        })),
    },
  ];
}
