import { afterEach, beforeAll, beforeEach } from '@jest/globals';
import type { Log } from '../../src/core/ports/index.js';
import type { ReportSink } from '../../src/core/ports/report-sink.js';
import type { Report } from '../../src/core/report/types.js';
import { kubeReports, type KubeReportsOptions } from '../../src/kube/report/kube-reports.js';
import type { SinkPlaces } from '../../src/kube/report/shared.js';
import { controllerCertificate, type ControllerCertificate } from './certificate.js';
import { eventually } from './juju-server.js';
import { kubeServer, type KubeServer } from './kube-server.js';
import { realClock } from './real-clock.js';
import { ReportApi } from './report-api.js';
import { findingOf } from './report-estate.js';
import { sampleReport } from './report-samples.js';
import { silentLog } from './silent.js';

/** The only model of the estate, at first. */
export const data = {
  controller: 'prod',
  model: 'data',
  namespace: 'data',
  statefulSets: new Set(['etcd']),
};

export const inData = '/apis/openreports.io/v1alpha1/namespaces/data/reports/holdfast';
export const ofProd = '/apis/openreports.io/v1alpha1/clusterreports/holdfast-prod';

/** A thousand times faster than in earnest. */
export const quick = {
  everyMs: 30,
  lookMs: 250,
  betweenMs: 1,
  firstRetryMs: 20,
  longestRetryMs: 100,
  eventEveryMs: 60_000,
  countEveryMs: 60,
  pageSize: 2,
};

/** What a test sees and changes; made anew for each. */
export interface Bench {
  readonly server: KubeServer;
  readonly api: ReportApi;
  readonly sinks: ReportSink[];
  /** Troubles as they were logged, each time. */
  readonly warnings: (readonly string[])[];
  places: SinkPlaces;
  report: Report;
}

let certificate: ControllerCertificate;
let current: Bench;

/** Sets up a server for each test of a file, and closes what reports to it. */
export function reportBench(): void {
  beforeAll(async () => {
    certificate = await controllerCertificate(['localhost']);
  });

  beforeEach(async () => {
    const server = await kubeServer(certificate);
    const api = new ReportApi();
    server.faults = api.answer;
    const user = { ...findingOf({}), target: { kind: 'user', controller: 'prod', user: 'bob' } } as const;
    current = {
      ...{ server, api, sinks: [], warnings: [] },
      places: { models: [data], known: ['prod'] },
      report: sampleReport([findingOf({}), user]),
    };
  });

  afterEach(async () => {
    await Promise.all(current.sinks.map((sink) => sink.close()));
    await current.server.close();
  });
}

export function bench(): Bench {
  return current;
}

/** A sink on the server of the running test. */
export function sink(options: Partial<KubeReportsOptions> = {}): ReportSink {
  const { server, sinks, warnings } = current;
  const log: Log = {
    ...silentLog,
    warn: (fields) => warnings.push((fields as { troubles?: string[] }).troubles ?? []),
    child: () => log,
  };
  const made = kubeReports({
    access: {
      name: 'lab',
      server: new URL(server.url),
      ca: { text: certificate.caCert },
      token: { text: 'secret-token' },
    },
    scope: 'cluster',
    places: () => current.places,
    whole: '/report.json of Holdfast',
    reporter: 'holdfast-0',
    version: '0.1.0',
    clock: realClock(),
    random: { next: () => 0.5 },
    log,
    ...options,
    settings: { ...quick, ...options.settings },
  });
  sinks.push(made);
  return made;
}

/** Offers the report, as the daemon does again and again, until it holds. */
export async function offered(to: ReportSink, what: string, holds: () => boolean): Promise<void> {
  await eventually(what, () => {
    to.offer(() => current.report);
    return holds();
  });
}

/** Both reports are there, and known to be. */
export async function settled(to: ReportSink): Promise<void> {
  const { api } = current;
  await offered(to, 'the reports to be there', () => api.objects.size === 2 && to.health().written >= 2);
}

/** Of the first result of an object. */
export function messageIn(path: string): unknown {
  const object = current.api.objects.get(path) as
    { readonly results?: readonly { message: string }[] } | undefined;
  return object?.results?.[0]?.message;
}
