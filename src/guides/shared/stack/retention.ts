/** How long a stack keeps what it was sent. */
import { durationText } from '../../../core/duration.js';
import { isKnown } from '../../../core/fact.js';
import { evidenceOf, fail, notSeen, pass, unsettled, type Judgement } from '../../../core/judgement.js';
import type { Retention } from '../../../core/observability/stack.js';
import type { StackPlace } from './places.js';

/** The reasons that `keptLongEnough` gives. */
export const retentionReasons = {
  RetentionTooShort: 'What is sent is deleted sooner than it may be needed.',
  RetentionNotShown: 'The server does not tell for how long it keeps what it is sent.',
  RetentionBySize: 'What is sent is deleted when there is too much of it, however young it is.',
} as const;

const texts = {
  metricsRetention: { server: 'Prometheus', what: 'metrics' },
  logRetention: { server: 'Loki', what: 'logs' },
} as const;

/** Whether it is kept for so many seconds at least. */
export function keptLongEnough({ stack }: StackPlace, key: keyof typeof texts, least: number): Judgement {
  const { server, what } = texts[key];
  const wanted = `${what} kept for ${durationText(least)} or longer`;
  const fact = stack.get(key);
  if (!isKnown(fact)) return notSeen(fact, wanted);
  const where = `${server} of ${stack.name}`;
  const { kept, seconds = 0, orSize } = fact.value;
  const seen = evidenceOf(fact, retentionText(fact.value), wanted);
  if (kept === 'not-shown')
    return unsettled('RetentionNotShown', `${where} does not tell for how long it keeps ${what}`, seen);
  if (kept === 'seconds' && seconds < least)
    return fail('RetentionTooShort', `${where} keeps ${what} for ${durationText(seconds)} only`, seen);
  if (orSize !== undefined)
    return unsettled('RetentionBySize', `${where} deletes ${what} beyond ${orSize}, however young`, seen);
  return pass(`${where} keeps ${what} for ${kept === 'seconds' ? durationText(seconds) : 'ever'}`, seen);
}

function retentionText({ kept, seconds = 0, orSize }: Retention): string {
  if (kept === 'not-shown') return 'not told';
  const time = kept === 'seconds' ? durationText(seconds) : 'for ever';
  return orSize === undefined ? time : `${time}, at most ${orSize}`;
}
