import type { ReportAction, ReportRemediation } from '../core/report/types.js';
import { html, nothing, shellLine, type Html } from './html-template.js';

const ways: Readonly<Record<ReportRemediation['kind'], string>> = {
  auto: 'disturbs nobody',
  disruptive: 'restarts something or cuts someone off',
  manual: 'by a person',
};

/** How it is put right: the commands, each with its effect and how it is undone, or the steps for a person. */
export function remedy(remediation: ReportRemediation | undefined): Html {
  if (remediation === undefined) return nothing;
  const { kind, actions, procedure } = remediation;
  return html`<div class="remedy">
    <p class="soft">How to put it right · ${ways[kind]}</p>
    ${actions.map(actionItem)} ${procedure === undefined ? nothing : html`<p class="steps">${procedure}</p>`}
  </div>`;
}

function actionItem({ argv, effect, inverse }: ReportAction): Html {
  return html`<pre>${shellLine(argv)}</pre>
    <p>${effect}</p>
    ${inverse === undefined ? nothing : undo(inverse)}`;
}

function undo(inverse: readonly (readonly string[])[]): Html {
  return html`<p class="soft">Undone by</p>
    ${inverse.map((argv) => html`<pre>${shellLine(argv)}</pre>`)}`;
}
