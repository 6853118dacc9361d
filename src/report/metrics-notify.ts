/** How well those are told who are to be told. Labels name targets as the policy does, never where they are. */
import type { DaemonView } from '../core/ports/index.js';
import type { NotifierHealth } from '../core/ports/notifier.js';
import { nameLabel } from './metrics-labels.js';
import type { Sample, Sampled } from './metrics-sampled.js';

export function notifyMetrics(): readonly Sampled[] {
  return [
    perTarget('waiting', 'Messages that are not delivered yet.', ({ waiting }) => waiting),
    perTarget(
      'oldest_waiting_timestamp_seconds',
      'Unix time since which the first of them waits.',
      (health) => (health.oldest === undefined ? undefined : health.oldest / 1000),
    ),
    perTarget('open_alerts', 'Alerts that the target was told of and that are not over.', ({ open }) => open),
    perTarget('trouble', '1 while the last attempt to tell the target failed.', ({ trouble }) =>
      Number(trouble !== undefined),
    ),
  ];
}

/** Totals that the notifiers count themselves. */
export function notifyCounters(): readonly Sampled[] {
  const outcomes = ['delivered', 'failed', 'refused', 'dropped'] as const;
  return [
    {
      name: 'notify_messages_total',
      help: 'Attempts that were delivered, failed or were refused, and messages that were given up.',
      labelNames: ['target', 'type', 'outcome'],
      read: (view) =>
        targetsOf(view).flatMap((health) =>
          outcomes.map((outcome) => ({ labels: { ...labelsOf(health), outcome }, value: health[outcome] })),
        ),
    },
  ];
}

function perTarget(
  name: string,
  help: string,
  read: (health: NotifierHealth) => number | undefined,
): Sampled {
  const samples = (health: NotifierHealth): readonly Sample[] => {
    const value = read(health);
    return value === undefined ? [] : [{ labels: labelsOf(health), value }];
  };
  return {
    name: `notify_${name}`,
    help,
    labelNames: ['target', 'type'],
    read: (view) => targetsOf(view).flatMap(samples),
  };
}

function labelsOf({ target, type }: NotifierHealth): Sample['labels'] {
  return { target: nameLabel(target), type };
}

function targetsOf(view: DaemonView): readonly NotifierHealth[] {
  return view.notifiers?.() ?? [];
}
