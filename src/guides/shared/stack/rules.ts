/** Whether Prometheus has loaded alert rules for an application. */
import type { Dict } from '../../../core/dict.js';
import type { ApplicationView } from '../../../core/evaluate/view.js';
import { isKnown, type Fact, type Known } from '../../../core/fact.js';
import { evidenceOf, fail, notSeen, pass, type Judgement } from '../../../core/judgement.js';
import type { AlertRule } from '../../../core/observability/stack.js';
import { listed } from '../gather.js';
import { notAsked, stackReasons, type StackPlace } from './places.js';

/** The reasons that judgements of rules give. */
export const ruleReasons = {
  ...stackReasons,
  NoAlertRuleLoaded: 'Prometheus has loaded no alert rule that is about the application.',
  AlertRulesBroken: 'Prometheus cannot evaluate some of the alert rules: they never fire.',
} as const;

/** Why rules that have to cover something do not. */
export const topicReasons = {
  ...ruleReasons,
  AlertRulesMissing:
    'Alert rules are loaded, and none of them is about some of what has to call for attention.',
} as const;

/**
 * Rules that the libraries of COS add to every application, whatever it is (cosl: generic alert groups): they tell that
 * nothing is measured, and nothing of the application itself.
 */
const generic = /^(Aggregator)?Host(Down|MetricsMissing)$/;

/** The rules of a place that are about an application. */
export interface OwnRules {
  readonly fact: Known<Dict<readonly AlertRule[]>>;
  /** Labelled with the application, or with its whole model. */
  readonly own: readonly AlertRule[];
  /** About whatever has the metric. */
  readonly general: readonly AlertRule[];
}

const wanted = 'alert rules about the application';

/** The rules, or why they cannot be told. */
export function rulesAt(app: ApplicationView, place: StackPlace): OwnRules | Judgement {
  const fact: Fact<Dict<readonly AlertRule[]>> | undefined = place.telemetry?.get('rules');
  if (fact === undefined) return notAsked(place, app);
  if (!isKnown(fact)) return notSeen(fact, wanted);
  const general = place.stack.get('generalRules');
  if (!isKnown(general)) return notSeen(general, wanted);
  const own = [...(fact.value[app.name] ?? []), ...(fact.value[''] ?? [])];
  return { fact, own, general: general.value };
}

export function areRules(rules: OwnRules | Judgement): rules is OwnRules {
  return 'own' in rules;
}

/** Whether any rule is about the application itself, and all of its rules can be evaluated. */
export function rulesLoaded(app: ApplicationView, place: StackPlace, { fact, own }: OwnRules): Judgement {
  const where = `Prometheus of ${place.stack.name}`;
  const specific = own.filter(({ name }) => !generic.test(name));
  const seen = evidenceOf(fact, rulesText(own), wanted);
  if (specific.length === 0)
    return fail('NoAlertRuleLoaded', `${where} has loaded no alert rule about ${app.name}`, seen);
  const broken = specific.filter(isBroken);
  if (broken.length > 0) return brokenRules(where, fact, broken);
  return pass(`${where} has loaded ${specific.length} alert rules about ${app.name}`, seen);
}

/** Names of rules any of which covers a topic. */
export type Topics = Readonly<Record<string, readonly string[]>>;

/** Whether each topic is covered by a rule that can be evaluated. Rules about everything count by their names. */
export function topicsCovered(
  app: ApplicationView,
  { place, rules }: { readonly place: StackPlace; readonly rules: OwnRules },
  topics: Topics,
): Judgement {
  const where = `Prometheus of ${place.stack.name}`;
  const names = new Set(Object.values(topics).flat());
  const about = [...rules.own, ...rules.general].filter(({ name }) => names.has(name));
  const seen = evidenceOf(rules.fact, rulesText(about), `rules about ${Object.keys(topics).join(', ')}`);
  if (about.length === 0)
    return fail('NoAlertRuleLoaded', `${where} has loaded none of the alert rules for ${app.name}`, seen);
  const broken = about.filter(isBroken);
  if (broken.length > 0) return brokenRules(where, rules.fact, broken);
  const loaded = new Set(about.map(({ name }) => name));
  const missing = Object.keys(topics).filter((topic) => !topics[topic]?.some((name) => loaded.has(name)));
  if (missing.length > 0)
    return fail(
      'AlertRulesMissing',
      `${where} has no alert rule for ${app.name} about ${missing.join(', ')}`,
      seen,
    );
  return pass(
    `${where} has loaded alert rules for ${app.name} about ${Object.keys(topics).join(', ')}`,
    seen,
  );
}

function isBroken({ health }: AlertRule): boolean {
  return health === 'err';
}

function brokenRules(where: string, fact: Known<unknown>, broken: readonly AlertRule[]): Judgement {
  const names = listed(
    broken.map(({ name }) => name),
    ', ',
  );
  const why = listed(broken.map(({ name, trouble = 'no reason told' }) => `${name}: ${trouble}`));
  return fail(
    'AlertRulesBroken',
    `${where} cannot evaluate ${names}`,
    evidenceOf(fact, why, 'rules that work'),
  );
}

function rulesText(rules: readonly AlertRule[]): string {
  const names = [...new Set(rules.map(({ name }) => name))];
  return names.length === 0 ? 'none' : listed(names, ', ');
}
