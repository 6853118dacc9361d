/** The connections to controllers; what they count, they count themselves. */
import type { JujuHealth } from '../core/ports/index.js';
import { nameLabel } from './metrics-labels.js';
import type { Sampled } from './metrics-sampled.js';

export function connectionMetrics(): readonly Sampled[] {
  return [
    perController('connected', '1 while connected to the controller.', ({ connected }) => Number(connected)),
  ];
}

export function connectionCounters(): readonly Sampled[] {
  return [
    perKind('calls_total', 'Calls made on the controller.', 'call', ({ callsBy, calls }) =>
      known(callsBy, calls),
    ),
    perKind(
      'errors_total',
      'Calls on the controller that failed, and connections that could not be made.',
      'kind',
      ({ errorsBy, errors }) => known(errorsBy, errors),
    ),
    perController('reconnects_total', 'Connections made anew.', ({ reconnects }) => reconnects),
  ];
}

/** What is not counted apart is one number without a label. */
function known(counts: ReadonlyMap<string, number> | undefined, all: number): Counts {
  return counts ?? [['', all]];
}

type Counts = Iterable<readonly [string, number]>;

function perKind(name: string, help: string, label: string, read: (health: JujuHealth) => Counts): Sampled {
  return {
    name: `juju_api_${name}`,
    help,
    labelNames: ['controller', label],
    read: (view) =>
      view.health().flatMap((health) =>
        [...read(health)].map(([kind, value]) => ({
          labels: { controller: nameLabel(health.controller), [label]: nameLabel(kind) },
          value,
        })),
      ),
  };
}

function perController(name: string, help: string, read: (health: JujuHealth) => number): Sampled {
  return {
    name: `juju_api_${name}`,
    help,
    labelNames: ['controller'],
    read: (view) =>
      view
        .health()
        .map((health) => ({ labels: { controller: nameLabel(health.controller) }, value: read(health) })),
  };
}
