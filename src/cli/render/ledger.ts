import { ledgerStates } from '../../core/policy/ledger.js';
import type { ReportLedgerEntry } from '../../core/report/types.js';
import type { Page } from './report.js';
import { clean, hanging, pad, wrap } from './text.js';

/** The ledger of the waivers: the counts, and a line for each that somebody should see to. */
export function ledgerLines(ledger: readonly ReportLedgerEntry[], page: Page): string[] {
  if (ledger.length === 0) return [];
  const groups = ledgerStates.map((state) => ledger.filter((entry) => entry.state === state));
  const counts = groups.flatMap((group) =>
    group[0] === undefined ? [] : [`${group.length} ${group[0].state}`],
  );
  const told = groups.flat().filter(({ state }) => page.all || state !== 'active');
  return [
    ...wrap(`Ledger of waivers: ${counts.join(', ')}`, page.columns).map(page.style.strong),
    ...told.flatMap((entry) => line(entry, page)),
  ];
}

function line({ id, state, owner, message }: ReportLedgerEntry, page: Page): string[] {
  const start = `  ${pad(state, 14)} `;
  return hanging(start, wrap(clean(`${id} (${owner}): ${message}`), page.columns - start.length));
}
