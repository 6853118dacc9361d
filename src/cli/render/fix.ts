import type { ReportAction, ReportFinding, ReportRemediation } from '../../core/report/types.js';
import { commandLines } from './command.js';
import type { Page } from './report.js';
import { clean, cut, hanging, wrap } from './text.js';

const indent = '    ';

/** What to do next about a violation. */
export function fixLines(finding: ReportFinding, page: Page): string[] {
  const { remediation, fixableBy, upstream } = finding;
  if (fixableBy !== 'operator') return [...notByOperator(fixableBy, upstream, page), ...steps(finding, page)];
  if (remediation === undefined || remediation.actions.length === 0) return steps(finding, page);
  return [...remediation.actions.flatMap((action) => actionLines(action, page)), ...care(remediation, page)];
}

function notByOperator(fixableBy: string, upstream: string | undefined, page: Page): string[] {
  const who =
    fixableBy === 'none' ? 'nobody can put this right yet' : `only the ${fixableBy} can put this right`;
  const why = upstream === undefined ? '' : `: ${clean(upstream)}`;
  return hanging(indent, wrap(`${who}${why}`, page.columns - indent.length)).map(page.style.faint);
}

function actionLines(action: ReportAction, page: Page): string[] {
  const lines = commandLines(action.argv, page.columns - indent.length - 5);
  return hanging(`${indent}fix: `, lines);
}

function care(remediation: ReportRemediation, page: Page): string[] {
  if (remediation.kind !== 'disruptive') return [];
  const space = `${indent}     `;
  const lines = wrap('restarts or cuts off: holdfast plan names whom', page.columns - space.length);
  return hanging(space, lines.map(page.style.faint));
}

/** The longest beginning of a procedure that is shown, in characters. */
const most = 220;

/** The first sentence of the procedure; the whole of it is in `holdfast explain`. */
function steps({ remediation }: ReportFinding, page: Page): string[] {
  if (remediation?.procedure === undefined) return [];
  const whole = clean(remediation.procedure);
  const sentence = /^.{20,}?\.(?= [A-Z'])/.exec(whole)?.[0] ?? whole;
  const first = cut(sentence, most);
  const text = first === whole || first !== sentence ? first : `${first} …`;
  return hanging(`${indent}do:  `, wrap(text, page.columns - indent.length - 5));
}
