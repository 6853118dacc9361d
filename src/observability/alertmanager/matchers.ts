/** Conditions on labels as Alertmanager writes them: `severity="critical"`, `team=~"db|infra"`. */
import type { LabelMatcher } from '../../core/observability/stack.js';
import { ReadError } from '../http/read-error.js';
import { shortText } from '../hostile.js';

const one = /\s*"?([A-Za-z_][\w:.-]*)"?\s*(=~|!~|!=|=)\s*("(?:[^"\\]|\\.)*"|[^\s,{}"]*)\s*(?:,|$)/y;
const longest = 2000;

/** All conditions in one text, braces around it or not. @throws ReadError where it is not understood. */
export function matchersIn(text: string): readonly LabelMatcher[] {
  const body = text.trim().replace(/^\{(.*)\}$/s, '$1');
  const matchers: LabelMatcher[] = [];
  if (body.length > longest) throw notUnderstood();
  one.lastIndex = 0;
  while (one.lastIndex < body.length) {
    const [, label, operator = '=', value = ''] = one.exec(body) ?? [];
    if (label === undefined) throw notUnderstood();
    matchers.push(operated(label, operator, unquoted(value)));
  }
  return matchers;
}

function operated(label: string, operator: string, value: string): LabelMatcher {
  return matcher({ label, value, isRegex: operator.endsWith('~'), isEqual: !operator.startsWith('!') });
}

/** Fit to be kept. */
export function matcher({ label, value, ...kind }: LabelMatcher): LabelMatcher {
  return { label: shortText(label, 100), value: shortText(value, 500), ...kind };
}

function unquoted(value: string): string {
  return value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value;
}

function notUnderstood(): ReadError {
  return new ReadError('alertmanager has a route with a condition that is not understood');
}
