/**
 * One model of ten thousand units, followed over a real socket: the loop is never held for long. Noise of a shared machine
 * only ever makes a hold longer, so that of several looks the best counts.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from '@jest/globals';
import { valueOf } from '../../src/core/fact.js';
import type { JujuApi, StateChange } from '../../src/core/ports/index.js';
import { share } from '../../src/core/share.js';
import type { ModelState } from '../../src/core/snapshot.js';
import { followController } from '../../src/juju/observe/follow-controller.js';
import { readFullStatus } from '../../src/juju/observe/full-status.js';
import { controllerCertificate } from '../support/certificate.js';
import { canary, recordingLog } from '../support/juju-connection.js';
import { eventually } from '../support/juju-server.js';
import { largeAnswer } from '../support/large-answer.js';
import { longestBlock } from '../support/loop-hold.js';
import { realClock } from '../support/real-clock.js';

const size = { applications: 100, unitsEach: 100 };
const last = 'app-n99x';
const ended: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end();
});

interface Following {
  readonly api: JujuApi;
  readonly changes: StateChange[];
  /** Opens the last application to the world, or takes that back. */
  readonly change: () => void;
}

/** Ready once the first look and the first reading of everything else are over. */
async function following(): Promise<Following> {
  const certificate = await controllerCertificate();
  const worker = new Worker(new URL('../support/large-controller.ts', import.meta.url), {
    workerData: { certificate, size },
    execArgv: ['--import', new URL('../support/from-source.ts', import.meta.url).href],
  });
  ended.push(() => worker.terminate());
  const [address] = (await once(worker, 'message')) as [string];
  const api = followController({
    controller: 'prod',
    addresses: [address],
    caCert: certificate.caCert,
    observer: { user: 'admin', password: canary },
    version: '1.2.3',
    random: { next: () => 0.5 },
    follows: ({ name }) => name === 'data',
    clock: realClock(),
    log: recordingLog(),
  });
  ended.push(() => api.close());
  const changes: StateChange[] = [];
  api.onChange((change) => changes.push(change));
  api.start();
  await eventually('the model', () => Object.keys(modelOf(api)?.applications ?? {}).length === 100);
  await api.refresh('data');
  return {
    api,
    changes,
    change: () => {
      worker.postMessage('change');
    },
  };
}

function modelOf(api: JujuApi): ModelState | undefined {
  return api.current().models['data'];
}

/** What it takes (ms) to read such an answer and lay it over the last one in one go. */
function atOnce(): number {
  const text = JSON.stringify(largeAnswer(size));
  const reading = {
    source: { road: 'api', call: 'Client.FullStatus v8' },
    at: '2026-11-22T06:00:00Z',
  } as const;
  const read = (): unknown => readFullStatus(reading, JSON.parse(text), () => undefined);
  const before = read();
  const begin = performance.now();
  share(before, read());
  return performance.now() - begin;
}

describe('a model of ten thousand units', () => {
  it('never holds the loop for as long as it would take to read its answer in one go', async () => {
    const { api, change } = await following();
    const blocks: number[] = [];
    const wholes: number[] = [];
    for (let look = 0; look < 4; look += 1) {
      change();
      blocks.push(await longestBlock(() => api.refresh('data')));
      wholes.push(atOnce());
    }
    expect(Math.min(...blocks)).toBeLessThan(Math.max(50, Math.min(...wholes) * 0.75));
  });

  it('shows a change, keeps the rest, and tells of nothing when only the time is another', async () => {
    const { api, changes, change } = await following();
    const before = modelOf(api)!;
    changes.length = 0;
    await api.refresh('data');
    expect(modelOf(api)).toBe(before);
    expect(changes).toEqual([]);
    change();
    await api.refresh('data');
    const after = modelOf(api)!;
    expect(valueOf(after.applications[last]!.exposure)?.exposed).toBe(true);
    expect(changes).toEqual([{ controller: 'prod', model: 'data' }]);
    for (const name of Object.keys(before.applications).filter((one) => one !== last))
      expect(after.applications[name]).toBe(before.applications[name]);
    expect(after.machines).toBe(before.machines);
  });
});
