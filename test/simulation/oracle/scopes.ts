/** What the policy says of a place, worked out anew from its text: last rule wins, and what others manage is theirs. */
import type { FindingRef } from '../../../src/core/ports/index.js';
import type { DisruptivePolicy, Mode, Policy, RuleMatch } from '../../../src/core/policy/policy.js';
import { defaultRails, type Rails, type WindowRule } from '../../../src/core/policy/rails.js';

export interface Word {
  readonly mode: Mode;
  readonly disruptive: DisruptivePolicy;
  readonly enabled: boolean;
  readonly rails: Rails;
  readonly windows: readonly WindowRule[];
  readonly managed: boolean;
}

export function wordOn({ control, guide, target }: FindingRef, policy: Policy): Word {
  const names: Readonly<Record<string, string | undefined>> = {
    control,
    guide,
    controller: target.controller,
    model: target.model,
    application: target.application,
  };
  const speaks = ({ match }: { readonly match: RuleMatch }): boolean => fits(match, names);
  const rules = policy.rules.filter(speaks);
  const last = <T>(values: readonly (T | undefined)[], otherwise: T): T =>
    values.findLast((value) => value !== undefined) ?? otherwise;
  const rails = Object.assign({}, defaultRails, ...policy.limits.filter(speaks)) as Rails;
  return {
    mode: last(
      rules.map(({ mode }) => mode),
      policy.defaults.mode,
    ),
    disruptive: last(
      rules.map(({ disruptive }) => disruptive),
      policy.defaults.disruptive,
    ),
    enabled: last(
      rules.map(({ enabled }) => enabled),
      true,
    ),
    rails,
    windows: policy.windows.filter(speaks),
    managed: policy.managedBy.some(speaks),
  };
}

export function fits(match: RuleMatch, names: Readonly<Record<string, string | undefined>>): boolean {
  return Object.entries(match).every(([field, pattern]) => {
    const name = names[field];
    return name !== undefined && globbed(pattern as string).test(name);
  });
}

const globs = new Map<string, RegExp>();

function globbed(pattern: string): RegExp {
  const known = globs.get(pattern);
  if (known !== undefined) return known;
  const text = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const made = new RegExp(`^${text}$`);
  globs.set(pattern, made);
  return made;
}
