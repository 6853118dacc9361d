import { seconds } from '../core/duration.js';
import type { ControlSheet } from './control-sheet.js';
import { wrap } from './render/text.js';
import { scalar } from './yaml-scalar.js';

/** Stands for the places of somebody else's estate. */
const places: Readonly<Record<ControlSheet['scope'], string>> = {
  controller: 'controller: prod',
  model: 'controller: prod, model: data',
  application: 'model: data, application: APPLICATION',
};

/**
 * A policy with a waiver for the control as its advice has it, for the longest time that is advised from `now`
 * (milliseconds since the epoch) on; undefined where nobody gave advice.
 */
export function waiverExample({ id, scope, waiving }: ControlSheet, now: number): string | undefined {
  if (waiving === undefined) return undefined;
  const { reason, compensatedBy } = waiving;
  return [
    'kind: Policy',
    'version: v1',
    'waivers:',
    `  - id: ${id.toLowerCase()}-for-now`,
    `    kind: ${compensatedBy === undefined ? 'waived' : 'mitigated'}`,
    `    match: { ${places[scope]}, control: ${id} }`,
    ...(compensatedBy === undefined ? [] : [`    compensatedBy: ${compensatedBy}`]),
    ...reasonLines(reason),
    '    owner: platform-team',
    `    expires: ${endOf(now, waiving.atMost)}`,
  ].join('\n');
}

/** Folded where it would be long. */
function reasonLines(reason: string): readonly string[] {
  const short = `    reason: ${scalar(reason)}`;
  if (short.length <= 72) return [short];
  return ['    reason: >-', ...wrap(reason, 66).map((line) => `      ${line}`)];
}

/** The first midnight (UTC) that is within the time. */
function endOf(now: number, atMost: string): string {
  return `${new Date(now + seconds(atMost) * 1000).toISOString().slice(0, 10)}T00:00:00Z`;
}
