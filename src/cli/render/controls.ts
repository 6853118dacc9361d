import type { Guide } from '../../core/control.js';
import { columnsOf, styleFor } from './style.js';
import { counted, hanging, pad, width, wrap } from './text.js';

/** The catalogue: a line for each control under its guide. */
export function renderControls(
  guides: readonly Guide[],
  look: { readonly columns?: number | undefined; readonly color: boolean },
): string {
  const style = styleFor(look.color);
  const columns = columnsOf(look.columns);
  const sections = guides
    .filter(({ controls }) => controls.length > 0)
    .map(({ title, controls }) => [
      ...wrap(`${title} (${counted(controls.length, 'control')})`, columns).map(style.strong),
      ...controls.flatMap(({ id, severity, remediation, title: what }) => {
        const start = `  ${pad(id, 13)} ${style.severity(severity, pad(severity, 9))}${pad(remediation, 11)}`;
        return hanging(start, wrap(what, columns - width(start)));
      }),
    ]);
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}
