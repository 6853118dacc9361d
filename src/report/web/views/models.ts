import { severities } from '../../../core/outcome.js';
import { html, nothing, type Html } from '../../html-template.js';
import type { Shown } from '../shown.js';
import { modelSheets, type ModelSheet } from '../report-index.js';
import {
  columns,
  empty,
  figure,
  live,
  placeHref,
  placeText,
  scoreCell,
  severityCells,
  table,
} from './parts.js';
import type { Sheet, ViewContext } from './view.js';

/** Controllers and models with all that is in them. */
export function models({ shown }: ViewContext): Sheet {
  return {
    title: 'Models',
    body: live(
      'models',
      shown.once('models', () => modelTable(shown)),
    ),
  };
}

function modelTable({ index }: Shown): Html {
  const rows = modelSheets(index).map(modelRow);
  if (rows.length === 0) return empty('No model was judged yet.');
  return table('Score and findings of each model', modelColumns, rows, 'figures');
}

const modelColumns = columns(['Model'], ['score', 'applications', ...severities, 'unknown', 'waived']);

function modelRow({ place, standing, applications }: ModelSheet): Html {
  return html`<tr role="row">
    <th role="rowheader" scope="row">
      <a href="${placeHref(place)}">${placeText(place)}</a>
      ${place.model === undefined ? html`<span class="meta">the controller itself</span>` : nothing}
    </th>
    ${scoreCell(standing)} ${figure('applications', applications.length)} ${severityCells(standing)}
    ${figure('unknown', standing.unknown)} ${figure('waived', standing.waived)}
  </tr>`;
}
