import { ledgerStates, type LedgerState } from '../core/policy/ledger.js';
import type { ReportLedgerEntry } from '../core/report/types.js';
import { html, nothing, time, type Html } from './html-template.js';

const colours: Readonly<Record<LedgerState, string>> = {
  invalid: 'critical',
  duplicate: 'high',
  'never-matching': 'high',
  expired: 'high',
  lapsed: 'high',
  unused: 'medium',
  expiring: 'medium',
  active: 'good',
};

/** The ledger of the policy's waivers, what somebody should see to first. */
export function ledgerSection(ledger: readonly ReportLedgerEntry[] = []): Html {
  if (ledger.length === 0) return nothing;
  const sorted = ledgerStates.flatMap((state) => ledger.filter((entry) => entry.state === state));
  return html`<section aria-labelledby="waivers">
    <h2 id="waivers">Ledger of waivers <span class="count">${ledger.length}</span></h2>
    <table class="stack ledger" role="table">
      <caption>
        The waivers of the policy, each with its state
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          ${['State', 'Waiver', 'Waives', 'Lies over', 'Ends'].map(columnHeader)}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${sorted.map(entryRow)}
      </tbody>
    </table>
  </section>`;
}

function columnHeader(title: string): Html {
  return html`<th role="columnheader" scope="col">${title}</th>`;
}

function entryRow(entry: ReportLedgerEntry): Html {
  const { state, id, kind, owner, reason, message, compensatedBy, covers, matched, expiresAt } = entry;
  return html`<tr role="row">
    <td role="cell"><span class="tag ${colours[state]}">${state}</span></td>
    <th role="rowheader" scope="row">
      ${id}
      <p class="plain">${reason}</p>
      <p class="meta">${kind} by ${owner}: ${message}</p>
    </th>
    <td role="cell" data-label="Waives">
      ${matchText(entry)}
      ${compensatedBy === undefined ? nothing : html`<p class="meta">while ${compensatedBy} passes</p>`}
    </td>
    <td role="cell" class="number" data-label="Lies over">${covers} of ${matched}</td>
    <td role="cell" data-label="Ends">${time(expiresAt)}</td>
  </tr>`;
}

/** `control ETCD-*, model data`. */
function matchText({ match }: ReportLedgerEntry): string {
  return Object.entries(match)
    .map(([field, pattern]) => `${field} ${String(pattern)}`)
    .join(', ');
}
