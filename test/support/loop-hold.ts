import { monitorEventLoopDelay } from 'node:perf_hooks';

/** The longest time (ms) for which nothing else could run meanwhile. */
export async function longestBlock(work: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await work();
  delay.disable();
  return delay.max / 1e6;
}
