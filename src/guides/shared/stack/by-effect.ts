/** What relations promise, held against what arrives. */
import type { ApplicationView } from '../../../core/evaluate/view.js';
import { millis, type JudgedTime } from '../../../core/time.js';
import { unsettled, type Judgement } from '../../../core/judgement.js';
import { isViolation } from '../../../core/outcome.js';
import { worst } from '../combine.js';
import { allLinks, isLinks } from '../relations.js';

/** The reasons that `byEffect` adds. */
export const effectReasons = {
  EffectNotYetSeen: 'The relations changed lately, and the stack has not been seen to hold what they bring.',
} as const;

/**
 * The judgement of the relations, and where these are as they should be, of what arrives by them. Without a stack to
 * ask, the relations alone decide, and the message says what would be stronger.
 */
export function byEffect(
  app: ApplicationView,
  way: Judgement,
  { effects, time }: { readonly effects: readonly (Judgement | undefined)[]; readonly time: JudgedTime },
): Judgement {
  if (way.outcome !== 'pass') return way;
  const seen = effects.filter((effect) => effect !== undefined);
  const [first, ...others] = seen.map((effect) => unlessTooEarly(app, effect, time));
  if (first === undefined) return { ...way, message: `${way.message}; ${notAskedWords}` };
  const arrived = worst(first, ...others);
  const all = worst(way, arrived);
  if (arrived.outcome !== 'pass') return all;
  const told = [way, first, ...others].map(({ message }) => message);
  return { ...all, message: told.join('; ') };
}

const notAskedWords = 'whether it arrives was not asked: name the stack under observability in the policy';

/** Seconds that metrics and logs may take from a new relation to the stack: agents are set up, then scrape. */
const delay = 900;

/**
 * What is missing is left open while the relations are newer than what the stack was seen to hold, and not older than
 * agents take: then it says nothing of them. Where both were read just now, the stack is believed.
 */
function unlessTooEarly(app: ApplicationView, effect: Judgement, time: JudgedTime): Judgement {
  if (!isViolation(effect.outcome)) return effect;
  const changed = changedAt(app);
  const seen = Math.max(...effect.evidence.map(({ observedAt }) => millis(observedAt)));
  if (seen >= changed || time.isPast(changed + delay * 1000)) return effect;
  const message = `the relations changed lately; so far ${effect.message}`;
  return unsettled('EffectNotYetSeen', message, ...effect.evidence);
}

/** When the relations of the application and of what it is related to changed last, in ms. */
function changedAt(app: ApplicationView): number {
  const links = allLinks(app);
  if (!isLinks(links)) return -Infinity;
  const others = links.sure.flatMap(({ other }) => app.model.application(other.application) ?? []);
  const times = [links.fact, ...others.map((one) => one.get('relations'))].map(({ at }) => millis(at));
  return Math.max(...times);
}
