import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll } from '@jest/globals';
import type { ReportSink } from '../../../src/core/ports/report-sink.js';
import type { Report } from '../../../src/core/report/types.js';
import type { ClusterAccess } from '../../../src/kube/access/cluster-access.js';
import { kubeReports, type KubeReportsOptions } from '../../../src/kube/report/kube-reports.js';
import type { SinkPlaces } from '../../../src/kube/report/shared.js';
import { manifests } from '../../support/rbac.js';
import { realClock } from '../../support/real-clock.js';
import { placesOf } from '../../support/report-estate.js';
import { silentLog } from '../../support/silent.js';
import { AuditLog } from './audit.js';
import { must } from './calls.js';
import { holdfastsToken, install } from './install.js';
import { Lab } from './lab.js';

/** What reports are about, to be changed by the test. */
export interface Estate {
  places: SinkPlaces;
  report: Report;
}

export const clusterRead = manifests('cluster-read/holdfast.yaml');
export const common = { version: '0.0.0', clock: realClock(), random: { next: () => 0 }, log: silentLog };
/** Namespaces `m0`, `m1`, … of the lab. */
export const models = 100;

let lab: Lab;
let audit: AuditLog;
let token: string;
const sinks: ReportSink[] = [];
const lines: string[] = [];

/** An API server for the tests of a file, with namespaces and Holdfast's account; leaves what was told in build/e2e. */
export function reportLab(file: string): void {
  beforeAll(async () => {
    audit = await AuditLog.make();
    lab = await Lab.start(audit.flags);
    await install(lab.admin, clusterRead);
    for (let index = 0; index < models; index += 1)
      await must(lab.admin, 'POST', '/api/v1/namespaces', { metadata: { name: `m${index}` } });
    await renewToken();
  });

  afterEach(async () => {
    await Promise.all(sinks.splice(0).map((sink) => sink.close()));
  });

  afterAll(async () => {
    writeFileSync(join(import.meta.dirname, '../../../build/e2e', file), `${lines.join('\n')}\n`);
    await lab.close();
    await audit.close();
  });
}

export function theLab(): Lab {
  return lab;
}

export async function renewToken(): Promise<void> {
  token = await holdfastsToken(lab.admin);
}

/** For the table that the file leaves. */
export function tell(line: string): void {
  lines.push(line);
}

/** As Holdfast's own account. */
export function access(): ClusterAccess {
  return { name: 'lab', server: new URL(lab.admin.url), ca: { text: lab.servingCa }, token: { text: token } };
}

/** What that account asks for while something is done, as the server's audit log has it. */
export function asked(act: () => Promise<void>): Promise<Readonly<Record<string, number>>> {
  return audit.during(act);
}

export function estateOf(report: Report, count = models): Estate {
  return { report, places: { models: placesOf({ models: count }), known: ['prod'] } };
}

export function sink(estate: Estate, options: Partial<KubeReportsOptions> = {}): ReportSink {
  const made = kubeReports({
    ...{ ...common, access: access(), scope: 'cluster', reporter: 'e2e', whole: '/report.json of Holdfast' },
    places: () => estate.places,
    ...options,
    settings: { everyMs: 200, betweenMs: 5, lookMs: 1000, countEveryMs: 200, ...options.settings },
  });
  sinks.push(made);
  return made;
}

export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let times = 0; times < 1500; times += 1) {
    if (await holds()) return;
    await sleep(20);
  }
  throw new Error(`waited in vain until ${what}: ${JSON.stringify(sinks.map((made) => made.health()))}`);
}

/** Offers the report, as the daemon does again and again, until it holds. */
export async function offered(
  made: ReportSink,
  estate: Estate,
  holds: () => boolean | Promise<boolean>,
): Promise<void> {
  await until('the reports are as they should be', () => {
    made.offer(() => estate.report);
    return holds();
  });
}
