import { describe, expect, it } from '@jest/globals';
import { virtualClock } from '../simulator/virtual-clock.js';
import { silentLog, silentTelemetry } from '../../test/support/silent.js';
import { WorkQueue } from './queue.js';
import { runWorkers, TerminalError, type Result } from './runner.js';

async function began(answers: (n: number) => Result | Error, forMs: number): Promise<readonly number[]> {
  const clock = virtualClock(0);
  const queue = new WorkQueue(clock);
  const times: number[] = [];
  const reconcile = (): Promise<Result> => {
    times.push(clock.now());
    const answer = answers(times.length);
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  const random = { next: () => 0.5 };
  const running = runWorkers({
    queue,
    reconcile,
    workers: 2,
    clock,
    random,
    log: silentLog,
    telemetry: silentTelemetry,
  });
  queue.add('prod:data');
  await clock.advance(forMs);
  queue.close();
  await running;
  return times;
}

describe('working the queue off', () => {
  it('looks again when the reconciler says so', async () => {
    expect(await began(() => ({ requeueAfter: 400 }), 1000)).toEqual([0, 400, 800]);
  });

  it('backs off, doubling, while it fails, and starts afresh after a success', async () => {
    const answers = (n: number): Result | Error =>
      n === 3 ? { requeueAfter: 10 } : n > 4 ? {} : new Error('no');
    expect(await began(answers, 20_000)).toEqual([0, 1000, 3000, 3010, 4010]);
  });

  it('does not retry a terminal error, even a wrapped one', async () => {
    const wrapped = new Error('outer', { cause: new TerminalError('inner') });
    expect(await began(() => wrapped, 100_000)).toEqual([0]);
  });
});
