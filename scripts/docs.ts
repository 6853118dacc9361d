/** Writes docs/controls.md, the catalogue of all controls; `--check` says whether it is up to date. */
import type * as ControlSheets from '../src/cli/control-sheet.js';
import type * as Guides from '../src/guides/index.js';
import { fromDist } from './from-dist.ts';
import { writeOrCheck } from './generated.ts';

type Sheet = ControlSheets.ControlSheet;

const { guides } = await fromDist<typeof Guides>('guides/index.js');
const { controlSheet } = await fromDist<typeof ControlSheets>('cli/control-sheet.js');

const head = `# Controls

Generated from the guides in code by \`make docs\`; \`holdfast explain CONTROL\` prints the same.
Evidence: S Juju status, J other Juju calls, K Kubernetes, W inside the units, H Charmhub, A a statement by a named
owner, N our own history, P a probe of the units' ports, O the observability stack.
Fix: auto disturbs nobody; disruptive restarts something or cuts someone off; manual is for a person.
`;

const sections = guides.map((guide) => {
  const sheets = guide.controls.map((control) => controlSheet(control, guide));
  return [`## ${guide.title}`, '', `<${guide.url}>`, '', ...table(sheets), ...sheets.flatMap(page)].join(
    '\n',
  );
});

writeOrCheck(new Map([['docs/controls.md', `${[head, ...sections].join('\n')}\n`]]), 'make docs');

function table(sheets: readonly Sheet[]): string[] {
  const rows = sheets.map(
    ({ id, title, severity, evidence, remediation }) =>
      `| [${id}](#${anchor(id)}) | ${cell(title)} | ${severity} | ${evidence.join(' ')} | ${remediation} |`,
  );
  return ['| id | requirement | severity | evidence | fix |', '|---|---|---|---|---|', ...rows, ''];
}

/** As it is made of a heading: without dots. */
function anchor(id: string): string {
  return id.toLowerCase().replaceAll('.', '');
}

function page(sheet: Sheet): string[] {
  const { id, title, section, scope, rationale, manual, hazards, parameters, reasons, references } = sheet;
  const parameterLines = parameters.map(
    ({ name, type, default: value, description }) =>
      `- \`${name}\` (${type}${value === undefined ? '' : `, default \`${JSON.stringify(value)}\``})${description === undefined ? '' : `: ${description}`}`,
  );
  return [
    `### ${id}`,
    '',
    `**${title}.** ${rationale}`,
    '',
    `Section: ${section}. Judged on each ${scope}. Can be put right by: ${sheet.fixableBy}.`,
    '',
    `**By hand.** ${manual.replaceAll('\n', '  \n')}`,
    '',
    ...list(
      'Take care',
      hazards.map((hazard) => `- ${hazard}`),
    ),
    ...list('Parameters', parameterLines),
    ...list(
      'Reasons',
      Object.entries(reasons).map(([code, text]) => `- \`${code}\`: ${text}`),
    ),
    ...list(
      'Read on',
      references.map((url) => `- <${url}>`),
    ),
  ];
}

function list(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`**${title}**`, '', ...lines, ''];
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
