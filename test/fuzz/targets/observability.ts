/** What Prometheus, Loki and Alertmanager answer. */
import type { ApiReader } from '../../../src/observability/http/api-reader.js';
import { ReadError } from '../../../src/observability/http/read-error.js';
import { readAlertmanager } from '../../../src/observability/alertmanager/read-alertmanager.js';
import { matchersIn } from '../../../src/observability/alertmanager/matchers.js';
import { routingIn } from '../../../src/observability/alertmanager/routing.js';
import { goSeconds } from '../../../src/observability/durations.js';
import { readLoki } from '../../../src/observability/loki/read-loki.js';
import { retentionIn } from '../../../src/observability/loki/settings.js';
import { retentionFrom } from '../../../src/observability/prometheus/settings.js';
import { readPrometheus } from '../../../src/observability/prometheus/read-prometheus.js';
import { utf8, type Target } from '../target.js';

const asking = { stack: 'cos', at: '2026-11-22T04:00:00Z' };
const model = {
  key: 'prod:admin/data',
  controller: 'prod',
  model: 'admin/data',
  shortName: 'data',
  uuid: 'u',
};

/** A server that answers every question with the same. */
function saying(part: ApiReader['part'], text: string): ApiReader {
  const reader = { part, get: () => Promise.resolve(text) };
  return reader as unknown as ApiReader;
}

export const observabilityTargets: readonly Target[] = [
  {
    name: 'prometheus',
    read: (bytes) => readPrometheus(saying('prometheus', utf8(bytes)), [model], asking),
    refusals: [],
    words: [
      'status',
      'success',
      'data',
      'groups',
      'rules',
      'activeTargets',
      'labels',
      'juju_model',
      'juju_model_uuid',
      'juju_application',
    ],
  },
  { name: 'loki', read: (bytes) => readLoki(saying('loki', utf8(bytes)), [model], asking), refusals: [] },
  {
    name: 'alertmanager',
    read: (bytes) => readAlertmanager(saying('alertmanager', utf8(bytes)), asking),
    refusals: [],
  },
  { name: 'alertmanager-config', read: (bytes) => routingIn(utf8(bytes)), refusals: [ReadError] },
  { name: 'loki-config', read: (bytes) => retentionIn(utf8(bytes)), refusals: [ReadError] },
  {
    name: 'alert-matchers',
    read: (bytes) => [matchersIn(utf8(bytes))],
    refusals: [ReadError],
    words: ['{', '}', '=~', '!~', '!=', '=', '"', 'severity', 'a', ','],
  },
  {
    name: 'durations',
    read: (bytes) => [goSeconds(utf8(bytes)), retentionFrom(utf8(bytes))],
    refusals: [ReadError],
  },
];
