import type { Evidence } from '../core/judgement.js';
import { html, nothing, time, type Html } from './html-template.js';

/** What was seen against what was wanted, where and when. */
export function evidenceList(evidence: readonly Evidence[]): readonly Html[] {
  return evidence.map(evidenceItem);
}

function evidenceItem({ seen, wanted, source, observedAt, unit }: Evidence): Html {
  return html`<dl class="evidence">
    ${unit === undefined ? nothing : unitPair(unit)} ${pair('Seen', seen)} ${pair('Wanted', wanted)}
    ${pair('Where', source)} ${pair('When', time(observedAt))}
  </dl>`;
}

function unitPair(unit: string): Html {
  return html`<dt>Unit</dt>
    <dd class="unit">${unit}</dd>`;
}

function pair(term: string, value: string | Html): Html {
  return html`<dt>${term}</dt>
    <dd>${value}</dd>`;
}
