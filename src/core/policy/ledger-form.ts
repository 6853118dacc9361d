/** What is wrong with a waiver whatever the estate: its form, and patterns that no guide or control fits. */
import type { Control, Guide, ScopeName } from '../control.js';
import { globMatcher } from '../glob.js';
import { millis } from '../time.js';
import type { RuleMatch, Waiver } from './policy.js';

const widths: Readonly<Record<ScopeName, number>> = { application: 0, model: 1, controller: 2 };

/** Why a waiver can never count, in a sentence; undefined when its form is right. */
export function waiverFault(waiver: Waiver, guides: readonly Guide[]): string | undefined {
  if (Object.keys(waiver.match).length === 0) return 'it would waive everything: name a control at least';
  if (waiver.owner.trim() === '') return 'nobody owns it: name an owner';
  if (waiver.reason.trim() === '') return 'it gives no reason';
  if (Number.isNaN(millis(waiver.expires))) return `${waiver.expires} is no time: write 2027-01-31T00:00:00Z`;
  return compensationFault(waiver, guides);
}

function compensationFault(waiver: Waiver, guides: readonly Guide[]): string | undefined {
  const { kind, compensatedBy } = waiver;
  if (kind === 'waived')
    return compensatedBy === undefined ? undefined : 'compensatedBy belongs to kind mitigated';
  if (compensatedBy === undefined) return 'mitigated needs compensatedBy: the control that makes up for it';
  const control = guides.flatMap(({ controls }) => controls).find(({ id }) => id === compensatedBy);
  if (control === undefined) return `compensatedBy: there is no control ${compensatedBy}`;
  return unfit(control, matchedControls(waiver.match, guides));
}

/** A control cannot make up for itself, nor for one that is judged on more than it is. */
function unfit(compensating: Control, waived: readonly Control[]): string | undefined {
  if (waived.some(({ id }) => id === compensating.id))
    return `${compensating.id} cannot make up for its own violation`;
  const wider = waived.find(({ scope }) => widths[scope] > widths[compensating.scope]);
  if (wider === undefined) return undefined;
  return `${compensating.id} is judged on each ${compensating.scope}, and cannot make up for ${wider.id}, judged on each ${wider.scope}`;
}

/** Why no finding can ever fit the waiver's match, in a sentence; undefined when one may. */
export function waiverMatchesNever({ match }: Waiver, guides: readonly Guide[]): string | undefined {
  const { guide, control } = match;
  if (guide !== undefined && !guides.some(({ id }) => globMatcher(guide)(id)))
    return `there is no guide ${guide}`;
  const controls = matchedControls(match, guides);
  if (controls.length > 0) return neverJudgedThere(match, controls);
  return `there is no control ${control ?? '*'}${guide === undefined ? '' : ` in guide ${guide}`}`;
}

/** A control that is judged on models has no application that a pattern could fit. */
function neverJudgedThere(match: RuleMatch, controls: readonly Control[]): string | undefined {
  const narrowest = Math.min(...controls.map(({ scope }) => widths[scope]));
  if (match.application !== undefined && narrowest > widths.application)
    return 'what it waives is never judged on an application';
  if (match.model !== undefined && narrowest > widths.model)
    return 'what it waives is never judged on a model';
  return undefined;
}

function matchedControls(match: RuleMatch, guides: readonly Guide[]): readonly Control[] {
  const isGuide = globMatcher(match.guide ?? '*');
  const isControl = globMatcher(match.control ?? '*');
  return guides
    .filter(({ id }) => isGuide(id))
    .flatMap(({ controls }) => controls.filter(({ id }) => isControl(id)));
}
