import { describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Happening } from '../../src/core/ports/report-sink.js';
import { eventually } from '../support/juju-server.js';
import { bench, reportBench, sink } from '../support/report-bench.js';
import { refusal } from '../support/report-api.js';

reportBench();

describe('Events', () => {
  const drift: Happening = {
    ...({ kind: 'drift', controller: 'prod', model: 'data', application: 'etcd' } as const),
    ...{ control: 'ETCD-ENC-01', reason: 'ClientTlsDisabled', message: 'The relation is\u0000 missing.' },
  };
  const events = () =>
    [...bench().api.objects].filter(([path]) => path.includes('/events/')).map(([, object]) => object);

  it('tell what happened, on the StatefulSet where there is one, else on the namespace', async () => {
    const made = sink();
    made.tell(drift);
    made.tell({ ...drift, kind: 'fixed', application: 'machine', reason: 'Verified', message: 'ok' });
    await eventually('both', () => events().length === 2);
    const [first, second] = events().sort((a, b) => (String(a['type']) < String(b['type']) ? 1 : -1));
    expect(first).toMatchObject({
      type: 'Warning',
      reason: 'ClientTlsDisabled',
      note: 'ETCD-ENC-01: The relation is missing.',
      regarding: { kind: 'StatefulSet', name: 'etcd', namespace: 'data' },
      reportingController: 'holdfast',
      reportingInstance: 'holdfast-0',
    });
    expect(String(first?.['eventTime'])).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
    expect(second).toMatchObject({ type: 'Normal', regarding: { kind: 'Namespace', name: 'data' } });
  });

  it('that repeat are counted on the first, not made again', async () => {
    const made = sink();
    for (let times = 0; times < 30; times += 1) made.tell(drift);
    await eventually(
      'the count',
      () => (events()[0]?.['series'] as { count?: number } | undefined)?.count === 30,
    );
    expect(events()).toHaveLength(1);
    expect(bench().api.changes).toHaveLength(2);
  });

  it('that the cluster forgot meanwhile are made anew', async () => {
    const made = sink();
    made.tell(drift);
    await eventually('the first', () => events().length === 1);
    bench().api.objects.clear();
    made.tell(drift);
    await eventually('the second', () => events().length === 1);
  });

  it('are few, however much happens, and what is left out is counted', async () => {
    const made = sink({ settings: { eventBurst: 5 } });
    for (let times = 0; times < 100; times += 1) made.tell({ ...drift, control: `C-${times}` });
    await eventually('the first five', () => made.health().events === 5);
    await eventually('the others to be left out', () => made.health().eventsDropped === 95);
    await sleep(50);
    expect(events()).toHaveLength(5);
  });

  it('of models that live elsewhere are not told here', async () => {
    const made = sink();
    made.tell({ ...drift, model: 'machines' });
    await sleep(50);
    expect(bench().api.changes).toEqual([]);
  });

  it('that may not be written are said once, and given up for a while', async () => {
    bench().api.faults = () => refusal(403, 'Forbidden');
    const made = sink();
    for (let times = 0; times < 10; times += 1) made.tell({ ...drift, control: `C-${times}` });
    await eventually('the refusal', () => made.health().eventsFailed === 10);
    expect(bench().api.changes).toHaveLength(1);
    expect(made.health().troubles).toEqual(['needs the permission to create and patch events.events.k8s.io']);
    expect(bench().warnings).toHaveLength(1);
  });

  it('outlive a short trouble', async () => {
    let left = 2;
    bench().api.faults = () => (left-- > 0 ? refusal(503, 'ServiceUnavailable') : undefined);
    const made = sink();
    made.tell(drift);
    await eventually('it', () => events().length === 1);
    await eventually('no trouble', () => made.health().troubles.length === 0);
  });
});
