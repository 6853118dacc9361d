import type { ApplicationView } from '../../core/evaluate/view.js';
import { isKnown } from '../../core/fact.js';
import { evidenceOf, fail, notSeen, pass, unsettled, type Judgement } from '../../core/judgement.js';
import type { Knowledge } from '../../core/knowledge.js';
import { millis, type JudgedTime } from '../../core/time.js';
import { lookup } from './lookup.js';

/** The reasons that `baseJudgement` gives. */
export const baseReasons = {
  OtherBase: 'The application runs on another base than the guide names.',
  BaseUnsupported: "The base's standard security support has ended.",
  BaseNotShown: 'The road does not show the base of the application.',
  SupportNotKnown: 'It is not known until when the base is supported.',
} as const;

/** Whether an application is on the base that its guide names, and that base still supported. */
export function baseJudgement(
  app: ApplicationView,
  wanted: string,
  { knowledge, time }: { readonly knowledge: Knowledge; readonly time: JudgedTime },
): Judgement {
  const charm = app.get('charm');
  if (!isKnown(charm)) return notSeen(charm, wanted);
  const { base } = charm.value;
  const seen = evidenceOf(charm, base ?? 'not shown', `${wanted}, still supported`);
  if (base === undefined) return unsettled('BaseNotShown', `the base of ${app.name} is not shown`, seen);
  if (base !== wanted)
    return fail('OtherBase', `${app.name} runs on ${base}, the guide names ${wanted}`, seen);
  const support = lookup(knowledge.bases, base);
  const ends = support === undefined ? Number.NaN : millis(support.supportedUntil);
  if (support === undefined || Number.isNaN(ends)) {
    return unsettled('SupportNotKnown', `until when ${base} is supported is not known`, seen);
  }
  if (time.isPast(ends))
    return fail('BaseUnsupported', `support of ${base} ended on ${support.supportedUntil}`, seen);
  return pass(`${app.name} runs on ${base}, supported until ${support.supportedUntil}`, seen);
}
