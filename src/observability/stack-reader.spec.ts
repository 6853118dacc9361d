/** A whole stack, on real sockets. */
import { afterEach, beforeEach, describe, expect, it, test } from '@jest/globals';
import {
  alertmanagerAnswers,
  lokiAnswers,
  prometheusAnswers,
  type Labels,
} from '../../test/support/fake-stack.js';
import { condition } from '../../test/support/stack.js';
import { canary, stackServer, type Answers, type StackServer } from '../../test/support/stack-server.js';
import type { Fact } from '../core/fact.js';
import { stackParts, type ModelTelemetry, type StackState } from '../core/observability/stack.js';
import type { WatchedModel } from '../core/observability/watched-models.js';
import { stackDefaults, type WatchedStack } from '../core/policy/observability.js';
import type { Observability } from '../core/ports/index.js';
import { virtualClock } from '../simulator/virtual-clock.js';
import { stackReader } from './stack-reader.js';

const uuid = '6f3a2c1e-0000-4000-8000-00000000000a';
const other = '6f3a2c1e-0000-4000-8000-00000000000b';
const model: WatchedModel = {
  key: 'prod:admin/data',
  controller: 'prod',
  model: 'admin/data',
  shortName: 'data',
  uuid,
};
const now = Date.UTC(2026, 10, 22, 6);
const of = (application: string, more: Labels = {}): Labels => ({
  juju_model: 'data',
  juju_model_uuid: uuid,
  juju_application: application,
  ...more,
});
const elsewhere = { ...of('etcd'), juju_model_uuid: other };

let server: StackServer;
let reader: Observability;

beforeEach(async () => {
  server = await stackServer({});
});
afterEach(async () => {
  await reader.close();
  await server.close();
});

async function read(
  answers: Answers,
  models: readonly WatchedModel[] = [model],
  parts: readonly string[] = stackParts,
): Promise<StackState> {
  server.answer(answers);
  const servers = Object.fromEntries(parts.map((part) => [part, { url: server.url, access: {} }]));
  const stack: WatchedStack = { ...stackDefaults, name: 'cos', servers };
  reader = stackReader(stack, {
    clock: virtualClock(now),
    limits: { deadline: 1000, mostBytes: 1_000_000 },
  });
  return reader.read(models, new AbortController().signal);
}

const seen = <T>(fact: Fact<T> | undefined): unknown =>
  fact === undefined ? 'no fact' : 'value' in fact ? fact.value : fact.unknown;
const telemetry = ({ models }: StackState): ModelTelemetry | undefined => models[model.key];

describe('Prometheus', () => {
  it('shows the rules of a model by application, told by its UUID', async () => {
    const state = await read(
      prometheusAnswers({
        rules: [
          { name: 'Own', labels: of('etcd', { severity: 'critical' }) },
          { name: 'Of another model of that name', labels: elsewhere },
          { name: 'By name', labels: { juju_model: 'data', juju_application: 'etcd' } },
          { name: 'Of the whole model', labels: { juju_model_uuid: uuid } },
          { name: 'Of everything', labels: { severity: 'info' } },
          {
            name: 'Broken',
            labels: of('kafka'),
            health: 'err',
            lastError: `bad\u001b[31m\n${'x'.repeat(900)}`,
          },
        ],
      }),
    );
    const rules = seen(telemetry(state)?.rules) as Record<string, { name: string; trouble?: string }[]>;
    expect(
      Object.fromEntries(Object.entries(rules).map(([app, own]) => [app, own.map(({ name }) => name)])),
    ).toEqual({
      etcd: ['Own', 'By name'],
      kafka: ['Broken'],
      '': ['Of the whole model'],
    });
    expect(rules['kafka']?.[0]?.trouble).toMatch(/^bad·\[31m x{140,160}…$/);
    expect(seen(state.generalRules)).toMatchObject([{ name: 'Of everything' }]);
  });

  it('shows what is up, and why something is down', async () => {
    const down = of('etcd', { juju_unit: 'etcd/1', job: 'etcd' });
    const state = await read(
      prometheusAnswers({
        up: [
          [of('etcd', { juju_unit: 'etcd/0', job: 'etcd' }), 1],
          [down, 0],
          [elsewhere, 0],
          [{ juju_model: 'data', juju_application: 'old', job: 'j' }, 1],
        ],
        targets: [
          { labels: { ...down, instance: 'x' }, lastError: 'Get "http://10.0.0.1": connection refused' },
        ],
      }),
    );
    expect(seen(telemetry(state)?.targets)).toEqual({
      etcd: [
        { unit: 'etcd/0', job: 'etcd', up: true },
        { unit: 'etcd/1', job: 'etcd', up: false, trouble: 'Get "http://10.0.0.1": connection refused' },
      ],
      old: [{ job: 'j', up: true }],
    });
  });

  it('is not asked why anything is down while all is up', async () => {
    await read(prometheusAnswers({ up: [[of('etcd', { job: 'j' }), 1]] }));
    expect(server.asked.map(({ path }) => path)).not.toContain('/api/v1/targets');
  });

  it('shows retention and Alertmanagers', async () => {
    const state = await read(prometheusAnswers({ retention: '30d', alertmanagers: 2 }));
    expect([seen(state.metricsRetention), seen(state.alertmanagers)]).toEqual([
      { kept: 'seconds', seconds: 30 * 86_400 },
      2,
    ]);
  });

  it('that offers no retention is taken at its word', async () => {
    const mimir = { ...prometheusAnswers({}), '/api/v1/status/runtimeinfo': 404 };
    expect(seen((await read(mimir)).metricsRetention)).toEqual({ kept: 'not-shown' });
  });
});

describe('Loki', () => {
  const hour = 3_600_000;

  it('shows the newest line of each application, and the units that write', async () => {
    const state = await read(
      lokiAnswers({
        streams: [
          [of('etcd', { juju_unit: 'etcd/0', filename: 'a' }), [now - 3 * hour, now - 2 * hour]],
          [of('etcd', { juju_unit: 'etcd/1', filename: 'a' }), [now - 50 * hour]],
          [elsewhere, [now - 1]],
          [{ juju_model: 'data', juju_application: 'kafka' }, [now - hour]],
          [of('old'), [now - 24 * 30 * hour]],
        ],
      }),
    );
    expect(seen(telemetry(state)?.logs)).toEqual({
      etcd: { newest: '2026-11-22T04:00:00Z', units: ['etcd/0'] },
      kafka: { newest: '2026-11-22T05:00:00Z', units: [] },
    });
  });

  it('never sends a line', async () => {
    await read(lokiAnswers({ streams: [[of('etcd'), [now - hour]]] }));
    const queries = server.asked.flatMap(({ query }) => query.get('query') ?? []);
    expect(queries.filter((query) => query.includes('etcd'))).toEqual([
      `{juju_model_uuid="${uuid}", juju_application="etcd"} | line_format "-"`,
    ]);
  });

  it('shows how long logs are kept', async () => {
    const config = { compactor: { retention_enabled: true }, limits_config: { retention_period: '31d' } };
    const state = await read(lokiAnswers({ config: { ...config, storage: { secret: canary } } }));
    expect(seen(state.logRetention)).toEqual({ kept: 'seconds', seconds: 31 * 86_400 });
    expect(JSON.stringify(state)).not.toContain(canary);
  });
});

describe('Alertmanager', () => {
  it('shows routes, receivers and the silences in force, and keeps no more of them', async () => {
    const config = {
      route: { receiver: 'team' },
      receivers: [
        { name: 'team', slack_configs: [{ api_url: `https://hooks/${canary}` }] },
        { name: 'none' },
      ],
    };
    const silence = (id: string, state: string, more: object = {}) => ({
      ...{
        id,
        status: { state },
        startsAt: '2026-11-20T00:00:00.000Z',
        updatedAt: '2026-11-20T00:00:00.000Z',
      },
      ...{ endsAt: '2026-11-25T02:00:00.123+02:00', createdBy: 'ann', comment: canary },
      matchers: [{ name: 'juju_model', value: 'data', isRegex: false, ...more }],
    });
    const silences = [
      silence('b', 'active', { isEqual: false }),
      silence('a', 'active'),
      silence('c', 'expired'),
    ];
    const state = await read(alertmanagerAnswers({ config, silences }));
    const { receivers } = seen(state.routing) as { readonly receivers: object };
    expect({ ...receivers }).toEqual({ team: ['slack'], none: [] });
    expect(seen(state.silences)).toEqual([
      { id: 'a', endsAt: '2026-11-25T00:00:00Z', matchers: [condition('juju_model=data')] },
      { id: 'b', endsAt: '2026-11-25T00:00:00Z', matchers: [condition('juju_model!=data')] },
    ]);
    expect(JSON.stringify(state)).not.toMatch(new RegExp(`${canary}|ann`));
  });
});

describe('what cannot be read', () => {
  const facts = (state: StackState): readonly unknown[] => [
    seen(telemetry(state)?.rules),
    seen(telemetry(state)?.targets),
    seen(telemetry(state)?.logs),
    seen(state.routing),
  ];

  it('is unknown with the reason, server by server', async () => {
    const state = await read({ ...prometheusAnswers({}), '/api/v1/rules': 503, ...alertmanagerAnswers({}) });
    expect(facts(state)).toMatchObject([
      { reason: 'prometheus answers /api/v1/rules with 503' },
      {},
      { reason: 'loki answers /loki/api/v1/series with 404' },
      { root: {} },
    ]);
    expect(reader.health()).toMatchObject([
      {
        part: 'prometheus',
        reachable: false,
        trouble: 'prometheus answers /api/v1/rules with 503',
        errors: 1,
      },
      { part: 'loki', reachable: true, errors: 0 },
      { part: 'alertmanager', reachable: true, errors: 0 },
    ]);
  });

  it('names the permission that would change it', async () => {
    const state = await read({ '/api/v1/rules': 403, '/loki/api/v1/series': 401, '/api/v2/status': 403 });
    expect([seen(state.generalRules), seen(telemetry(state)?.logs), seen(state.routing)]).toMatchObject([
      { permission: 'leave to read /api/v1/rules of prometheus' },
      { permission: 'leave to read /loki/api/v1/series of loki' },
      { permission: 'leave to read /api/v2/status of alertmanager' },
    ]);
  });

  test.each<[string, Answers[string]]>([
    ['no JSON', 'hello'],
    ['an error', { status: 'error', errorType: 'bad_data', error: canary }],
    ['another shape', { status: 'success', data: { groups: 7 } }],
    ['a bare text', { status: 'success', data: canary }],
  ])('is what is answered in another form: %s', async (_name, answer) => {
    const paths = [
      '/api/v1/rules',
      '/api/v1/query',
      '/loki/api/v1/series',
      '/api/v2/status',
      '/api/v2/silences',
    ];
    const state = await read(Object.fromEntries(paths.map((path) => [path, answer])));
    const all = [...facts(state), seen(state.silences)];
    for (const fact of all)
      expect((fact as { readonly reason: string }).reason).toContain('in a form that is not known');
    expect(JSON.stringify(state)).not.toContain(canary);
  });

  it('is a server that the policy does not name, with what would change that', async () => {
    const state = await read(prometheusAnswers({}), [model], ['prometheus']);
    expect(facts(state).slice(2)).toEqual([
      {
        reason: 'the policy names no loki here',
        permission: 'loki of stack cos under observability in the policy',
      },
      {
        reason: 'the policy names no alertmanager here',
        permission: 'alertmanager of stack cos under observability in the policy',
      },
    ]);
    expect(seen(state.servers)).toEqual({
      prometheus: { host: new URL(server.url).host, transport: 'loopback' },
    });
  });

  it('costs one attempt where nobody listens, however many models there are', async () => {
    const { url } = server;
    await server.close();
    const servers = { prometheus: { url, access: {} }, loki: { url, access: {} } };
    const models = Array.from({ length: 40 }, (_one, n) => ({ ...model, key: `prod:m${n}` }));
    reader = stackReader({ ...stackDefaults, name: 'cos', servers }, { clock: virtualClock(now) });
    const state = await reader.read(models, new AbortController().signal);
    expect(seen(state.models['prod:m39']?.targets)).toEqual({
      reason: 'prometheus was not reached: connection refused',
    });
    const requests = reader.health().map((part) => part.requests);
    expect(Math.max(...requests)).toBeLessThan(6);
    server = await stackServer({});
  });
});
