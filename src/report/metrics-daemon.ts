import type { Clock, DaemonView, JujuHealth, QueueView } from '../core/ports/index.js';
import { millis } from '../core/time.js';
import { boundedLabel, nameLabel } from './metrics-labels.js';
import type { Sample, Sampled } from './metrics-sampled.js';

/** How the daemon itself is: ready, its queue, its remediations, how fresh its view is. */
export function daemonMetrics(clock: Clock): readonly Sampled[] {
  return [
    one('ready', '1 when every controller is seen and fresh.', (view) => Number(view.readiness().ready)),
    {
      name: 'build_info',
      help: 'Always 1; the label says which version runs.',
      labelNames: ['version'],
      read: (view) => [{ labels: { version: view.report().tool.version }, value: 1 }],
    },
    ...queueMetrics(),
    {
      name: 'remediations',
      help: 'Remediations by their present state.',
      labelNames: ['state'],
      read: remediationsByState,
    },
    ...modelMetrics(clock),
  ];
}

function queueMetrics(): readonly Sampled[] {
  const of = (name: string, help: string, read: (queue: QueueView) => number): Sampled =>
    one(`queue_${name}`, help, (view) => read(view.queue()));
  return [
    of('depth', 'Keys that wait to be looked at.', (queue) => queue.depth),
    of('in_flight', 'Keys that are being looked at.', (queue) => queue.inFlight),
    of('backing_off', 'Keys that wait for a retry after a failure.', (queue) => queue.backingOff),
  ];
}

function modelMetrics(clock: Clock): readonly Sampled[] {
  return [
    perModel('view_age_seconds', 'Since the model was last read; +Inf before the first time.', (model) =>
      age(model.lastRead, clock.now()),
    ),
    perModel('model_trouble', '1 while something of the model cannot be read.', (model) =>
      Number(model.trouble !== undefined),
    ),
    perModel(
      'poll_interval_seconds',
      'Between two looks at the model at present.',
      (model) => model.interval,
    ),
  ];
}

/** Seconds since `at`. What was never read is infinitely old, so that an alert on age sees it too. */
function age(at: string | undefined, now: number): number {
  const read = at === undefined ? NaN : millis(at);
  return Number.isNaN(read) ? Infinity : Math.max(0, (now - read) / 1000);
}

function one(name: string, help: string, read: (view: DaemonView) => number): Sampled {
  return { name, help, labelNames: [], read: (view) => [{ labels: {}, value: read(view) }] };
}

function perModel(
  name: string,
  help: string,
  read: (model: JujuHealth['models'][number]) => number,
): Sampled {
  const samples = ({ controller, models }: JujuHealth): readonly Sample[] =>
    models.map((model) => ({
      labels: { controller: nameLabel(controller), target_model: nameLabel(model.model) },
      value: read(model),
    }));
  return {
    name,
    help,
    labelNames: ['controller', 'target_model'],
    read: (view) => view.health().flatMap(samples),
  };
}

function remediationsByState(view: DaemonView): readonly Sample[] {
  const label = boundedLabel(/^[A-Z][A-Za-z]{0,31}$/, 16);
  const counts = new Map<string, number>();
  for (const remediation of view.remediations()) {
    const state = label(remediation.state);
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  return [...counts].map(([state, value]) => ({ labels: { state }, value }));
}
