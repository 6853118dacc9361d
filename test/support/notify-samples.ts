/** Alerts and scenes for tests of notifications: everything usual unless said otherwise. */
import type { Alert } from '../../src/core/notify/alert.js';
import type { Scene } from '../../src/core/notify/scene.js';
import { defaultNotifyPace, type NotifyPolicy, type WebhookTarget } from '../../src/core/policy/notify.js';
import type { ReportFinding } from '../../src/core/report/types.js';
import { sampleFinding, sampleReport, sampleView } from './report-samples.js';

export const start = Date.UTC(2026, 10, 22);

export function alertNamed(id: string, more: Partial<Alert> = {}): Alert {
  return {
    id,
    about: 'finding',
    severity: 'high',
    title: 'Clients speak TLS',
    reason: 'ClientTlsDisabled',
    message: 'There is no certificate.',
    since: '2026-11-22T00:00:00Z',
    target: { kind: 'application', controller: 'prod', model: 'data', application: 'etcd' },
    control: 'ETCD-TLS-01',
    guide: 'charmed-etcd',
    fixableBy: 'operator',
    ...more,
  };
}

export function findingNamed(id: string, more: Partial<ReportFinding> = {}): ReportFinding {
  return { ...sampleFinding, id, ...more };
}

export function sceneOf(findings: readonly ReportFinding[], more: Partial<Scene> = {}): Scene {
  const view = sampleView();
  return {
    report: sampleReport(findings),
    health: view.health(),
    held: [],
    remediations: [],
    quarantines: [],
    journal: { state: 'ok' },
    deliveries: [],
    maxAge: 300,
    unknownAfter: 900,
    now: start,
    ...more,
  };
}

export function webhookNamed(name: string, more: Partial<WebhookTarget> = {}): WebhookTarget {
  return { type: 'webhook', name, url: 'http://127.0.0.1:9/hook', access: {}, ...more };
}

export function notifyPolicy(more: Partial<NotifyPolicy> = {}): NotifyPolicy {
  return { targets: [webhookNamed('chat')], routes: [], digests: [], pace: defaultNotifyPace, ...more };
}

export const waiver = {
  id: 'w1',
  kind: 'waived',
  owner: 'anna',
  reason: 'until the move',
  expiresAt: '2027-01-01T00:00:00Z',
  state: 'active',
} as const;
