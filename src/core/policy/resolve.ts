import type { Dict } from '../dict.js';
import { globMatcher } from '../glob.js';
import type { Target } from '../target.js';
import type { DisruptivePolicy, Mode, Policy, PolicyRule, Profile, RuleMatch } from './policy.js';

/** What a rule is matched against. */
export interface Scope {
  readonly controller?: string;
  readonly model?: string;
  readonly application?: string;
  readonly guide?: string;
  readonly control?: string;
}

/** The policy in force for one control on one target. */
export interface Settings {
  readonly mode: Mode;
  readonly profile: Profile;
  readonly disruptive: DisruptivePolicy;
  readonly enabled: boolean;
  readonly params: Dict<unknown>;
}

type Matcher = (scope: Scope) => boolean;

const fields = ['controller', 'model', 'application', 'guide', 'control'] as const;

/** Compiles a match: every pattern named in it must fit, and a scope without that field never fits. */
export function scopeMatcher(match: RuleMatch): Matcher {
  const tests = fields.flatMap((field) => {
    const pattern = match[field];
    return pattern === undefined ? [] : [{ field, fits: globMatcher(pattern) }];
  });
  return (scope) => tests.every(({ field, fits }) => fitsField(scope[field], fits));
}

function fitsField(name: string | undefined, fits: (name: string) => boolean): boolean {
  return name !== undefined && fits(name);
}

/**
 * Compiles the rules once; the function returned gives the policy for a control on a target. Settings that no rule
 * touches are one object.
 */
export function settingsResolver(
  policy: Policy,
): (target: Target, guide: string, control: string) => Settings {
  const base: Settings = { ...policy.defaults, enabled: true, params: {} };
  if (policy.rules.length === 0) return () => base;
  const rules = policy.rules.map((rule) => ({ rule, matches: scopeMatcher(rule.match) }));
  return (target, guide, control) => {
    const scope = { ...target, guide, control };
    return rules.reduce(
      (settings, { rule, matches }) => (matches(scope) ? overlaid(settings, rule) : settings),
      base,
    );
  };
}

function overlaid(settings: Settings, rule: PolicyRule): Settings {
  return {
    mode: rule.mode ?? settings.mode,
    profile: rule.profile ?? settings.profile,
    disruptive: rule.disruptive ?? settings.disruptive,
    enabled: rule.enabled ?? settings.enabled,
    params: rule.params === undefined ? settings.params : { ...settings.params, ...rule.params },
  };
}
