import { durationText } from '../duration.js';
import type { Finding } from '../finding.js';
import type { Mark } from '../ports/index.js';
import { findingId } from '../report/build.js';
import { targetLabel } from '../target.js';
import { millis } from '../time.js';
import { leftAlone } from './holds.js';
import { standing } from './marks.js';
import type { Hold, Rail } from './rail.js';

/** What comes back again and again after it was put right is somebody else's wish: two parties undo each other. */
export const fight: Rail = ({ findings }, { marks, now }) => {
  const counting = standing(marks);
  for (const finding of findings) {
    const hold = fought(finding, counting, now);
    if (hold !== undefined) return { hold, note: `${finding.control.id} is fought over` };
  }
  return { note: 'nobody undoes it' };
};

function fought(finding: Finding, marks: readonly Mark[], now: number): Hold | undefined {
  const { flips, flipWindow } = finding.settings.rails;
  const recent = returns(about(finding, marks)).filter((at) => at > now - flipWindow * 1000);
  const decisive = recent.at(-flips);
  if (decisive === undefined) return undefined;
  const message =
    `${finding.control.id} on ${targetLabel(finding.target)} came back ${timesText(recent.length)} within ` +
    `${durationText(flipWindow)} after Holdfast put it right: somebody else undoes it. Settle who decides, then clear it`;
  return leftAlone('FoughtOver', message, decisive + flipWindow * 1000);
}

function timesText(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

/** In the order of their times. A mark without the finding's id is known by its place. */
function about({ control, target }: Finding, marks: readonly Mark[]): readonly Mark[] {
  const id = findingId(control.id, target);
  const own = marks.filter((mark) =>
    mark.finding === undefined
      ? mark.control === control.id && mark.model === target.model && mark.application === target.application
      : mark.finding === id,
  );
  return own.sort((a, b) => millis(a.at) - millis(b.at));
}

/** When it came back after it had been put right (ms). */
function returns(marks: readonly Mark[]): readonly number[] {
  let isFixed = false;
  const times: number[] = [];
  for (const { kind, at } of marks) {
    if (kind === 'fixed') isFixed = true;
    if (kind !== 'drift' || !isFixed) continue;
    isFixed = false;
    times.push(millis(at));
  }
  return times;
}
