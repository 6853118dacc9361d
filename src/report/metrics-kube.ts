/** How well the clusters are seen. Labels name clusters and kinds of resources, never namespaces or texts. */
import type { DaemonView, KubeHealth, WatchHealth } from '../core/ports/index.js';
import { boundedLabel, nameLabel } from './metrics-labels.js';
import type { Sample, Sampled } from './metrics-sampled.js';

/** As in `networkpolicies.networking.k8s.io`. */
const resourceShape = /^[a-z][a-z\d.]{0,62}$/;
const labelNames = ['cluster', 'resource'] as const;

export function kubeMetrics(): readonly Sampled[] {
  const resource = boundedLabel(resourceShape, 32);
  return [
    perCluster(
      'view_age_seconds',
      'Since the most silent watch was heard; +Inf before the first time.',
      (health) => health.ageSeconds ?? Infinity,
    ),
    perCluster('connected', '1 while every watch that is allowed runs.', ({ connected }) =>
      Number(connected),
    ),
    perResource('watches', 'Lists that are held up to date by a watch.', () => 1, resource),
    perResource(
      'watches_in_trouble',
      'Those of them that are in trouble, a missing right included.',
      ({ trouble }) => Number(trouble !== undefined),
      resource,
    ),
  ];
}

/** Totals that the watches count themselves. */
export function kubeCounters(): readonly Sampled[] {
  const resource = boundedLabel(resourceShape, 32);
  const total = (key: CountKey, help: string): Sampled => ({
    name: `kube_${key}_total`,
    help,
    labelNames,
    read: totals(key, resource),
  });
  return [
    total('lists', 'Lists read whole, the first of each included.'),
    total('reconnects', 'Watches that ended, in order or not, each to be begun anew.'),
    total('silences', 'Watches that were given up because nothing was heard on them.'),
    total('changes', 'Objects that came, changed or went.'),
  ];
}

type CountKey = 'lists' | 'reconnects' | 'silences' | 'changes';

function perCluster(name: string, help: string, read: (health: KubeHealth) => number): Sampled {
  return {
    name: `kube_${name}`,
    help,
    labelNames: ['cluster'],
    read: (view) =>
      view
        .clusters()
        .map((health) => ({ labels: { cluster: nameLabel(health.cluster) }, value: read(health) })),
  };
}

function perResource(
  name: string,
  help: string,
  read: (watch: WatchHealth) => number,
  resource: (name: string) => string,
): Sampled {
  return {
    name: `kube_${name}`,
    help,
    labelNames,
    read: (view) => {
      const sums = new Sums();
      for (const { cluster, watch } of watchesOf(view))
        sums.add({ cluster: nameLabel(cluster), resource: resource(watch.resource) }, read(watch));
      return sums.samples();
    },
  };
}

/**
 * Sums that never fall: a namespace that is no longer followed takes its watches along, and what they had counted must
 * not be taken for a restart.
 */
function totals(key: CountKey, resource: (name: string) => string): Sampled['read'] {
  const sums = new Sums();
  let last: ReadonlyMap<string, number> = new Map();
  return (view) => {
    const now = new Map<string, number>();
    for (const { cluster, watch } of watchesOf(view)) {
      const own = JSON.stringify([cluster, watch.resource, watch.namespace]);
      const before = last.get(own) ?? 0;
      const count = watch[key];
      now.set(own, count);
      const labels = { cluster: nameLabel(cluster), resource: resource(watch.resource) };
      sums.add(labels, count >= before ? count - before : count);
    }
    last = now;
    return sums.samples();
  };
}

class Sums {
  private readonly byLabels = new Map<string, { readonly labels: Sample['labels']; value: number }>();

  add(labels: Sample['labels'], value: number): void {
    const key = JSON.stringify(Object.values(labels));
    const sum = this.byLabels.get(key);
    if (sum === undefined) this.byLabels.set(key, { labels, value });
    else sum.value += value;
  }

  /** Anew each time: the same array would mean that nothing has changed. */
  samples(): readonly Sample[] {
    return [...this.byLabels.values()].map(({ labels, value }) => ({ labels, value }));
  }
}

function watchesOf(view: DaemonView): readonly { readonly cluster: string; readonly watch: WatchHealth }[] {
  return view.clusters().flatMap(({ cluster, watches }) => watches.map((watch) => ({ cluster, watch })));
}
