import type { EvidenceKind } from '../../core/outcome.js';
import type { ControlSheet, ParameterSheet } from '../control-sheet.js';
import { columnsOf, styleFor, type Style } from './style.js';
import { hanging, pad, wrap } from './text.js';

const evidenceNames: Readonly<Record<EvidenceKind, string>> = {
  S: 'Juju status and relations',
  J: 'other Juju calls (settings, users, access)',
  K: 'Kubernetes objects',
  W: 'inside the units',
  H: 'Charmhub',
  A: 'a statement by a named owner',
  N: 'our own history',
  P: 'a probe of the units’ ports',
  O: 'the observability stack',
};

interface Sheet {
  readonly style: Style;
  readonly columns: number;
}

/** A control as a page to read. */
export function renderControl(
  control: ControlSheet,
  look: { columns?: number | undefined; color: boolean },
): string {
  const sheet = { style: styleFor(look.color), columns: columnsOf(look.columns) };
  const { style, columns } = sheet;
  const paragraphs = [
    [
      `${style.strong(control.id)}  ${style.severity(control.severity)}`,
      ...wrap(control.title, columns).map(style.strong),
      ...wrap(`${control.guide.title}, ${control.section}; judged on each ${control.scope}`, columns).map(
        style.faint,
      ),
    ],
    wrap(control.rationale, columns),
    section(
      'How it is seen',
      control.evidence.map((kind) => evidenceNames[kind]),
      sheet,
    ),
    section('How to put it right', steps(control.manual), sheet),
    section('Who and how', [whoAndHow(control)], sheet),
    section('Take care', control.hazards, sheet),
    parameters(control.parameters, sheet),
    reasons(control.reasons, sheet),
    section('Read on', control.references, sheet),
  ];
  return `${paragraphs
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function section(title: string, items: readonly string[], { style, columns }: Sheet): string[] {
  if (items.length === 0) return [];
  const bullet = items.length === 1 ? '  ' : '  - ';
  return [
    style.strong(title),
    ...items.flatMap((item) => hanging(bullet, wrap(item, columns - bullet.length))),
  ];
}

/** A procedure that is written as lines stays lines. */
function steps(manual: string): string[] {
  return manual
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

const ways: Readonly<Record<ControlSheet['remediation'], string>> = {
  auto: 'Holdfast can plan it, and it disturbs nobody',
  disruptive:
    'Holdfast can plan it, and it restarts something or cuts someone off: it needs an approval or a window',
  manual: 'a person has to do it',
};

function whoAndHow({ remediation, fixableBy }: ControlSheet): string {
  if (fixableBy === 'operator') return `${ways[remediation]}.`;
  return fixableBy === 'none'
    ? 'Nobody can put this right yet.'
    : `Only the ${fixableBy} can put this right.`;
}

function parameters(list: readonly ParameterSheet[], sheet: Sheet): string[] {
  if (list.length === 0) return [];
  const lines = list.flatMap(({ name, type, default: value, description }) => {
    const given = value === undefined ? '' : `, default ${JSON.stringify(value)}`;
    return [
      ...hanging('  ', wrap(`${name} (${type}${given})`, sheet.columns - 2)),
      ...(description === undefined ? [] : hanging('      ', wrap(description, sheet.columns - 6))),
    ];
  });
  return [sheet.style.strong('Parameters (params of a rule in the policy)'), ...lines];
}

function reasons(all: ControlSheet['reasons'], sheet: Sheet): string[] {
  const entries = Object.entries(all);
  if (entries.length === 0) return [];
  const column = Math.min(28, Math.max(...entries.map(([code]) => code.length))) + 2;
  const lines = entries.flatMap(([code, text]) =>
    hanging(`  ${pad(code, column)}`, wrap(text, sheet.columns - 2 - Math.max(column, code.length))),
  );
  return [sheet.style.strong('Reasons it can give'), ...lines];
}
