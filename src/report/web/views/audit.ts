import type { AuditRecord } from '../../../core/ports/index.js';
import { instant } from '../../../core/time.js';
import { html, nothing, time, type Html } from '../../html-template.js';
import { shellLine } from '../../html-template.js';
import type { Verified } from '../verification.js';
import { columns, empty, live, table } from './parts.js';
import type { Sheet, ViewContext } from './view.js';

const atOnce = 50;

/** Who changed what, when and why, the newest first, and whether the trail is as it was written. */
export async function audit({ journal, verification, query }: ViewContext): Promise<Sheet> {
  if (journal === undefined) return { title: 'Audit trail', body: empty('No journal is kept here.') };
  const before = beforeIn(query['before']);
  const range = before === undefined ? { newest: true } : { after: Math.max(0, before - 1 - atOnce) };
  const limit = before === undefined ? atOnce : Math.min(atOnce, before - 1);
  const records = limit < 1 ? [] : await journal.auditLog({ ...range, limit });
  const verified = await verification?.now();
  const list = records.length === 0 ? empty('Nothing was done yet.') : recordTable(records.toReversed());
  return {
    title: 'Audit trail',
    body: live('trail', html`${verdict(verified)} ${list} ${ways(records, before)}`),
  };
}

function beforeIn(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

function verdict(verified: Verified | undefined): Html {
  if (verified === undefined) return nothing;
  const { verdict: found, at } = verified;
  if (found.state === 'whole' && found.last < found.first) return nothing;
  if (found.state === 'broken')
    return html`<p class="notice bad">
      Record ${found.seq} is not as it was written: ${found.reason}. Looked at ${time(instant(at))}.
    </p>`;
  return html`<p class="notice good">
    Whole: every record from ${found.first} to ${found.last} is as it was written. Looked at
    ${time(instant(at))}.
    <span class="meta">last hash <code>${found.hash.slice(0, 16)}</code></span>
  </p>`;
}

function recordTable(records: readonly AuditRecord[]): Html {
  const rows = records.map(
    ({ seq, at, actor, event, why, body }) =>
      html`<tr role="row">
        <td role="cell" class="number" data-label="No.">${seq}</td>
        <td role="cell" data-label="When">${time(at)}</td>
        <td role="cell" data-label="Who"><b>${actor}</b></td>
        <th role="rowheader" scope="row">${event}</th>
        <td role="cell" data-label="Why">${why} ${more(seq, body)}</td>
      </tr>`,
  );
  return table(
    'Records of the audit trail, the newest first',
    columns(['No.', 'When', 'Who', 'What', 'Why']),
    rows,
  );
}

function more(seq: number, body: AuditRecord['body']): Html {
  const { argv } = body;
  const lines: readonly unknown[] = Array.isArray(argv) ? argv : [];
  const command =
    lines.every((part) => typeof part === 'string') && lines.length > 0 ? shellLine(lines) : undefined;
  return html`${command === undefined ? nothing : html`<p><code>${command}</code></p>`}
    <details class="quiet-fold" id="record-${seq}">
      <summary>All of it</summary>
      <pre tabindex="0">${JSON.stringify(body, null, 2)}</pre>
    </details>`;
}

function ways(records: readonly AuditRecord[], before: number | undefined): Html {
  const first = records[0]?.seq ?? 0;
  return html`<nav class="pager" aria-label="Pages">
    ${before === undefined ? nothing : html`<a href="/audit">Newest</a>`}
    ${first > 1 ? html`<a href="/audit?before=${first}" rel="next">Older</a>` : nothing}
  </nav>`;
}
