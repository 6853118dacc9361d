import { columnsOf, styleFor } from '../render/style.js';
import { clean, counted, hanging, pad, wrap } from '../render/text.js';
import type { DataSheet, TableSheet } from './sheet.js';

interface Look {
  readonly columns: number | undefined;
  readonly color: boolean;
}

/** The state of the knowledge data as a text for people. */
export function renderDataSheet(sheet: DataSheet, look: Look): string {
  const style = styleFor(look.color);
  const columns = columnsOf(look.columns);
  const told = (items: readonly string[]): string[] =>
    items.flatMap((item) => hanging('  - ', wrap(clean(item), columns - 4)));
  const { overlaid, stale } = sheet;
  const laid =
    overlaid.length === 0 ? [] : ['', style.strong('Laid over the shipped data'), ...told(overlaid)];
  const old = stale.length === 0 ? [] : ['', style.strong('Too old'), ...told(stale)];
  const end =
    stale.length === 0 ? style.good('The data are valid and up to date.') : style.strong(closing(stale));
  const rows = tableLines(sheet.tables);
  return `${[style.strong(rows[0] ?? ''), ...rows.slice(1), '', ...facts(sheet), ...laid, ...old, '', end].join('\n')}\n`;
}

function tableLines(tables: readonly TableSheet[]): readonly string[] {
  const head = ['Table', 'Entries', 'Own', 'Looked through', 'Age'];
  const rows = tables.map(({ table, entries, own, date, ageDays, stale }) => [
    table,
    String(entries),
    String(own),
    date,
    `${ageDays} d${stale ? ', too old' : ''}`,
  ]);
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) =>
    row
      .map((cell, column) => pad(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function facts({ advisories, channels }: DataSheet): readonly string[] {
  const severities = Object.entries(advisories.bySeverity).map(([name, count]) => `${count} ${name}`);
  const rated = severities.length === 0 ? '' : ` (${severities.join(', ')})`;
  const newest = advisories.newest === undefined ? '' : `, the newest of ${advisories.newest}`;
  const since = channels.oldestAsked === undefined ? '' : `, first on ${channels.oldestAsked}`;
  return [
    `Advisories: ${advisories.count}${rated}${newest}`,
    `Channels: ${counted(channels.tracks, 'track')}, of which Charmhub was asked about ${channels.asked}${since}`,
  ];
}

function closing(stale: readonly string[]): string {
  return `The data are valid; ${counted(stale.length, 'table')} must be looked through anew.`;
}
