/** The page on adding a guide shows code that is really there, and its tables name what there is. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from '@jest/globals';
import { MarkdownPage } from '../support/markdown.js';

const root = join(import.meta.dirname, '../..');
const file = join(root, 'docs/adding-a-guide.md');
const text = readFileSync(file, 'utf8');

/** Blocks that name the file they are from in their first line. */
const pieces = MarkdownPage.read(file).blocks.map((block) => {
  const [first = '', ...lines] = block.text.split('\n');
  return { line: block.line, path: first.replace('// ', ''), code: lines.join('\n').trimEnd() };
});

describe('adding a guide', () => {
  test.each(pieces.map((piece) => [`line ${piece.line}: ${piece.path}`, piece] as const))(
    '%s is as the page shows it',
    (_, { path, code }) => {
      expect(code.length).toBeGreaterThan(20);
      expect(readFileSync(join(root, path), 'utf8')).toContain(code);
    },
  );

  it('shows a control, its question, its tests, the guide and its line in the registry', () => {
    expect(pieces.length).toBeGreaterThanOrEqual(6);
  });

  it('names judgements and remedies that guides share', () => {
    const shared = globSync('src/guides/shared/**/*.ts', { cwd: root })
      .map((path) => readFileSync(join(root, path), 'utf8'))
      .join('\n');
    const rows = [...text.matchAll(/^\| [^|]+ \| (`\w+`.*) \| (.*) \|$/gm)];
    const named = rows.flatMap(([row]) => [
      ...row.matchAll(/`(\w+(?:Judgement|Reme\w+|Relation|Grade|Transport|Isolation))`/g),
    ]);
    expect(named.length).toBeGreaterThan(15);
    expect(named.map(([, name = '']) => name).filter((name) => !shared.includes(`function ${name}`))).toEqual(
      [],
    );
  });

  it('names places that there are', () => {
    const places = [...text.matchAll(/`((?:src|test|docs)\/[\w./-]+)`/g)].map(([, place = '']) => place);
    expect(places.length).toBeGreaterThan(8);
    expect(places.filter((place) => !existsSync(join(root, place)))).toEqual([]);
  });
});
