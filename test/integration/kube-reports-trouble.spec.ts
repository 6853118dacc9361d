import { describe, expect, it, test } from '@jest/globals';
import { isDeepStrictEqual } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../support/juju-server.js';
import { findingOf, largeReport, placesOf } from '../support/report-estate.js';
import {
  bench,
  data,
  inData,
  messageIn,
  offered,
  quick,
  reportBench,
  settled,
  sink,
} from '../support/report-bench.js';
import { refusal } from '../support/report-api.js';
import { sampleReport } from '../support/report-samples.js';

reportBench();

describe('trouble with a cluster', () => {
  it('for want of a right is said once, with its name and places, and a grant ends it', async () => {
    bench().places = { models: [data, ...placesOf({ models: 4 })], known: ['prod'] };
    let granted = false;
    bench().api.faults = ({ method, path }) =>
      granted || method === 'GET' || path.includes('clusterreports')
        ? undefined
        : refusal(403, 'Forbidden', `denied: ${path}`);
    const begun = Date.now();
    const made = sink();
    await offered(made, 'the refusals', () => made.health().failed >= 5);
    const missing =
      'needs the permission to patch and create reports.openreports.io in data, m0, m1 and 2 more';
    await eventually('the trouble', () => isDeepStrictEqual(made.health().troubles, [missing]));
    await sleep(200);
    expect(made.health().troubles).toEqual([missing]);
    expect(bench().warnings).toHaveLength(1);
    // Only the looks, one every so often, try all five again.
    expect(made.health().failed).toBeLessThanOrEqual(5 * (2 + (Date.now() - begun) / quick.lookMs));
    granted = true;
    await offered(made, 'the reports', () => bench().api.objects.size === 6);
    await offered(made, 'the trouble to be over', () => made.health().troubles.length === 0);
  });

  it('for want of the right to list does not keep reports from being written', async () => {
    bench().api.faults = ({ method, path }) =>
      method === 'GET' && path.endsWith('reports') ? refusal(403, 'Forbidden') : undefined;
    const made = sink();
    await settled(made);
    const denied = [
      'needs the permission to list clusterreports.openreports.io',
      'needs the permission to list reports.openreports.io',
    ];
    // Writing does not wait for the look, so that both may end in either order.
    await eventually('the refused look', () => isDeepStrictEqual(made.health().troubles, denied));
    expect(bench().api.objects.size).toBe(2);
  });

  test.each([
    ['drops connections', 'drop' as const],
    ['answers 503', refusal(503, 'ServiceUnavailable')],
    ['answers 500 to everything', refusal(500, 'InternalError')],
    ['knows nobody', refusal(401, 'Unauthorized')],
    ['answers with rubbish', { raw: '<html>' }],
  ])('that %s is outlived, asked ever less often, and said', async (_, fault) => {
    const made = sink();
    await settled(made);
    bench().api.faults = () => fault;
    bench().report = sampleReport([findingOf({}, { message: 'later' })]);
    await offered(made, 'the trouble', () => made.health().troubles.length > 0);
    bench().server.asked.length = 0;
    const begun = Date.now();
    await sleep(400);
    // Each try is a few questions.
    const tries = 1 + (Date.now() - begun) / quick.longestRetryMs;
    expect(bench().server.asked.length).toBeLessThan(4 * tries);
    bench().api.faults = () => undefined;
    await offered(made, 'what was missed', () => messageIn(inData) === 'later');
    await offered(made, 'the trouble to be over', () => made.health().troubles.length === 0);
    expect(bench().warnings.flat().join()).not.toContain('secret-token');
  });

  it('waits for as long as the server asks', async () => {
    let since = 0;
    bench().api.faults = ({ method }) => {
      if (method === 'GET' || since > 0) return undefined;
      since = Date.now();
      return { ...(refusal(429, 'TooManyRequests') as object), status: 429, headers: { 'retry-after': '1' } };
    };
    await settled(sink());
    // A timer may come within the millisecond before.
    expect(Date.now() - since).toBeGreaterThanOrEqual(999);
  });

  it('with one namespace does not keep the others from their reports', async () => {
    bench().places = { models: [...placesOf({ models: 3 }), data], known: ['prod'] };
    bench().api.faults = ({ path }) =>
      path.includes('/m0/') ? refusal(500, 'InternalError', 'a webhook says no') : undefined;
    const made = sink();
    await offered(made, 'the other reports', () => bench().api.objects.size === 4);
    await eventually('the trouble', () => made.health().troubles.join().includes('a webhook says no in m0'));
  });

  it('with the report itself is no end: it is tried again', async () => {
    const made = sink();
    made.offer(() => {
      throw new Error('not now');
    });
    await eventually('the trouble', () => made.health().troubles.length > 0);
    await settled(made);
  });

  it('with a namespace that goes is over when its model is gone', async () => {
    const made = sink();
    bench().api.faults = ({ path }) =>
      path.includes('/data/')
        ? refusal(403, 'Forbidden', 'forbidden: namespace data is being terminated')
        : undefined;
    await offered(made, 'the trouble', () => made.health().troubles.length > 0);
    expect(made.health().troubles).toEqual([
      'cannot patch reports.openreports.io: the namespace is being deleted in data',
    ]);
    bench().places = { models: [], known: ['prod'] };
    await offered(made, 'the trouble to be over', () => made.health().troubles.length === 0);
  });
});

it('closes at once, whatever is under way, and then does nothing more', async () => {
  bench().api.faults = () => 'mute';
  const made = sink();
  made.offer(() => largeReport({ models: 3, findings: 100 }));
  made.tell({ kind: 'drift', controller: 'prod', model: 'data', control: 'C', reason: 'R', message: 'm' });
  await eventually('requests', () => bench().server.asked.length === 2);
  await made.close();
  made.offer(() => bench().report);
  made.tell({ kind: 'drift', controller: 'prod', model: 'data', control: 'D', reason: 'R', message: 'm' });
  await sleep(100);
  expect(bench().server.asked).toHaveLength(2);
});
