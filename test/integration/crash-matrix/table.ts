/** Kill points of each kind of action, as a table. */
import { argvOf } from '../../../src/core/action/argv.js';
import type { Remediation } from '../../../src/core/ports/index.js';
import type { Kind } from './kinds.js';
import type { MatrixResult } from './matrix.js';
import { outcomeOf } from './outcome.js';

/** The writes on the way of every change, and both sides of each. */
export const targets: readonly string[] = ['intent', 'spawned', 'exited', 'Verifying', 'verified'].flatMap(
  (phase) => [`before ${phase}`, `after ${phase}`],
);

/** Where the daemon was killed, and how each kind ended after it, as Markdown. */
export function tableOf(kinds: readonly Kind[], results: readonly MatrixResult[]): string {
  const columns = targets.flatMap((target) => results.filter((result) => result.target === target));
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    row(['Kind', ...columns.map(({ target }) => target)]),
    row(['---', ...columns.map(() => '---')]),
    ...kinds.map((kind) => row([kind.name, ...columns.map((result) => cellOf(kind, result))])),
  ].join('\n');
}

/** Where an action stands. */
export function remediationsOf({ action }: Kind, { remediations }: MatrixResult): readonly Remediation[] {
  return remediations.filter(({ action: { args } }) => JSON.stringify(args) === JSON.stringify(action));
}

function cellOf(kind: Kind, result: MatrixResult): string {
  const death = result.deaths.find((one) => one.kind === kind.name);
  if (death === undefined) return 'not killed';
  const command = argvOf(kind.action).join(' ');
  const made = result.calls.flatMap((call, index) => (call === command ? [index] : []));
  const review = remediationsOf(kind, result).find(({ state }) => state === 'NeedsReview');
  const before = made.filter((index) => index < death.calls).length;
  return outcomeOf({
    state: review === undefined ? 'over' : `NeedsReview ${review.reason}`,
    before,
    after: made.length - before,
    wasOver: result.target === 'after verified',
  });
}
