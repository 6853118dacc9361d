import { z } from 'zod';
import type { Control, Guide } from '../../core/control.js';
import { globMatcher } from '../../core/glob.js';
import { waiverFault } from '../../core/policy/ledger-form.js';
import type { Policy, PolicyRule, RuleMatch, Waiver } from '../../core/policy/policy.js';
import { mistakesOf, throwMistakes, type Mistake } from '../mistakes.js';
import { didYouMean } from '../suggest.js';

/**
 * Holds a policy against the guides: rules, limits, windows and attestations that no guide or control matches, parameters that no
 * control has, values that a control does not take, waivers that can never count.
 * @throws InputError with every mistake.
 */
export function policyMistakes(policy: Policy, guides: readonly Guide[], file: string): void {
  throwMistakes(file, mistakesAgainst(policy, guides));
}

/** The same mistakes as a list. A waiver whose pattern matches nothing is none: the ledger shows it. */
export function mistakesAgainst(policy: Policy, guides: readonly Guide[]): Mistake[] {
  return [
    ...policy.rules.flatMap((rule, index) => [
      ...nameMistakes(rule.match, guides, `rules[${index}].match`),
      ...paramMistakes(rule, matchedControls(rule.match, guides), `rules[${index}].params`),
    ]),
    ...policy.limits.flatMap(({ match }, index) => nameMistakes(match, guides, `limits[${index}].match`)),
    ...policy.windows.flatMap(({ match, name }) => nameMistakes(match, guides, `windows: ${name}: match`)),
    ...policy.managedBy.flatMap(({ match }, index) =>
      nameMistakes(match, guides, `managedBy[${index}].match`),
    ),
    ...policy.attestations.flatMap(({ match, id }) =>
      nameMistakes(match, guides, `attestations: ${id}: match`),
    ),
    ...(policy.notify?.routes ?? []).flatMap(({ match }, index) =>
      nameMistakes(match, guides, `notify.routes[${index}].match`),
    ),
    ...policy.waivers.flatMap((waiver) => compensationMistakes(waiver, guides)),
  ];
}

/** What the patterns of a waiver name that does not exist, with what may have been meant. */
export function waiverNameMistakes({ match }: Waiver, guides: readonly Guide[]): Mistake[] {
  return nameMistakes(match, guides, 'match');
}

function compensationMistakes(waiver: Waiver, guides: readonly Guide[]): Mistake[] {
  const fault = waiverFault(waiver, guides);
  if (fault === undefined) return [];
  const ids = guides.flatMap(({ controls }) => controls.map(({ id }) => id));
  const { id, compensatedBy } = waiver;
  const meant =
    compensatedBy === undefined || ids.includes(compensatedBy) ? '' : didYouMean(compensatedBy, ids);
  return [`waivers: ${id}: ${fault}${meant}`];
}

function nameMistakes(match: RuleMatch, guides: readonly Guide[], path: string): Mistake[] {
  return [
    ...unmatched(
      match.guide,
      guides.map(({ id }) => id),
      `${path}.guide`,
    ),
    ...unmatched(
      match.control,
      guides.flatMap(({ controls }) => controls.map(({ id }) => id)),
      `${path}.control`,
    ),
  ];
}

function unmatched(pattern: string | undefined, names: readonly string[], path: string): Mistake[] {
  if (pattern === undefined || names.some(globMatcher(pattern))) return [];
  return [`${path} "${pattern}" matches nothing${didYouMean(pattern, names)}`];
}

function matchedControls(match: RuleMatch, guides: readonly Guide[]): readonly Control[] {
  const isGuide = globMatcher(match.guide ?? '*');
  const isControl = globMatcher(match.control ?? '*');
  return guides
    .filter(({ id }) => isGuide(id))
    .flatMap(({ controls }) => controls.filter(({ id }) => isControl(id)));
}

function paramMistakes(rule: PolicyRule, controls: readonly Control[], path: string): Mistake[] {
  return Object.entries(rule.params ?? {}).flatMap(([name, value]) => {
    const takers = controls.filter((control) => name in shapeOf(control));
    const known = [...new Set(controls.flatMap((control) => Object.keys(shapeOf(control))))];
    if (takers.length === 0)
      return [`${path}.${name} is no parameter of these controls${didYouMean(name, known)}`];
    return takers.flatMap((control) => valueMistakes(control, name, value, path)).slice(0, 1);
  });
}

function valueMistakes(control: Control, name: string, value: unknown, path: string): Mistake[] {
  const result = z
    .object({ [name]: shapeOf(control)[name] ?? z.unknown() })
    .safeParse({ [name]: value }, { reportInput: true });
  return result.success
    ? []
    : mistakesOf(control.params, result.error.issues).map((mistake) => `${path}.${mistake} (${control.id})`);
}

function shapeOf(control: Control): Readonly<Record<string, z.ZodType>> {
  return control.params instanceof z.ZodObject ? control.params.shape : {};
}
