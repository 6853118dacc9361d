import { describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../support/juju-server.js';
import { findingOf, placesOf } from '../support/report-estate.js';
import {
  bench,
  data,
  inData,
  messageIn,
  offered,
  ofProd,
  reportBench,
  settled,
  sink,
} from '../support/report-bench.js';
import { refusal } from '../support/report-api.js';
import { sampleReport } from '../support/report-samples.js';

reportBench();

describe('reports in a cluster', () => {
  it('are written for each model and for the rest of the controller, and counted', async () => {
    const made = sink();
    await settled(made);
    await eventually('them to be counted', () => made.health().reports === 2);
    expect(bench().api.paths()).toEqual([ofProd, inData]);
    expect(made.health()).toMatchObject({
      cluster: 'lab',
      format: 'openreports.io/v1alpha1',
      troubles: [],
      reports: 2,
      written: 2,
      deleted: 0,
      failed: 0,
    });
    expect(made.health().bytes).toBeGreaterThan(1000);
    expect(bench().warnings).toEqual([]);
  });

  it('are not written while nothing has changed, and read nothing but who they are', async () => {
    const made = sink();
    await settled(made);
    bench().server.asked.length = 0;
    for (let times = 0; times < 10; times += 1) {
      made.offer(() => ({ ...bench().report, generatedAt: `2027-01-0${times}T00:00:00Z` }));
      await sleep(40);
    }
    expect(bench().api.changes).toHaveLength(2);
    expect(bench().server.asked.every(({ method }) => method === 'GET')).toBe(true);
  });

  it('are written anew when what they say changes, and only these', async () => {
    const made = sink();
    await settled(made);
    bench().report = sampleReport([
      findingOf({}, { message: 'another' }),
      ...bench().report.findings.slice(1),
    ]);
    await offered(made, 'the change to be there', () => messageIn(inData) === 'another');
    expect(bench().api.changes).toHaveLength(3);
  });

  it('are not written more often than agreed, however fast they change, and the last word stands', async () => {
    const made = sink({ settings: { everyMs: 200 } });
    await settled(made);
    const begun = Date.now();
    for (let times = 0; times < 200; times += 1) {
      bench().report = sampleReport([findingOf({}, { message: `message ${times}` })]);
      made.offer(() => bench().report);
      await sleep(4);
    }
    await offered(made, 'the last to be there', () => messageIn(inData) === 'message 199');
    const writes = bench().api.changes.filter((change) => change.endsWith('data/reports/holdfast')).length;
    expect(writes).toBeLessThanOrEqual(2 + (Date.now() - begun) / 200);
  });

  it('survive a restart without being written', async () => {
    await settled(sink());
    await bench().sinks.pop()?.close();
    const again = sink();
    await offered(again, 'a look', () => again.health().reports === 2);
    await sleep(100);
    expect(again.health()).toMatchObject({ written: 0, deleted: 0 });
    expect(again.health().bytes).toBeGreaterThan(1000);
  });

  it('go when their model goes, also when that happened while nobody looked, however many they are', async () => {
    bench().places = { models: [data, ...placesOf({ models: 7 })], known: ['prod'] };
    const made = sink();
    await offered(made, 'all of them', () => bench().api.objects.size === 9);
    await made.close();
    bench().places = { models: [data], known: ['prod'] };
    const again = sink();
    await offered(again, 'the strays to go', () => bench().api.objects.size === 2);
    bench().report = sampleReport([findingOf({})]);
    await offered(again, 'the report on the controller to go', () => again.health().deleted === 8);
    expect(bench().api.paths()).toEqual([inData]);
  });

  it('stay while it is not known which models there are, and those that another unit keeps', async () => {
    bench().places = { models: [data, ...placesOf({ models: 2 })], known: ['prod'] };
    await offered(sink(), 'all of them', () => bench().api.objects.size === 4);
    bench().report = sampleReport([]);
    bench().places = { models: [], known: [] };
    for (let times = 0; times < 5; times += 1) {
      bench().sinks[0]?.offer(() => bench().report);
      await sleep(40);
    }
    expect(bench().api.objects.size).toBe(4);
    bench().places = {
      models: [data],
      known: ['prod'],
      others: [{ controller: 'prod', model: 'm0' }, { controller: 'prod' }],
    };
    await offered(bench().sinks[0]!, 'one of them to go', () => bench().api.objects.size === 3);
    await sleep(100);
    expect(bench().api.paths()).toContain('/apis/openreports.io/v1alpha1/namespaces/m0/reports/holdfast');
  });

  it('of controllers that are not ours are left alone', async () => {
    const stage = { ...data, controller: 'stage', namespace: 'stage' };
    const theirs = sink({ places: () => ({ models: [stage], known: ['stage'] }) });
    bench().report = sampleReport([findingOf({ controller: 'stage' })]);
    await offered(theirs, 'theirs', () => bench().api.objects.size === 1);
    await theirs.close();
    bench().report = sampleReport([findingOf({})]);
    await offered(sink(), 'ours beside them', () => bench().api.objects.size === 2);
    await sleep(300);
    expect(bench().sinks.map((made) => made.health().deleted)).toEqual([0, 0]);
  });

  it('of another Holdfast are left alone', async () => {
    await offered(sink({ instance: 'other' }), 'the others', () => bench().api.objects.size === 2);
    await offered(sink(), 'ours beside them', () => bench().api.objects.size === 4);
    await sleep(300);
    expect(bench().sinks.map((made) => made.health().deleted)).toEqual([0, 0]);
  });

  it.each([
    [
      'changed by somebody else',
      () => {
        bench().api.tamper(inData);
      },
    ],
    [
      'deleted by somebody else',
      () => {
        bench().api.objects.delete(inData);
      },
    ],
  ])('are written anew once they are found %s', async (_, harm) => {
    const made = sink();
    await settled(made);
    harm();
    await offered(made, 'the report to be whole again', () => made.health().written === 3);
    expect(messageIn(inData)).toMatch(/^No provider/);
  });

  it("stay within the models' namespaces where only these may be written to", async () => {
    const made = sink({ scope: 'namespaced' });
    await offered(made, 'the report', () => bench().api.objects.size === 1);
    await sleep(300);
    const elsewhere = bench().server.asked.filter(
      ({ path }) => !path.includes('/namespaces/data/') && path.split('/').length > 4,
    );
    expect(elsewhere).toEqual([]);
    expect(made.health().troubles).toEqual([]);
  });
});

describe('what a cluster serves', () => {
  it('may be the older PolicyReport alone', async () => {
    bench().api.served = { 'wgpolicyk8s.io/v1alpha2': ['policyreports', 'clusterpolicyreports'] };
    const made = sink();
    await settled(made);
    expect(bench().api.paths()).toEqual([
      '/apis/wgpolicyk8s.io/v1alpha2/clusterpolicyreports/holdfast-prod',
      '/apis/wgpolicyk8s.io/v1alpha2/namespaces/data/policyreports/holdfast',
    ]);
    expect(made.health().format).toBe('wgpolicyk8s.io/v1alpha2');
  });

  it('may be its first edition, which knows three severities', async () => {
    bench().api.served = { 'wgpolicyk8s.io/v1alpha2': ['policyreports', 'clusterpolicyreports'] };
    bench().report = sampleReport([findingOf({}, { severity: 'critical' })]);
    bench().api.faults = ({ body }) =>
      body.includes('"critical"')
        ? refusal(422, 'Invalid', 'results[0].severity: Unsupported value: "critical"')
        : undefined;
    const made = sink();
    await offered(made, 'the report', () => bench().api.objects.size === 1);
    expect(made.health()).toMatchObject({ troubles: [], failed: 0 });
    expect([...bench().api.objects.values()][0]).toMatchObject({ results: [{ severity: 'high' }] });
  });

  it('may change: OpenReports takes over, and the old ones go', async () => {
    bench().api.served = { 'wgpolicyk8s.io/v1alpha2': ['policyreports', 'clusterpolicyreports'] };
    const made = sink();
    await settled(made);
    bench().api.served = { ...bench().api.served, 'openreports.io/v1alpha1': ['reports', 'clusterreports'] };
    await offered(made, 'the new ones alone', () => bench().api.paths().join() === [ofProd, inData].join());
  });

  it('may be nothing of the kind: said once, and found once it is installed', async () => {
    const served = bench().api.served;
    bench().api.served = {};
    const made = sink();
    await offered(made, 'the trouble', () => made.health().troubles.length > 0);
    await sleep(300);
    made.offer(() => bench().report);
    expect(bench().warnings).toEqual([
      [expect.stringContaining('serves neither openreports.io/v1alpha1 nor wgpolicyk8s.io')],
    ]);
    expect(bench().api.changes).toEqual([]);
    bench().api.served = served;
    await settled(made);
    await offered(made, 'the trouble to be over', () => made.health().troubles.length === 0);
  });

  it('may be half of it: the other half is said to be missing', async () => {
    bench().api.served = { 'openreports.io/v1alpha1': ['reports'] };
    const made = sink();
    await offered(made, 'the report', () => bench().api.objects.size === 1);
    await offered(made, 'the trouble', () => made.health().troubles.length === 1);
    expect(made.health().troubles).toEqual(['the cluster serves openreports.io without clusterreports']);
  });
});
