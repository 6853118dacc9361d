/** Reports and Events in the clusters of a policy that asks for them. */
import { hostname } from 'node:os';
import type { Environment } from '../config/environment.js';
import type { Daemon, DaemonEvent, DaemonOptions } from '../controller/daemon.js';
import type { Guide } from '../core/control.js';
import type { WatchedCluster } from '../core/policy/clusters.js';
import type { Clock, JujuApi, KubeSource, Log, Random } from '../core/ports/index.js';
import type { Happening, ReportSink, ReportSinkHealth } from '../core/ports/report-sink.js';
import type { ModelState } from '../core/snapshot.js';
import type { Report } from '../core/report/types.js';
import { accessTo } from './clusters.js';
import { reportPlaces, type Known } from './report-places.js';

type FollowCluster = NonNullable<DaemonOptions['followCluster']>;

export interface ClusterReportsOptions {
  readonly environment: Pick<Environment, 'clusterApi'>;
  readonly guides: readonly Guide[];
  /** Holdfast's own. */
  readonly version: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

interface Reporting {
  readonly cluster: WatchedCluster;
  readonly source: KubeSource;
  readonly sink: ReportSink;
}

/** Milliseconds between two offers of the report; how often it is looked at the sink decides. */
const offerEvery = 5000;
const whole = "Holdfast's own page (/report.json), or holdfast audit";

/** Goes along with a daemon: what it follows is reported to, what it tells is told. */
export class ClusterReports {
  readonly #options: ClusterReportsOptions;
  readonly #reporting = new Map<string, Reporting>();
  readonly #apis = new Map<string, JujuApi>();
  readonly #chapters: ReadonlyMap<string, string>;
  #daemon: Daemon | undefined;
  #cancel: () => void = () => undefined;

  constructor(options: ClusterReportsOptions) {
    this.#options = options;
    const controls = options.guides.flatMap((guide) => guide.controls);
    this.#chapters = new Map(controls.map(({ id, section }) => [id, section]));
  }

  /** A controller is followed from now on. */
  follows(api: JujuApi): void {
    this.#apis.set(api.controller, api);
  }

  /** Reports to clusters that the policy wants reports in, for as long as they are followed. */
  over(follow: FollowCluster): FollowCluster {
    return async (cluster) => {
      if (cluster.reports !== true) return follow(cluster);
      const sink = await this.#sinkFor(cluster);
      const source = await follow(cluster);
      this.#reporting.set(cluster.name, { cluster, source, sink });
      return {
        ...source,
        close: async () => {
          if (this.#reporting.get(cluster.name)?.sink === sink) this.#reporting.delete(cluster.name);
          await sink.close();
          await source.close();
        },
      };
    };
  }

  /** The daemon with its reports: they end with it. */
  with(daemon: Daemon): Daemon {
    this.#daemon = daemon;
    this.#offer();
    return {
      ...daemon,
      reportSinks: () => this.#health(),
      stop: () => {
        this.#cancel();
        return daemon.stop();
      },
    };
  }

  tell(event: DaemonEvent): void {
    const happenings = happeningsOf(event);
    for (const { sink } of this.#reporting.values()) for (const each of happenings) sink.tell(each);
    this.#offerAll();
  }

  #health(): readonly ReportSinkHealth[] {
    return [...this.#reporting.values()].map(({ sink }) => sink.health());
  }

  async #sinkFor(cluster: WatchedCluster): Promise<ReportSink> {
    const { environment, clock, random, log, version } = this.#options;
    const { kubeReports } = await import('../kube/report/kube-reports.js');
    return kubeReports({
      access: await accessTo(cluster, environment),
      scope: cluster.scope,
      places: () => reportPlaces(cluster.name, this.#known()),
      categoryOf: (control) => this.#chapters.get(control),
      ...{ whole, reporter: hostname(), version, clock, random, log },
    });
  }

  #offer(): void {
    this.#offerAll();
    this.#cancel = this.#options.clock.after(offerEvery, () => {
      this.#offer();
    });
  }

  /** Where it is not known yet what there is, there is nothing to report. */
  #offerAll(): void {
    const daemon = this.#daemon;
    if (daemon === undefined || this.#reporting.size === 0 || this.#known().sure.length === 0) return;
    const read = (): Report => daemon.report();
    for (const { sink, source } of this.#reporting.values())
      if (source.stage() !== 'reading') sink.offer(read);
  }

  #known(): Known {
    const health = this.#daemon?.health() ?? [];
    const followed = new Set(health.map(({ controller }) => controller));
    const apis = [...this.#apis.values()].filter(({ controller }) => followed.has(controller));
    const controllers = apis.map((api) => api.current());
    const left = [...this.#apis.keys()].filter((controller) => !followed.has(controller));
    const isSure = (api: JujuApi): boolean =>
      api.health().connected && Object.keys(api.current().models).length > 0;
    const clusters = [...this.#reporting.values()]
      .map(({ cluster, source }) => ({
        cluster,
        state: source.current(),
        wasRead: source.stage() !== 'reading',
      }))
      .sort((a, b) => (a.cluster.name < b.cluster.name ? -1 : 1));
    return {
      controllers,
      clusters,
      sure: this.#daemon === undefined ? [] : [...apis.filter(isSure).map((api) => api.controller), ...left],
      ...(this.#daemon?.sharing === undefined ? {} : { ours: this.#ours() }),
    };
  }

  /** The daemon tells the health of the models alone that this unit looks after. */
  #ours(): ReadonlySet<ModelState> {
    const health = this.#daemon?.health() ?? [];
    const models = health.flatMap(({ controller, models: own }) => {
      const states = this.#apis.get(controller)?.current().models ?? {};
      return own.flatMap(({ model }) => states[model] ?? []);
    });
    return new Set(models);
  }
}

const handedOver: ReadonlySet<string> = new Set(['Quarantined', 'NeedsReview', 'RolledBack']);

/** Drift, fixes that were seen to work, and what is left to a person; what concerns no model has no namespace. */
function happeningsOf(event: DaemonEvent): readonly Happening[] {
  if (event.type === 'drift') {
    const { target, control, judgement } = event.finding;
    return happening('drift', target, { control: control.id, ...judgement });
  }
  if (event.type !== 'remediation') return [];
  const { state, reason, message, findings } = event.remediation;
  if (state !== 'Succeeded' && !handedOver.has(state)) return [];
  const kind = state === 'Succeeded' ? 'fixed' : 'quarantined';
  return findings.flatMap(({ target, control }) => happening(kind, target, { control, reason, message }));
}

function happening(
  kind: Happening['kind'],
  { controller, model, application }: { controller?: string; model?: string; application?: string },
  { control, reason, message }: Pick<Happening, 'control' | 'reason' | 'message'>,
): readonly Happening[] {
  if (controller === undefined || model === undefined) return [];
  const about = application === undefined ? {} : { application };
  return [{ kind, controller, model, ...about, control, reason, message }];
}
