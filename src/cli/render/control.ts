import { controlArticle, type Block, type Part, type Term } from '../control-article.js';
import type { ControlSheet } from '../control-sheet.js';
import { columnsOf, styleFor, type Style } from './style.js';
import { hanging, pad, wrap } from './text.js';

interface Paper {
  readonly style: Style;
  readonly columns: number;
}

/** A control as a page to read; `now` (milliseconds since the epoch) dates its example of a waiver. */
export function renderControl(
  control: ControlSheet,
  look: { readonly columns?: number | undefined; readonly color: boolean; readonly now: number },
): string {
  const paper = { style: styleFor(look.color), columns: columnsOf(look.columns) };
  const parts = controlArticle(control, look.now).map((part) => partLines(part, paper));
  return `${[head(control, paper), ...parts].map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function head({ id, severity, title, guide, scope }: ControlSheet, { style, columns }: Paper): string[] {
  return [
    `${style.strong(id)}  ${style.severity(severity)}`,
    ...wrap(title, columns).map(style.strong),
    ...wrap(`${guide.title} ${guide.version}; judged on each ${scope}`, columns).map(style.faint),
  ];
}

function partLines({ title, blocks }: Part, paper: Paper): string[] {
  return [paper.style.strong(title), ...blocks.flatMap((block) => blockLines(block, paper))];
}

function blockLines(block: Block, { columns }: Paper): string[] {
  switch (block.kind) {
    case 'text':
      return hanging('  ', wrap(block.text, columns - 2));
    case 'list':
      return block.items.flatMap((item) => hanging('  - ', wrap(item, columns - 4)));
    case 'terms':
      return block.beside ? besideLines(block.terms, columns) : belowLines(block.terms, columns);
    case 'links':
      return block.urls.map((url) => `  ${url}`);
    case 'code':
      return ['', ...block.text.split('\n').map((line) => `    ${line}`)];
  }
}

/** Texts in a column beside their names, which may stick out. */
function besideLines(terms: readonly Term[], columns: number): string[] {
  const column = Math.min(28, Math.max(...terms.map(({ name }) => name.length))) + 2;
  return terms.flatMap(({ name, text }) =>
    hanging(`  ${pad(name, column)}`, wrap(text, columns - 2 - Math.max(column, name.length))),
  );
}

function belowLines(terms: readonly Term[], columns: number): string[] {
  return terms.flatMap(({ name, aside = '', text }) => [
    ...hanging('  ', wrap(`${name} ${aside}`.trim(), columns - 2)),
    ...(text === '' ? [] : hanging('      ', wrap(text, columns - 6))),
  ]);
}
