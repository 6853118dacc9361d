/** A table for each flow: its writes, and what became of it where the daemon was killed on either side of each. */
import type { Cut } from './flow-life.js';
import type { FlowResult } from './flow-matrix.js';
import { outcomeOf } from './outcome.js';
import { commandIn } from './write-label.js';

export function flowTable(name: string, results: readonly FlowResult[]): string {
  const points = new Map<string, Partial<Record<Cut['side'], string>>>();
  for (const result of results) {
    if (result.cut === undefined) continue;
    const { side, label, nth } = result.cut;
    const point = nth === 1 ? label : `${label} (${nth}.)`;
    points.set(point, { ...points.get(point), [side]: cellOf(result, result.cut) });
  }
  const lines = [...points].map(
    ([point, { before = '–', after = '–' }], index) => `| ${index + 1} | ${point} | ${before} | ${after} |`,
  );
  const head = ['| # | Write | Killed before it | Killed after it |', '| --- | --- | --- | --- |'];
  return [`### ${name}`, '', ...head, ...lines, ''].join('\n');
}

function cellOf(result: FlowResult, { side, label }: Cut): string {
  const { flow, killed, remediations, callsBefore, callsAfter } = result;
  if (!killed) return 'not reached';
  const isMeant = meantBy(label, result);
  const review = remediations.find(({ state }) => state === 'NeedsReview');
  const outcome = outcomeOf({
    state: review === undefined ? 'over' : `NeedsReview ${review.reason}`,
    before: callsBefore.filter(isMeant).length,
    after: callsAfter.filter(isMeant).length,
    wasOver: side === 'after' && /: (verified|RolledBack)/.test(label),
  });
  return flow.ends === 'RolledBack' ? outcome.replace('verified', 'undone') : outcome;
}

/** Whether a call is of the command that the label is about; of any, where it is about the change as a whole. */
function meantBy(label: string, { flow, steps }: FlowResult): (call: string) => boolean {
  const [command = ''] = label.replace(/^undo /, '').split(': ');
  if (!label.includes(': ') || command === flow.whole) return () => true;
  const undoing = new Set(
    steps.flatMap(({ kind, argv }) => (kind === 'undo' ? [argv.slice(1).join(' ')] : [])),
  );
  return (call) =>
    commandIn(['juju', ...call.split(' ')]) === command && undoing.has(call) === label.startsWith('undo ');
}
