import type { Quarantine } from '../ports/index.js';
import { targetLabel, type Target } from '../target.js';
import { leftAlone } from './holds.js';
import type { Rail } from './rail.js';

/** A control is left alone on its target until a person clears it. */
export const quarantine: Rail = ({ findings }, { orders }) => {
  const found = orders.quarantines.find((one) =>
    findings.some(({ control, target }) => control.id === one.control && lies(target, one.target)),
  );
  if (found === undefined) return { note: 'not in quarantine' };
  return { hold: leftAlone(found.reason, text(found)), note: `${found.control} in quarantine` };
};

const fields = ['controller', 'model', 'application', 'unit', 'user', 'name'] as const;

/** Whether one target is the other, or a part of it. */
function lies(target: Target, within: Target): boolean {
  return fields.every((field) => within[field] === undefined || within[field] === target[field]);
}

function text({ control, target, since, message }: Quarantine): string {
  return `${control} on ${targetLabel(target)} is left alone since ${since} until a person clears it: ${message}`;
}
