import { z } from 'zod';
import type { Control, Guide } from '../../core/control.js';
import { globMatcher } from '../../core/glob.js';
import type { Policy, PolicyRule, RuleMatch } from '../../core/policy/policy.js';
import { mistakesOf, throwMistakes, type Mistake } from '../mistakes.js';
import { didYouMean } from '../suggest.js';

/**
 * Holds a policy against the guides: patterns that no guide or control matches, parameters that no control has, values
 * that a control does not take. @throws InputError with every mistake.
 */
export function policyMistakes(policy: Policy, guides: readonly Guide[], file: string): void {
  throwMistakes(file, [
    ...policy.rules.flatMap((rule, index) => [
      ...nameMistakes(rule.match, guides, `rules[${index}].match`),
      ...paramMistakes(rule, matchedControls(rule.match, guides), `rules[${index}].params`),
    ]),
    ...policy.waivers.flatMap(({ match }, index) => nameMistakes(match, guides, `waivers[${index}].match`)),
  ]);
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
