/** Judges one mutant after another in a thread, which is begun anew when a mutant hangs or spoils it. */
import { Worker } from 'node:worker_threads';
import type { Numbered } from './hooks.js';
import type { Mutant } from './instrument.js';
import type { Answer, Ready, WorkerData } from './worker.js';

export interface Verdict {
  readonly verdict: 'killed' | 'survived' | 'unreached';
  /** The test that noticed it. */
  readonly by: string;
}

export interface LaneOptions {
  readonly files: readonly Numbered[];
  /** The numbers of the mutants to be judged. */
  readonly chosen: readonly number[];
  readonly specs: readonly string[];
  /** The specs that may notice a change of a file, the nearest first. */
  readonly importersOf: (file: string) => readonly string[];
}

/** Milliseconds without an answer after which a mutant is taken to hang. */
const hangs = 30_000;

/** Spec files that a mutant alone is held against, those first that run through its file most: each is loaded anew. */
const mostAlone = 12;

export class Lane {
  readonly #options: LaneOptions;
  #worker: Worker | undefined;
  #ready: Ready = { leftOut: [], loaded: [], reaching: new Map(), tests: 0 };
  #loaded: ReadonlySet<number> = new Set();

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  async begin(): Promise<Ready> {
    const { files, chosen, specs } = this.#options;
    const worker = newWorker({ files, chosen, specs, isAlone: false, leftOut: [] });
    this.#worker = worker;
    let why: Error | undefined;
    const ready = await answerOf<Ready>(worker, 10 * hangs, (error) => {
      why = error;
    });
    if (ready === undefined) throw new Error('the spec files cannot be loaded', { cause: why });
    this.#ready = ready;
    this.#loaded = new Set(ready.loaded);
    return ready;
  }

  async judge(mutant: Mutant): Promise<Verdict> {
    const { verdict, by } = await this.#first(mutant);
    const isDecided = verdict !== 'spoilt' && !(this.#loaded.has(mutant.id) && verdict !== 'killed');
    if (isDecided) return { verdict, by };
    return this.#alone(mutant);
  }

  async end(): Promise<void> {
    await this.#worker?.terminate();
  }

  async #first({ id, file }: Mutant): Promise<Answer> {
    if (this.#worker === undefined) await this.begin();
    const worker = this.#worker;
    if (worker === undefined) throw new Error('there is no thread');
    worker.postMessage({ id, file });
    const answer = await answerOf<Answer>(worker, hangs);
    if (answer !== undefined && answer.verdict !== 'spoilt') return answer;
    await worker.terminate();
    this.#worker = undefined;
    return answer ?? { verdict: 'killed', by: 'hangs' };
  }

  /** What is made while files are loaded is made once: only a thread of its own can show what another value does. */
  async #alone({ id, file }: Mutant): Promise<Verdict> {
    const { files, importersOf } = this.#options;
    const reaching = this.#ready.reaching.get(file);
    const specs = importersOf(file)
      .toSorted((a, b) => (reaching?.get(b) ?? 0) - (reaching?.get(a) ?? 0))
      .slice(0, mostAlone);
    const worker = newWorker({ files, chosen: [id], specs, isAlone: true, leftOut: this.#ready.leftOut });
    const answer = await answerOf<Answer>(worker, 3 * hangs);
    await worker.terminate();
    if (answer === undefined) return { verdict: 'killed', by: 'hangs' };
    return { verdict: answer.verdict === 'killed' ? 'killed' : 'survived', by: answer.by };
  }
}

function newWorker(workerData: WorkerData): Worker {
  const worker = new Worker(new URL('worker.ts', import.meta.url), {
    workerData,
    execArgv: ['--disable-warning=ExperimentalWarning'],
    resourceLimits: { maxOldGenerationSizeMb: 2048 },
    stdout: true,
    stderr: true,
  });
  // Without a listener, an error of the thread would end us all.
  return worker.on('error', () => undefined);
}

/** Undefined when the thread ends, or says nothing for that many milliseconds. */
function answerOf<T>(worker: Worker, millis: number, told?: (error: Error) => void): Promise<T | undefined> {
  return new Promise((resolve) => {
    const settle = (answer?: T): void => {
      clearTimeout(timer);
      worker.off('message', settle).off('error', failed).off('exit', failed);
      resolve(answer);
    };
    const failed = (error: unknown): void => {
      if (error instanceof Error) told?.(error);
      settle();
    };
    const timer = setTimeout(settle, millis);
    worker.on('message', settle).on('error', failed).on('exit', failed);
  });
}
