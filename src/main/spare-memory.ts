/** Keeps a process that mostly watches from keeping for good what it needed once. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Clock } from '../core/ports/index.js';

/** The memory of this process. */
export interface Memory {
  /** Resident, in bytes. */
  resident(): number;
  /** The share (percent) by which the heap may outgrow what is alive before it is swept. */
  letGrow(percent: number): void;
  /** Gives back what nothing uses. */
  giveBack(): void;
}

/** Left to itself the heap doubles. */
const heapGrowth = 20;
/** So long (ms) the first look at the estate may take memory as it likes: sweeping often would take it a fifth longer. */
const freeGrowthMs = 30_000;
/** So often (ms) it is looked whether memory has grown since it was last given back, */
const lookEveryMs = 600_000;
/** and by so much (a part of what was left then) it may: giving back holds the loop for a fifth of a second. */
const mostGrown = 0.2;

/**
 * From half a minute on the heap stays close to what is alive. What bursts of work took beyond that, such as a hundred
 * models read anew at once, V8 would keep for good. Returns what ends that.
 */
export function spareMemory(clock: Clock, memory: Memory = ownMemory): () => void {
  let left = 0;
  let cancel = clock.after(freeGrowthMs, () => {
    memory.letGrow(heapGrowth);
    shrink();
  });
  function shrink(): void {
    memory.giveBack();
    left = memory.resident();
    again();
  }
  function again(): void {
    cancel = clock.after(lookEveryMs, () => {
      if (memory.resident() > left * (1 + mostGrown)) shrink();
      else again();
    });
  }
  return () => {
    cancel();
  };
}

const ownMemory: Memory = {
  resident: () => process.memoryUsage.rss(),
  letGrow: (percent) => {
    setFlagsFromString(`--heap-growing-percent=${percent}`);
  },
  giveBack: () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as (how: object) => void;
    collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  },
};
