/** Fuzzes targets one after another in a thread, which it ends and begins anew where an input hangs or eats the memory. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Figures } from './session.js';
import type { WorkerData } from './worker.js';

export interface Supervising {
  readonly seed: number;
  /** Milliseconds for each target. */
  readonly time: number;
  readonly told?: (figures: Figures) => void;
}

/** Milliseconds without a new input after which one is taken to hang; the whole of a busy machine is in it. */
const hangs = 20_000;
/** MiB that all inputs of a thread may hold at once. */
const memory = 512;
const longestInput = 1024 * 1024;
/** Files in memory, where the machine has such a place: a disk would be most of the time. */
const inMemory = '/dev/shm';

export async function supervise(names: readonly string[], options: Supervising): Promise<readonly Figures[]> {
  const folder = mkdtempSync(join(existsSync(inMemory) ? inMemory : tmpdir(), 'holdfast-fuzz-'));
  const all: Figures[] = [];
  const told = (figures: Figures): void => {
    all.push(figures);
    options.told?.(figures);
  };
  try {
    while (all.length < names.length) {
      const left = names.slice(all.length);
      const broke = await oneThread({ ...options, told, names: left, folder });
      if (broke !== undefined) told(broke);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return all;
}

interface Thread {
  readonly names: readonly string[];
  readonly seed: number;
  readonly time: number;
  readonly folder: string;
  readonly told: (figures: Figures) => void;
}

/** The figures of the target that ended the thread; undefined when all were done. */
function oneThread({ names, seed, time, folder, told }: Thread): Promise<Figures | undefined> {
  const shared = new SharedArrayBuffer(12 + longestInput);
  const workerData: WorkerData = { names, seed, time, folder, shared };
  const worker = new Worker(new URL('worker.ts', import.meta.url), {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: memory, stackSizeMb: 1 },
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  return new Promise((resolve) => {
    let count = -1;
    let done = 0;
    const watch = setInterval(() => {
      const now = new Int32Array(shared, 0, 1)[0] ?? 0;
      if (now === count && now > 0) end('hangs');
      count = now;
    }, hangs);
    const end = (fault: string): void => {
      clearInterval(watch);
      void worker.terminate();
      resolve(broken(names[done] ?? '', fault, shared));
    };
    worker.on('message', (figures: Figures) => {
      done += 1;
      told(figures);
      if (done < names.length) return;
      clearInterval(watch);
      resolve(undefined);
    });
    worker.on('error', (error: Error) => {
      const isMemory = (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
      end(isMemory ? `needs more than ${memory} MiB` : `ends the thread: ${error.stack ?? error.message}`);
    });
  });
}

function broken(target: string, fault: string, shared: SharedArrayBuffer): Figures {
  const [inputs = 0, , length = 0] = new Int32Array(shared, 0, 3);
  const input = new Uint8Array(shared, 12, length).slice();
  const nothing = { refused: 0, seconds: 0, slowest: 0, slowestBytes: length, refusals: 0 };
  return { target, inputs, ...nothing, crashes: [{ fault, input }] };
}
