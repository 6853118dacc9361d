import type { Remediation, Step, Store } from '../core/ports/index.js';
import { StaleFence } from './stale-fence.js';

/** What a memory store keeps. Opening a second store over the same memory takes it over from the first. */
export interface Memory {
  fence: number;
  readonly remediations: Map<string, Remediation>;
  /** Steps of each remediation, by their number. */
  readonly steps: Map<string, Map<number, Step>>;
}

export function newMemory(): Memory {
  return { fence: 0, remediations: new Map(), steps: new Map() };
}

/**
 * A store for tests and the demo. It does not survive the process: whatever has to be remembered after a crash needs
 * the journal on disk. Given a memory of before, it goes on from there with a newer fence, as a restarted daemon would;
 * writes of the store before it then reject with StaleFence.
 */
export function memoryStore(memory: Memory = newMemory()): Store {
  memory.fence += 1;
  const fence = memory.fence;
  return {
    fence,
    saveRemediation: async (remediation) => {
      refuseStale(memory, fence);
      memory.remediations.set(remediation.id, remediation);
      return Promise.resolve();
    },
    saveStep: async (step) => {
      refuseStale(memory, fence);
      stepsOf(memory, step.remediation).set(step.n, step);
      return Promise.resolve();
    },
    remediations: () => Promise.resolve([...memory.remediations.values()]),
    steps: (remediation) => Promise.resolve(inOrder(memory.steps.get(remediation))),
    close: () => Promise.resolve(),
  };
}

function refuseStale(memory: Memory, fence: number): void {
  if (fence < memory.fence) throw new StaleFence(fence, memory.fence);
}

function stepsOf(memory: Memory, remediation: string): Map<number, Step> {
  const steps = memory.steps.get(remediation) ?? new Map<number, Step>();
  memory.steps.set(remediation, steps);
  return steps;
}

function inOrder(steps: ReadonlyMap<number, Step> = new Map()): readonly Step[] {
  return [...steps.values()].sort((a, b) => a.n - b.n);
}
