/** The sink that keeps reports and Events in one Kubernetes cluster. */
import { formatShapes } from '../../core/openreports/format.js';
import type { ReportSink, ReportSinkHealth } from '../../core/ports/report-sink.js';
import type { Clock, Log, Random } from '../../core/ports/index.js';
import { instant } from '../../core/time.js';
import { KubeClient } from '../access/client.js';
import type { ClusterAccess } from '../access/cluster-access.js';
import { EventTeller } from './events.js';
import { Rounds } from './rounds.js';
import { reportDefaults, type ReportSettings } from './settings.js';
import type { SinkPlaces } from './shared.js';

export interface KubeReportsOptions {
  readonly access: ClusterAccess;
  /** As in the policy: `namespaced` writes into the models' namespaces only, and needs no right outside of them. */
  readonly scope: 'namespaced' | 'cluster';
  /** What belongs to this cluster; asked whenever it is needed. */
  readonly places: () => SinkPlaces;
  /** Where the whole report can be read, as a reader of the cluster may be told. */
  readonly whole: string;
  /** A control's chapter in its guide. */
  readonly categoryOf?: (control: string) => string | undefined;
  /** Of several Holdfasts that report to the same cluster each needs its own; `holdfast` when absent. */
  readonly instance?: string;
  /** Which of our processes tells an Event, such as the name of the pod. */
  readonly reporter: string;
  /** Holdfast's own version. */
  readonly version: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly settings?: Partial<ReportSettings>;
}

/** Nothing is sent before the first offer. */
export function kubeReports(options: KubeReportsOptions): ReportSink {
  const { access, clock, random, version, instance = 'holdfast' } = options;
  const settings = { ...reportDefaults, ...options.settings };
  const closing = new AbortController();
  const client = new KubeClient({ access, clock, userAgent: `holdfast/${version}` });
  const parts = {
    ...{ client, clock, random, settings, instance, signal: closing.signal, cluster: access.name },
    log: options.log.child({ cluster: access.name }),
    places: options.places,
  };
  const { scope, whole, categoryOf } = options;
  const rounds = new Rounds({ ...parts, scope, whole, ...(categoryOf === undefined ? {} : { categoryOf }) });
  const events = new EventTeller(parts, options.reporter);
  return {
    offer: (read) => {
      rounds.offer(read);
    },
    tell: (happening) => {
      events.tell(happening);
    },
    health: () => healthOf(access.name, rounds, events),
    close: async () => {
      closing.abort(new Error('closed'));
      await Promise.all([rounds.close(), events.close()]);
      client.close();
    },
  };
}

function healthOf(cluster: string, rounds: Rounds, events: EventTeller): ReportSinkHealth {
  const { format, lastWritten, ...counts } = rounds.keeper.standing;
  const shape = format === undefined ? undefined : formatShapes[format];
  const { told, failed, dropped, trouble } = events.standing;
  return {
    cluster,
    ...(shape === undefined ? {} : { format: `${shape.group}/${shape.version}` }),
    troubles: trouble === undefined ? rounds.troubles : [...rounds.troubles, trouble],
    ...counts,
    ...{ events: told, eventsFailed: failed, eventsDropped: dropped },
    ...(lastWritten === 0 ? {} : { lastWritten: instant(lastWritten) }),
  };
}
