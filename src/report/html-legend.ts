import type { Report } from '../core/report/types.js';
import { html, type Html } from './html-template.js';

const outcomes = {
  pass: 'it was seen, and is as the guide asks.',
  fail: 'it was seen, and is not.',
  inconsistent: 'units differ; it counts as a failure.',
  unknown: 'it could not be seen. That is never taken for a pass; the finding names what would show it.',
  manual: 'no reading can settle it: a person has to look, or to attest it.',
  'not applicable': 'the control is about something that is not there.',
} as const;

/** How the page came about and what its words mean: for a reader who has nothing else at hand. */
export function legend({ source, policy, tool, generatedAt }: Report): Html {
  return html`<section aria-labelledby="legend" class="legend">
    <h2 id="legend">How to read this</h2>
    <dl>
      ${Object.entries(outcomes).map(([name, meaning]) => pair(name, meaning))}
      ${pair('waived', 'a named owner accepts it until a date. It is left out of the score, and shown.')}
      ${pair('score', 'the share of what passes, weighed by severity: critical 20, high 10, medium 5, low 2. Unknown counts as not passed.')}
      ${pair('evidence', 'what was seen against what was wanted, where and when. Secrets are never part of it.')}
      ${pair('made by', `${tool.name} ${tool.version} at ${generatedAt}, from ${source.name} by the road ${source.road}, under the policy ${policy.hash}`)}
    </dl>
  </section>`;
}

function pair(term: string, meaning: string): Html {
  return html`<dt>${term}</dt>
    <dd>${meaning}</dd>`;
}
