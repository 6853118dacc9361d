/**
 * Answers of Prometheus, Loki and Alertmanager in the shapes that their documentation gives (Prometheus: HTTP API; Loki:
 * HTTP API, series and query_range; Alertmanager: OpenAPI of v2). Prometheus and Alertmanager are asked in earnest in
 * test/e2e; Loki is packaged nowhere that these tests may install from, so that this is all that stands in for it.
 */
import { stringify as dump } from 'yaml';
import type { Answers, Question, Reply } from './stack-server.js';

export type Labels = Readonly<Record<string, string>>;

export interface FakeRule {
  readonly name: string;
  readonly labels?: Labels;
  readonly health?: string;
  readonly lastError?: string;
}

const success = (data: unknown): object => ({ status: 'success', data });

export interface FakePrometheus {
  readonly rules?: readonly FakeRule[];
  /** Series of `up`, with 1 or 0. */
  readonly up?: readonly (readonly [Labels, 0 | 1])[];
  readonly targets?: readonly { readonly labels: Labels; readonly lastError: string }[];
  readonly retention?: string;
  readonly alertmanagers?: number;
}

export function prometheusAnswers(fake: FakePrometheus): Answers {
  const { rules = [], up = [], targets = [], retention = '15d', alertmanagers = 1 } = fake;
  const groups = [
    {
      name: 'g',
      file: 'f.yaml',
      interval: 60,
      rules: rules.map(({ name, labels = {}, health = 'ok', lastError = '' }) => ({
        ...{ name, labels, health, lastError, type: 'alerting', state: 'inactive', query: 'up == 0' },
        ...{ duration: 0, annotations: {}, alerts: [], evaluationTime: 0.001 },
      })),
    },
    { name: 'recorded', rules: [{ name: 'r', query: 'x', type: 'recording', health: 'ok' }] },
  ];
  return {
    '/api/v1/rules': success({ groups }),
    '/api/v1/query': ({ query }) =>
      success({
        resultType: 'vector',
        result: up
          .filter(([labels]) => asksFor(query.get('query') ?? '', labels))
          .map(([metric, value]) => ({ metric, value: [1_795_000_000.123, String(value)] })),
      }),
    '/api/v1/targets': success({
      activeTargets: targets.map(({ labels, lastError }) => ({
        ...{ labels, lastError, discoveredLabels: {}, scrapePool: 'p', scrapeUrl: 'http://x/metrics' },
        health: lastError === '' ? 'up' : 'down',
      })),
      droppedTargets: [],
    }),
    '/api/v1/status/runtimeinfo': success({ storageRetention: retention, CWD: '/' }),
    '/api/v1/alertmanagers': success({
      activeAlertmanagers: Array.from({ length: alertmanagers }, (_one, n) => ({ url: `http://am-${n}` })),
      droppedAlertmanagers: [],
    }),
  };
}

/** Equalities alone are understood, which is all that Holdfast asks with. */
function asksFor(query: string, labels: Labels): boolean {
  return [...query.matchAll(/\{([^}]*)\}/g)].some(([, selector = '']) =>
    [...selector.matchAll(/(\w+)="([^"]*)"/g)].every(
      ([, name = '', value]) => (labels[name] ?? '') === value,
    ),
  );
}

export interface FakeLoki {
  /** Streams with the time (ms) of their lines. */
  readonly streams?: readonly (readonly [Labels, readonly number[]])[];
  readonly config?: unknown;
}

export function lokiAnswers({ streams = [], config = {} }: FakeLoki): Answers {
  const within = ({ query }: Question): typeof streams => {
    const [start = 0, end = 0] = ['start', 'end'].map((key) => Number(query.get(key)) / 1e6);
    return streams.map(([labels, times]) => [labels, times.filter((time) => time >= start && time < end)]);
  };
  return {
    '/loki/api/v1/series': (question) =>
      success(
        within(question)
          .filter(([, times]) => times.length > 0)
          .map(([labels]) => labels)
          .filter((labels) => question.query.getAll('match[]').some((match) => asksFor(match, labels))),
      ),
    '/loki/api/v1/query_range': (question): Reply => {
      const text = question.query.get('query') ?? '';
      const line = /\| line_format "(.*)"$/.exec(text)?.[1] ?? 'a line with secrets';
      const found = within(question)
        .filter(([labels, times]) => times.length > 0 && asksFor(text, labels))
        .map(([stream, times]) => ({ stream, newest: Math.max(...times) }))
        .sort((a, b) => b.newest - a.newest)
        .slice(0, Number(question.query.get('limit')));
      return success({
        resultType: 'streams',
        result: found.map(({ stream, newest }) => ({ stream, values: [[`${newest}000000`, line]] })),
        stats: {},
      });
    },
    '/config': typeof config === 'string' ? config : dump(config),
  };
}

export interface FakeAlertmanager {
  readonly config?: unknown;
  readonly silences?: readonly object[];
}

export const teamConfig = {
  global: { smtp_auth_password: '<secret>' },
  route: { receiver: 'team', group_by: ['alertname'] },
  receivers: [{ name: 'team', webhook_configs: [{ url: 'http://hook', send_resolved: true }] }],
};

export function alertmanagerAnswers({ config = teamConfig, silences = [] }: FakeAlertmanager): Answers {
  return {
    '/api/v2/status': {
      cluster: { status: 'disabled', peers: [] },
      config: { original: typeof config === 'string' ? config : dump(config) },
      uptime: '2026-11-22T05:00:00.000Z',
      versionInfo: { version: '0.25.0' },
    },
    '/api/v2/silences': silences,
  };
}
