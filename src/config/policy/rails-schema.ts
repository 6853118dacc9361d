import { z } from 'zod';
import { durationText, seconds } from '../../core/duration.js';
import { InputError } from '../../core/input-error.js';
import { defaultRetention, type ManagedBy, type WindowRule } from '../../core/policy/rails.js';
import { checkCron, isTimeZone } from '../../core/rails/index.js';
import { limitMeaning, meanings } from './meanings.js';
import { duration, Match, text } from './parts.js';
import { limitCounts, limitDurations } from './words.js';

const tools = ['terraform'] as const satisfies readonly ManagedBy['tool'][];
const kinds = ['allow', 'deny'] as const satisfies readonly WindowRule['kind'][];

const day = 86_400;
/** What lies further back is not counted any more. */
const longestLookBack = 31 * day;
const lookBacks: ReadonlySet<string> = new Set(['attemptWindow', 'failureWindow', 'flipWindow']);

const count = z.int().min(1, 'should be 1 or more').max(100_000, 'should be 100000 or less');
const percent = z.int().min(1, 'should be from 1 to 100').max(100, 'should be from 1 to 100');

const counts = keyed(limitCounts, (key) =>
  (key === 'percent' ? percent : count).exactOptional().meta({ description: limitMeaning(key) }),
);
const durations = keyed(limitDurations, (key) =>
  within(lookBacks.has(key) ? longestLookBack : Infinity)
    .exactOptional()
    .meta({ description: limitMeaning(key) }),
);

/** One entry of `limits`. */
export const Limit = z.strictObject({
  match: Match.exactOptional(),
  ...counts,
  ...durations,
  rollback: z.enum(['auto', 'never']).exactOptional().meta({ description: meanings.rollback }),
  plaintextRollback: z.boolean().exactOptional().meta({ description: meanings.plaintextRollback }),
});

/** One entry of `windows`. */
export const Window = z.strictObject({
  name: text,
  kind: z.enum(kinds).meta({ description: 'allow opens; deny shuts, and wins.' }),
  match: Match.exactOptional(),
  cron: z.string().superRefine(noCron).meta({
    description: 'Five fields: minute, hour, day of the month, month, day of the week.',
  }),
  duration: within(7 * day).meta({
    description: 'How long it stays open from each time that cron names; 7d at most.',
  }),
  timeZone: z
    .string()
    .refine(isTimeZone, { error: 'is no time zone: write one such as Europe/Berlin or UTC' })
    .meta({ description: 'IANA name, such as Europe/Berlin.' }),
});

/** One entry of `managedBy`. */
export const ManagedPart = z.strictObject({ match: Match, tool: z.enum(tools) });

/** `store`: how long the journal keeps what is at its end. */
export const StoreKeys = z
  .strictObject({
    retention: z
      .strictObject({
        remediations: within(Infinity)
          .exactOptional()
          .meta({
            description: `Changes that are at their end; ${durationText(defaultRetention.remediations)} unless given.`,
          }),
        audit: within(Infinity)
          .exactOptional()
          .meta({
            description: `The audit trail; ${durationText(defaultRetention.audit)} unless given.`,
          }),
      })
      .exactOptional()
      .meta({ description: 'How long the journal keeps what is over.' }),
  })
  .meta({ description: 'What the journal keeps.' });

/** A duration above nothing, and not above so many seconds. */
function within(most: number): typeof duration {
  const error = Number.isFinite(most)
    ? `should be more than 0 and at most ${most / day}d`
    : 'should be more than 0';
  return duration.refine((given) => isWithin(given, most), { error });
}

/** What is no duration at all is said elsewhere. */
function isWithin(text: string, most: number): boolean {
  try {
    const given = seconds(text);
    return given > 0 && given <= most;
  } catch {
    return true;
  }
}

function noCron(text: string, context: z.core.$RefinementCtx<string>): void {
  try {
    checkCron(text);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    context.addIssue(error.message);
  }
}

function keyed<K extends string, S>(keys: readonly K[], shape: (key: K) => S): Record<K, S> {
  return Object.fromEntries(keys.map((key) => [key, shape(key)])) as Record<K, S>;
}
