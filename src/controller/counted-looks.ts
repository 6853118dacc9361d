/** Counts the looks into units by what came of them. */
import type { Clock, LookResult } from '../core/ports/index.js';
import type { ActionAnswer, LookAnswer, WorkloadReader } from '../core/ports/workload-reader.js';

/** Told of each look: what came of it, and how long it took in seconds. */
type Told = (result: LookResult, seconds: number) => void;

/** The same reader, of which each look and action is told. Those that are broken off are not. */
export function countedLooks(reader: WorkloadReader, clock: Clock, told: Told): WorkloadReader {
  const timed = async <T>(call: Promise<T>, resultOf: (answer: T) => LookResult): Promise<T> => {
    const begun = clock.now();
    const answer = await call;
    told(resultOf(answer), (clock.now() - begun) / 1000);
    return answer;
  };
  return {
    road: reader.road,
    look: (place, looks, signal) => timed(reader.look(place, looks, signal), resultOfAll),
    act: (place, action, signal) =>
      timed(reader.act(place, action, signal), (answer) => resultOfAll([answer])),
  };
}

function resultOfAll(answers: readonly (LookAnswer | ActionAnswer)[]): LookResult {
  const missing = answers.filter((answer) => 'missing' in answer);
  if (missing.length === 0) return 'seen';
  if (missing.some(({ permission }) => permission !== undefined)) return 'denied';
  return missing.length < answers.length ? 'partly' : 'unseen';
}
