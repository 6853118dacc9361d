/** Writes docs/controls, a page for each control with an index; `--check` says whether they are up to date. */
import type * as Articles from '../src/cli/control-article.js';
import type * as ControlSheets from '../src/cli/control-sheet.js';
import type * as Handbook from '../src/core/handbook.js';
import type * as Guides from '../src/guides/index.js';
import { controlPage, prose, written } from './control-page.ts';
import { fromDist } from './from-dist.ts';
import { writeOrCheck } from './generated.ts';
import { table } from './markdown.ts';

type Sheet = ControlSheets.ControlSheet;

const { guides } = await fromDist<typeof Guides>('guides/index.js');
const { controlSheet } = await fromDist<typeof ControlSheets>('cli/control-sheet.js');
const { controlArticle } = await fromDist<typeof Articles>('cli/control-article.js');
const { commonReasons, evidenceNeeds } = await fromDist<typeof Handbook>('core/handbook.js');

const folder = 'docs/controls';
const ids = new Set(guides.flatMap(({ controls }) => controls.map(({ id }) => id)));

const head = `# Controls

Every control has a page of its own, and a link to it lasts as long as its id. Generated from the guides in code by
\`make docs\`; \`holdfast explain CONTROL\` prints the same, \`holdfast controls\` lists them.

- [Evidence](#evidence): how a control is seen, and what that needs
- [Fix](#fix): what Holdfast may do about it
- [Waiving](#waiving): living with a violation for a while
${guides.map(({ id, title, controls }) => `- [${title}](#${id}): ${controls.length} controls`).join('\n')}

## Evidence

${table(['kind', 'what it is', 'what it needs'], evidenceRows()).join('\n')}
Where a page of a control says otherwise, the page is right. What is missing is told with each finding, as \`unknown\`, and
never counts as pass. [Credentials with the least rights](../how-to/credentials-with-least-rights.md) has the identities,
[the policy](../reference/policy.md) the keys.

Whatever a control's own reasons are, it can also give these:

${Object.entries(commonReasons)
  .map(([code, text]) => `- \`${code}\`: ${text}`)
  .join('\n')}

## Fix

- \`auto\`: a change that disturbs nobody.
- \`disruptive\`: a change that restarts something or cuts someone off. It needs an approval or a window.
- \`manual\`: for a person. The page has the procedure, and Holdfast never runs it.

[Windows and approvals](../how-to/windows-and-approvals.md) says how far Holdfast may go, [how it keeps an estate
safe](../explanation/safety.md) what holds it back.

## Waiving

A waiver lies over a finding and never hides it; it has an owner and an end. Each page says when one is right, what to put
in the control's place, how long at most, and has an example to begin with: put your own names in, and take the reason for
what it is, an example. Kind \`mitigated\` names the control that makes up for the violation, and lapses when that one does
not pass. Three cases where no waiver is needed: what the policy can declare (users, networks, channels) is better
declared; what a control asks too strictly is better set by its parameters; and what only the charm can put right pages
nobody anyway.
`;

function evidenceRows(): readonly (readonly string[])[] {
  const all = ['S', 'J', 'K', 'W', 'H', 'A', 'N', 'P', 'O'] as const;
  return evidenceNeeds(all).map(({ kind, name, needs }) => [kind, name, needs]);
}

const sheetsOf = new Map(
  guides.map((guide) => [guide.id, guide.controls.map((control) => controlSheet(control, guide))]),
);
const sections = guides.map(({ id, title, url }) =>
  [`<a id="${id}"></a>`, '', `## ${title}`, '', `<${url}>`, '', ...rows(sheetsOf.get(id) ?? [])].join('\n'),
);

function rows(sheets: readonly Sheet[]): readonly string[] {
  const names = ['id', 'requirement', 'severity', 'evidence', 'fix'];
  const lines = sheets.map(({ id, title, severity, evidence, remediation }) => [
    `[${id}](${id}.md)`,
    prose(title, new Set()),
    severity,
    evidence.join(' '),
    remediation,
  ]);
  return table(names, lines);
}

const pages = [...sheetsOf.values()]
  .flat()
  .map(
    (sheet) => [`${folder}/${sheet.id}.md`, controlPage(sheet, controlArticle(sheet, written), ids)] as const,
  );
const index = [`${folder}/index.md`, `${[head, ...sections].join('\n')}\n`.replace(/\n+$/, '\n')] as const;

writeOrCheck(new Map([index, ...pages]), 'make docs', folder);
