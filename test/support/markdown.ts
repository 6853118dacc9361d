/** Reads Markdown as far as the tests of the documentation need it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface MarkdownLink {
  /** From 1 on. */
  readonly line: number;
  readonly target: string;
}

export interface CodeBlock {
  readonly line: number;
  readonly language: string;
  readonly text: string;
}

const left = new Set(['node_modules', 'dist', 'build', '.git', 'fixtures', '.venv', 'venv', '.tox']);

/** Every Markdown file below a folder, what was fetched or built left out. Paths begin with the folder. */
export function markdownFiles(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return left.has(entry.name) ? [] : markdownFiles(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

export class MarkdownPage {
  readonly links: readonly MarkdownLink[];
  readonly blocks: readonly CodeBlock[];
  /** The names that headings get as anchors. */
  readonly anchors: ReadonlySet<string>;

  constructor(text: string) {
    const blocks: CodeBlock[] = [];
    const prose = withoutBlocks(text.split('\n'), blocks);
    this.blocks = blocks;
    this.links = prose.flatMap((line, index) => linksIn(line).map((target) => ({ line: index + 1, target })));
    this.anchors = anchorsOf(prose);
  }

  static read(path: string): MarkdownPage {
    return new MarkdownPage(readFileSync(path, 'utf8'));
  }
}

/** The lines with those of code emptied, so that the numbers stay. */
function withoutBlocks(lines: readonly string[], blocks: CodeBlock[]): readonly string[] {
  let open: { line: number; fence: string; indent: number; language: string; text: string[] } | undefined;
  return lines.map((line, index) => {
    const [, space = '', fence = '', language = ''] = /^( *)(```+|~~~+) *([\w-]*)/.exec(line) ?? [];
    if (open === undefined) {
      if (fence === '') return line;
      open = { line: index + 1, fence, indent: space.length, language, text: [] };
      return '';
    }
    if (fence.startsWith(open.fence) && language === '') {
      blocks.push({ line: open.line, language: open.language, text: open.text.join('\n') });
      open = undefined;
    } else open.text.push(line.slice(open.indent));
    return '';
  });
}

function linksIn(line: string): readonly string[] {
  const prose = line.replaceAll(/`[^`]*`/g, '');
  const inline = [...prose.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)];
  const named = [...prose.matchAll(/^ {0,3}\[[^\]]+\]:\s*<?([^\s>]+)>?/g)];
  return [...inline, ...named].map(([, target = '']) => target);
}

/** As GitHub makes them: lower case, no punctuation, hyphens for spaces, a number behind what is there already. */
function anchorsOf(lines: readonly string[]): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const line of lines) {
    for (const [, id = ''] of line.matchAll(/<a (?:id|name)="([^"]+)"/g)) anchors.add(id);
    const [, heading] = /^#{1,6} +(.+?) *#*$/.exec(line) ?? [];
    if (heading === undefined) continue;
    const plain = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const name = plain.replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '').replaceAll(' ', '-');
    let free = name;
    for (let n = 1; anchors.has(free); n += 1) free = `${name}-${n}`;
    anchors.add(free);
  }
  return anchors;
}
