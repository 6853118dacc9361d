import type { Dict } from '../../dict.js';
import type { LabelExpression, LabelSelector } from '../object.js';

/** Whether labels fulfil a selector: all of its labels and all of its expressions; an empty one selects everything. */
export function selects(selector: LabelSelector, labels: Dict<string>): boolean {
  const { matchLabels = {}, matchExpressions = [] } = selector;
  for (const key of Object.keys(matchLabels)) if (labelOf(labels, key) !== matchLabels[key]) return false;
  return matchExpressions.every((expression) => holds(expression, labels));
}

/** `NotIn` holds for what lacks the label, too; an operator that is not known holds for nothing. */
function holds({ key, operator, values = [] }: LabelExpression, labels: Dict<string>): boolean {
  const value = labelOf(labels, key);
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}

/** A label of this name; what every object inherits is none. */
export function labelOf(labels: Dict<string>, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}
