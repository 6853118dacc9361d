/** Runs in a thread of its own, so that an input without end or measure can be told and ended from outside. */
import '../support/from-source.ts';
import { parentPort, workerData } from 'node:worker_threads';

export interface WorkerData {
  readonly names: readonly string[];
  readonly seed: number;
  /** Milliseconds for each target. */
  readonly time: number;
  readonly folder: string;
  /** Count of inputs, index of the target, length of the input, and the input. */
  readonly shared: SharedArrayBuffer;
}

const { fuzz } = await import('./session.js');
const { targets } = await import('./targets.js');
const { names, seed, time, folder, shared } = workerData as WorkerData;
const head = new Int32Array(shared, 0, 3);
const body = new Uint8Array(shared, 12);

for (const [index, name] of names.entries()) {
  const target = targets.find((one) => one.name === name);
  if (target === undefined) throw new Error(`there is no target ${name}`);
  const about = (input: Buffer): void => {
    body.set(input);
    head[1] = index;
    head[2] = input.length;
    Atomics.add(head, 0, 1);
  };
  parentPort?.postMessage(await fuzz(target, { seed, time, folder, about }));
}
process.exit(0);
