import type { Dict } from '../dict.js';
import { globMatcher } from '../glob.js';
import type { Target } from '../target.js';
import type { DisruptivePolicy, Mode, Policy, PolicyRule, Profile, RuleMatch } from './policy.js';
import { defaultRails, type ManagedBy, type Rails, type WindowRule } from './rails.js';

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
  readonly rails: Rails;
  /** The windows that speak of it. */
  readonly windows: readonly WindowRule[];
  /** Who else owns it: then it is proposed at most. */
  readonly managedBy?: ManagedBy['tool'];
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
 * Compiles the rules once; the function returned gives the policy for a control on a target. Settings that nothing
 * special speaks of are one object.
 */
export function settingsResolver(
  policy: Policy,
): (target: Target, guide: string, control: string) => Settings {
  const base: Settings = { ...policy.defaults, enabled: true, params: {}, rails: defaultRails, windows: [] };
  if (!hasExceptions(policy)) return () => base;
  const layers = layersOf(policy);
  return (target, guide, control) => {
    const scope = { ...target, guide, control };
    return layers.reduce((settings, { lay, matches }) => (matches(scope) ? lay(settings) : settings), base);
  };
}

/** Whether the policy says anything of some targets that it does not say of all. */
export function hasExceptions({ rules, limits, windows, managedBy }: Policy): boolean {
  return rules.length + limits.length + windows.length + managedBy.length > 0;
}

interface Layer {
  readonly matches: Matcher;
  readonly lay: (settings: Settings) => Settings;
}

/** What is managed elsewhere comes last: no rule may lift it. */
function layersOf({ rules, limits, windows, managedBy }: Policy): readonly Layer[] {
  return [
    ...rules.map((rule) => layer(rule.match, (settings) => overlaid(settings, rule))),
    ...limits.map(({ match, ...changes }) => layer(match, (settings) => limited(settings, changes))),
    ...windows.map((window) =>
      layer(window.match, (settings) => ({ ...settings, windows: [...settings.windows, window] })),
    ),
    ...managedBy.map(({ match, tool }) => layer(match, (settings) => managed(settings, tool))),
  ];
}

function layer(match: RuleMatch, lay: Layer['lay']): Layer {
  return { matches: scopeMatcher(match), lay };
}

function limited(settings: Settings, changes: Partial<Rails>): Settings {
  return { ...settings, rails: { ...settings.rails, ...changes } };
}

function managed(settings: Settings, tool: ManagedBy['tool']): Settings {
  return { ...settings, managedBy: tool, mode: settings.mode === 'enforce' ? 'propose' : settings.mode };
}

function overlaid(settings: Settings, rule: PolicyRule): Settings {
  return {
    ...settings,
    mode: rule.mode ?? settings.mode,
    profile: rule.profile ?? settings.profile,
    disruptive: rule.disruptive ?? settings.disruptive,
    enabled: rule.enabled ?? settings.enabled,
    params: rule.params === undefined ? settings.params : { ...settings.params, ...rule.params },
  };
}
