/** A real Alertmanager is told: what fires, what goes on firing, and what is over. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Notifier } from '../../src/controller/notify/notifier.js';
import { severities } from '../../src/core/outcome.js';
import type { ReportFinding } from '../../src/core/report/types.js';
import { systemClock, systemRandom } from '../../src/main/system.js';
import { makeSenders } from '../../src/report/notify/senders.js';
import { memoryStore } from '../../src/store/memory.js';
import { findingNamed, notifyPolicy } from '../support/notify-samples.js';
import { until } from '../support/processes.js';
import { sampleReport, sampleView } from '../support/report-samples.js';
import { silentLog } from '../support/silent.js';
import { startAlertmanager, type Alertmanager } from './lab/alertmanager.js';

jest.setTimeout(120_000);

const existing = 2000;

interface Shown {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly endsAt: string;
}

describe('a real Alertmanager', () => {
  let alertmanager: Alertmanager;
  const lines: string[] = [];
  beforeAll(async () => {
    alertmanager = await startAlertmanager();
  });
  afterAll(async () => {
    await alertmanager.close();
    writeFileSync(join(import.meta.dirname, '../../build/e2e/alertmanager.txt'), `${lines.join('\n')}\n`);
  });

  async function alerts(): Promise<readonly Shown[]> {
    return (await (await fetch(`${alertmanager.url}/api/v2/alerts`)).json()) as Shown[];
  }

  it(`takes ${existing} that fire with their labels, keeps what goes on, and forgets what is over`, async () => {
    let findings: readonly ReportFinding[] = [
      findingNamed('f1'),
      findingNamed('f2', { severity: 'high', message: 'odd \u001b[31m text' }),
      ...Array.from({ length: existing - 2 }, (_one, n) =>
        findingNamed(`more-${n}`, { severity: severities[n % 3] ?? 'low' }),
      ),
    ];
    const notifier = new Notifier({
      policy: notifyPolicy({
        targets: [{ type: 'alertmanager', name: 'am', urls: [alertmanager.url], access: {} }],
        pace: { ...notifyPolicy().pace, gather: 1, refresh: 1 },
      }),
      view: { ...seen(), report: () => sampleReport(findings) },
      journal: memoryStore(),
      clock: systemClock,
      random: systemRandom,
      log: silentLog,
      newId: () => 'id',
      maxAge: () => 1e6,
      makeSender: makeSenders(systemClock),
    });
    const begun = Date.now();
    const seconds = (): string => ((Date.now() - begun) / 1000).toFixed(1);
    notifier.start();
    await until('all are there', async () => (await alerts()).length === existing);
    lines.push(`${existing} alerts pushed to a real Alertmanager: all there after ${seconds()} s`);
    const shown = (await alerts()).find(({ labels }) => labels['holdfast_id'] === 'f2');
    expect(shown).toMatchObject({
      labels: { alertname: 'HoldfastFinding', severity: 'high', target_model: 'data' },
      annotations: { description: 'odd \ufffd[31m text' },
    });
    const ends = shown?.endsAt ?? '';
    await until('it is told again', async () =>
      (await alerts()).some(({ labels, endsAt }) => labels['holdfast_id'] === 'f2' && endsAt > ends),
    );
    const heardOf = (): number => {
      const ids = alertmanager.told.flatMap(({ alerts: some }) =>
        some.map((one) => one.labels['holdfast_id']),
      );
      return new Set(ids).size;
    };
    await until('persons were told of all', () => heardOf() === existing);
    lines.push(`its receiver was told of them in ${alertmanager.told.length} messages`);
    expect(alertmanager.told.length).toBeLessThan(10);
    findings = [findingNamed('f1')];
    const over = Date.now();
    await until('only one is left', async () => (await alerts()).length === 1);
    lines.push(
      `${existing - 1} of them over: gone from it after ${((Date.now() - over) / 1000).toFixed(1)} s`,
    );
    expect((await alerts())[0]?.labels['holdfast_id']).toBe('f1');
    expect(notifier.health()).toMatchObject([{ failed: 0, open: 1 }]);
    await notifier.stop();
  });
});

/** A daemon that has read its only model. */
function seen(): ReturnType<typeof sampleView> {
  const models = [{ model: 'data', lastRead: new Date().toISOString(), interval: 15 }];
  const health = { controller: 'prod', connected: true, models, calls: 0, errors: 0, reconnects: 0 };
  return sampleView({ remediations: () => [], health: () => [health] });
}
