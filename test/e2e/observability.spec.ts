/**
 * Evidence from a real Prometheus and a real Alertmanager, through the whole daemon on a simulated Juju. Loki is packaged
 * nowhere that these tests may install from: a server that answers as its documentation says stands in for it.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { ReportFinding } from '../../src/core/report/types.js';
import { startSimulator } from '../../src/simulator/index.js';
import { startRig, rigUsers, type Rig } from '../support/rig.js';
import { lokiAnswers } from '../support/fake-stack.js';
import { stackServer, type StackServer } from '../support/stack-server.js';
import { cosModel, watchedEtcd } from '../support/watched-etcd.js';
import { startWatching, type WatchingStack } from './lab/stack.js';

jest.setTimeout(120_000);

const lines: string[] = [];
afterAll(() => {
  const folder = join(import.meta.dirname, '../../build/e2e');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'observability.txt'), `${lines.join('\n')}\n`);
});

describe('what really arrives', () => {
  let rig: Rig;
  let stack: WatchingStack;
  let loki: StackServer;

  beforeAll(async () => {
    mkdirSync(join(import.meta.dirname, '../../build/e2e'), { recursive: true });
    loki = await stackServer(lokiAnswers({}));
    const estate = {
      controllers: [
        {
          name: 'prod',
          flavour: '3.6' as const,
          users: rigUsers,
          models: [cosModel, watchedEtcd('data', 3)],
        },
      ],
    };
    // The same seed gives the model the same UUID, which the labels have to name before anything is asked.
    const first = await startSimulator({ estate });
    const uuid = first.controller('prod').models['data'] ?? '';
    await first.close();
    const labels = { juju_model: 'data', juju_model_uuid: uuid, juju_application: 'etcd' };
    stack = await startWatching(labels, 3);
    await Promise.all([stack.startUnit(0), stack.startUnit(1)]);
    const api = (url: string) => ({ url, access: {} });
    rig = await startRig({
      estate,
      rules: [],
      observability: [
        {
          name: 'cos',
          match: { model: 'data' },
          servers: {
            prometheus: api(stack.prometheus),
            loki: api(loki.url),
            alertmanager: api(stack.alertmanager),
          },
          interval: 1,
          maxAge: 4,
        },
      ],
    });
    expect(rig.simulator.controller('prod').models['data']).toBe(uuid);
  });
  afterAll(async () => {
    await rig.close();
    await stack.close();
    await loki.close();
  });

  const finding = (control: string): ReportFinding | undefined =>
    rig.daemon
      .report()
      .findings.find(({ control: id, target }) => id === control && target.application === 'etcd');
  const says = (control: string): string => {
    const { outcome = 'no', reason = 'finding' } = finding(control) ?? {};
    return `${outcome} ${reason}`;
  };

  async function comesTo(control: string, expected: string): Promise<void> {
    const begun = Date.now();
    try {
      await rig.until(`${control} says ${expected}`, () => says(control) === expected, 30_000);
    } catch (error) {
      throw new Error(`${String(error)}; it says ${says(control)}: ${finding(control)?.message ?? ''}`, {
        cause: error,
      });
    }
    lines.push(
      `${control} ${expected} after ${((Date.now() - begun) / 1000).toFixed(1)} s: ${finding(control)?.message ?? ''}`,
    );
  }

  it('shows a unit that is down among others that are up, and why', async () => {
    await comesTo('ETCD-MON-01', 'fail NoRecentLogs');
    const seen = (): readonly string[] =>
      finding('ETCD-MON-01')?.evidence.flatMap(({ unit, seen: text }) =>
        unit === undefined ? [] : [`${unit}: ${text}`],
      ) ?? [];
    await rig.until(
      'the first two are up',
      () => seen().filter((text) => text.endsWith('etcd up')).length === 2,
    );
    expect(seen()).toEqual([
      'etcd/0: etcd up',
      'etcd/1: etcd up',
      expect.stringMatching(/^etcd\/2: etcd down \(Get "http:.*connection refused\)$/),
    ]);
  });

  it('shows that logs arrive, of all units or of some', async () => {
    const stream = (unit: string) =>
      [{ ...stack.labels, juju_unit: unit, filename: '/var/log/etcd.log' }, [Date.now() - 1000]] as const;
    loki.answer(lokiAnswers({ streams: ['etcd/0', 'etcd/1'].map(stream) }));
    await comesTo('ETCD-MON-01', 'inconsistent TargetDown');
    await stack.startUnit(2);
    await comesTo('ETCD-MON-01', 'inconsistent NoRecentLogs');
    loki.answer(lokiAnswers({ streams: ['etcd/0', 'etcd/1', 'etcd/2'].map(stream) }));
    await comesTo('ETCD-MON-01', 'pass AsRequired');
  });

  it('shows whether rules are loaded, and whom their alerts reach', async () => {
    await comesTo('EBP-MON-03', 'fail NoAlertRuleLoaded');
    await comesTo('EBP-MON-01', 'fail NoAlertRuleLoaded');
    await stack.loadRules();
    await comesTo('EBP-MON-01', 'pass AsRequired');
    await comesTo('EBP-MON-03', 'fail AlertsReachNobody');
    await stack.handTo('team');
    await comesTo('EBP-MON-03', 'pass AsRequired');
    expect(JSON.stringify(rig.daemon.report()).includes('hunter2')).toBe(false);
  });

  it('shows a silence that holds everything back', async () => {
    const matchers = [{ name: 'juju_application', value: 'etcd', isRegex: false, isEqual: true }];
    const times = {
      startsAt: new Date().toISOString(),
      endsAt: new Date(Date.now() + 30 * 86_400_000).toISOString(),
    };
    const silence = { matchers, ...times, createdBy: 'canary-ann', comment: 'a private word' };
    const answer = await fetch(`${stack.alertmanager}/api/v2/silences`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(silence),
    });
    const { silenceID: id } = (await answer.json()) as { readonly silenceID: string };
    await comesTo('EBP-MON-03', 'fail AlertsSilenced');
    expect(/a private word|canary-ann/.test(JSON.stringify(rig.daemon.report()))).toBe(false);
    await fetch(`${stack.alertmanager}/api/v2/silence/${id}`, { method: 'DELETE' });
    await comesTo('EBP-MON-03', 'pass AsRequired');
  });

  it('shows how long logs are kept, as far as the server says', async () => {
    await comesTo('EBP-MON-06', 'manual AttestationMissing');
    loki.answer(
      lokiAnswers({
        config: { compactor: { retention_enabled: true }, limits_config: { retention_period: '7d' } },
      }),
    );
    await comesTo('EBP-MON-06', 'fail RetentionTooShort');
  });

  it('is believed for a while when Prometheus goes, and unknown then, while the daemon stays ready', async () => {
    await stack.endPrometheus();
    await comesTo('EBP-MON-03', 'unknown NotObserved');
    const { ready, reasons } = rig.daemon.readiness();
    expect([ready, reasons]).toEqual([
      true,
      [expect.stringContaining('stack cos: prometheus was not reached: connection refused')],
    ]);
    const metrics = await rig.metrics();
    expect(metrics).toContain('holdfast_observability_reachable{stack="cos",part="prometheus"} 0');
    expect(metrics).toContain('holdfast_observability_reachable{stack="cos",part="alertmanager"} 1');
  });
});
