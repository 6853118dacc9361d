/** One model of 10,000 units, followed over a real socket from a controller in a thread of its own: how long the loop is held. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type * as Follows from '../../src/juju/observe/follow-controller.js';
import type * as FullStatuses from '../../src/juju/observe/full-status.js';
import type * as SilentLogs from '../../src/main/silent-log.js';
import type * as Systems from '../../src/main/system.js';
import type { JujuApi } from '../../src/core/ports/index.js';
import { fromDist } from '../../scripts/from-dist.ts';
import { controllerCertificate } from '../support/certificate.ts';
import { largeAnswer } from '../support/large-answer.ts';
import { longestBlock } from '../support/loop-hold.ts';
import { until } from './daemon.ts';
import { ms, ratioOf, sampleOf, times, type Result } from './measure.ts';
import { share, takenAt } from './program.ts';

const { followController } = await fromDist<typeof Follows>('juju/observe/follow-controller.js');
const { readFullStatus } = await fromDist<typeof FullStatuses>('juju/observe/full-status.js');
const { silentLog } = await fromDist<typeof SilentLogs>('main/silent-log.js');
const { systemClock, systemRandom } = await fromDist<typeof Systems>('main/system.js');

const size = { applications: 500, unitsEach: 20 };

export async function loopResults(rounds: number): Promise<readonly Result[]> {
  const { api, change, end } = await following();
  try {
    const wholes: number[] = [];
    const changed: number[] = [];
    const same: number[] = [];
    const whole = atOnce();
    for (let round = -2; round < rounds; round += 1) {
      change();
      const one = await longestBlock(() => api.refresh('data'));
      const other = await longestBlock(() => api.refresh('data'));
      const work = whole();
      if (round >= 0) [changed, same, wholes].forEach((list, n) => list.push([one, other, work][n] ?? NaN));
    }
    return rows(changed, same, wholes);
  } finally {
    await end();
  }
}

function rows(changed: readonly number[], same: readonly number[], wholes: readonly number[]): Result[] {
  const what = 'one model of 10,000 units over a real socket';
  const ratio = ratioOf(changed, wholes);
  return [
    held('loop-held', `${what}: longest hold of the loop, one application changed`, changed),
    held('loop-held-same', 'the same: nothing changed', same),
    {
      id: 'loop-held-whole',
      what: 'the same: parsing, reading and laying over in one go',
      measured: ms(sampleOf(wholes)),
      budget: 'none',
      figures: { sample: sampleOf(wholes) },
    },
    {
      id: 'loop-held-ratio',
      what: 'the longest hold against all in one go',
      measured: times(ratio),
      budget: 'none',
      figures: { ratio },
    },
  ];
}

function held(id: string, what: string, blocks: readonly number[]): Result {
  const sample = sampleOf(blocks);
  return {
    id,
    what,
    measured: ms(sample),
    budget: '≤ 50 ms',
    within: sample.median <= 50,
    figures: { sample },
  };
}

interface Following {
  readonly api: JujuApi;
  /** Opens the last application to the world, or takes that back. */
  readonly change: () => void;
  readonly end: () => Promise<void>;
}

async function following(): Promise<Following> {
  const certificate = await controllerCertificate();
  const worker = new Worker(new URL('../support/large-controller.ts', import.meta.url), {
    workerData: { certificate, size },
    execArgv: ['--import', new URL('../support/from-source.ts', import.meta.url).href],
  });
  const [address] = (await once(worker, 'message')) as [string];
  const api = followController({
    controller: 'prod',
    addresses: [address],
    caCert: certificate.caCert,
    observer: { user: 'admin', password: 'not looked at' },
    version: '0.0.0',
    random: systemRandom,
    follows: ({ name }) => name === 'data',
    clock: systemClock,
    log: silentLog,
  });
  api.start();
  await until('the model is read', () => {
    const { applications = {} } = api.current().models['data'] ?? {};
    return Object.keys(applications).length === size.applications;
  });
  const change = (): void => {
    worker.postMessage('change');
  };
  const end = async (): Promise<void> => {
    await api.close();
    await worker.terminate();
  };
  return { api, change, end };
}

/** What would hold the loop (ms) if all were done in one go. */
function atOnce(): () => number {
  const text = JSON.stringify(largeAnswer(size));
  const reading = { source: { road: 'api', call: 'Client.FullStatus v8' }, at: takenAt } as const;
  const read = (): unknown => readFullStatus(reading, JSON.parse(text), () => undefined);
  const before = read();
  return () => {
    const begin = performance.now();
    share(before, read());
    return performance.now() - begin;
  };
}
