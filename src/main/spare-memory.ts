/** Keeps a process that mostly watches from keeping for good what its first look at the estate needed once. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Clock } from '../core/ports/index.js';

/** The share (percent) by which the heap may outgrow what is alive before it is swept. Left to itself it doubles. */
const heapGrowth = 20;
/** So long (ms) the first look at the estate may take memory as it likes: sweeping often would take it a fifth longer. */
const freeGrowthMs = 30_000;

/** From half a minute on the heap stays close to what is alive. Returns what takes that back before. */
export function spareMemory(clock: Clock): () => void {
  return clock.after(freeGrowthMs, () => {
    setFlagsFromString(`--heap-growing-percent=${heapGrowth}`);
    giveBackMemory();
  });
}

/** Some tenths of a second in one go, once: while nothing changes the next collection could be an hour away. */
function giveBackMemory(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as (how: object) => void;
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}
