import { describe, expect, it } from '@jest/globals';
import { virtualClock } from '../../simulator/virtual-clock.js';
import { failureOf } from '../../../test/support/juju-connection.js';
import { Loop } from './loop.js';

interface Job {
  begun: number;
  finish: (failure?: Error) => void;
}

function looping(pause = 1000): { loop: Loop; job: Job; clock: ReturnType<typeof virtualClock> } {
  const clock = virtualClock();
  const job: Job = { begun: 0, finish: () => undefined };
  const run = (): Promise<void> =>
    new Promise((resolve, reject) => {
      job.begun += 1;
      job.finish = (failure) => {
        if (failure === undefined) resolve();
        else reject(failure);
      };
    });
  return { loop: new Loop({ clock, run, pause: () => pause }), job, clock };
}

describe('a loop', () => {
  it('runs again after its pause, and never twice at once', async () => {
    const { loop, job, clock } = looping();
    loop.start();
    await clock.advance(10_000);
    expect(job.begun).toBe(1);
    job.finish();
    await clock.advance(999);
    expect(job.begun).toBe(1);
    await clock.advance(1);
    expect(job.begun).toBe(2);
  });

  it('asked while it runs, runs once more for all who asked: the run under way began too early', async () => {
    const { loop, job, clock } = looping();
    loop.start();
    let done = 0;
    const asked = [loop.now(), loop.now()].map((run) => run.then(() => (done += 1)));
    job.finish();
    await clock.advance(0);
    expect([job.begun, done]).toEqual([2, 0]);
    job.finish();
    await Promise.all(asked);
    await clock.advance(999);
    expect(job.begun).toBe(2);
  });

  it('asked while it runs, is not hindered by that run’s failure', async () => {
    const { loop, job, clock } = looping();
    loop.start();
    const asked = loop.now();
    job.finish(new Error('first'));
    await clock.advance(0);
    job.finish();
    await asked;
    expect(job.begun).toBe(2);
  });

  it('tells who asked of a failure, and goes on', async () => {
    const { loop, job, clock } = looping();
    const asked = failureOf(loop.now());
    job.finish(new Error('broken'));
    expect((await asked).message).toBe('broken');
    await clock.advance(1000);
    expect(job.begun).toBe(2);
  });

  it('stopped, begins nothing any more', async () => {
    const { loop, job, clock } = looping();
    loop.start();
    const asked = failureOf(loop.now());
    loop.stop();
    job.finish();
    expect((await asked).message).toBe('no longer following');
    await clock.advance(10_000);
    expect(job.begun).toBe(1);
  });
});
