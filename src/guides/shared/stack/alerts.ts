/** Whether the alert rules of an application are at work, held against the relations that bring them. */
import type { ApplicationView } from '../../../core/evaluate/view.js';
import { inconsistent, unsettled, type Judgement } from '../../../core/judgement.js';
import { isViolation } from '../../../core/outcome.js';
import { worst } from '../combine.js';
import { byEffect, effectReasons } from './by-effect.js';
import { bestOf, hasPart, stacksOf, type StackPlace } from './places.js';
import { alertsReach, receiverReasons, type AlertQuestion } from './receivers.js';
import { areRules, ruleReasons, rulesAt, rulesLoaded } from './rules.js';

/** The reasons that `alertsInEffect` adds to those of the relations. */
export const alertReasons = {
  ...effectReasons,
  ...ruleReasons,
  ...receiverReasons,
  AlertRulesNotObserved: 'Metrics reach COS; whether the rules are loaded there only Prometheus can tell.',
  RulesWithoutRelation:
    'Prometheus has loaded the rules, and no relation brings them: they may be what an earlier one left.',
} as const;

type Question = Omit<AlertQuestion, 'rules'>;

/**
 * Whether rules are loaded and, where the policy names an Alertmanager, reach somebody. What Prometheus says decides;
 * the relations alone settle nothing but that nothing can have come.
 */
export function alertsInEffect(app: ApplicationView, way: Judgement, question: Question): Judgement {
  const effect = bestOf(stacksOf(app, 'prometheus').map((place) => alertsAt(app, place, question)));
  if (effect === undefined) return way.outcome === 'pass' ? rulesNotSeen(way) : way;
  if (way.outcome === 'pass') return byEffect(app, way, { effects: [effect], time: question.time });
  if (effect.outcome !== 'pass') return isViolation(way.outcome) ? worst(way, effect) : worst(effect, way);
  if (!isViolation(way.outcome)) return effect;
  const message = `${effect.message}, although ${way.message}`;
  return inconsistent('RulesWithoutRelation', message, ...way.evidence, ...effect.evidence);
}

function alertsAt(app: ApplicationView, place: StackPlace, question: Question): Judgement {
  const rules = rulesAt(app, place);
  if (!areRules(rules)) return rules;
  const loaded = rulesLoaded(app, place, rules);
  if (loaded.outcome !== 'pass' || !hasPart(place.stack, 'alertmanager')) return loaded;
  const reach = alertsReach(app, place, { ...question, rules: rules.own });
  const both = worst(loaded, reach);
  return both.outcome === 'pass' ? { ...both, message: `${loaded.message}; ${reach.message}` } : both;
}

function rulesNotSeen(way: Judgement): Judgement {
  const message = `${way.message}; whether the alert rules are loaded was not looked at; needs the address of Prometheus under observability in the policy`;
  return unsettled('AlertRulesNotObserved', message, ...way.evidence);
}
