/** The documentation: its links lead somewhere, its policies can be used, its commands are commands of the program. */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { mistakesAgainst } from '../../src/config/policy/against-guides.js';
import { inspectPolicy } from '../../src/config/policy/load.js';
import { guides } from '../../src/guides/index.js';
import { MarkdownPage, markdownFiles, type CodeBlock } from '../support/markdown.js';
import { refusalOf } from '../support/refusal.js';
import { commandsIn, isOurs, typedIn } from '../support/shell-words.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const pages = new Map(markdownFiles(root.replace(/\/$/, '')).map((path) => [path, MarkdownPage.read(path)]));
const names = [...pages.keys()].map((path) => relative(root, path));
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-docs-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function pageOf(name: string): MarkdownPage {
  return pages.get(join(root, name)) ?? MarkdownPage.read(join(root, name));
}

function isElsewhere(target: string): boolean {
  return /^[a-z][a-z+.-]*:/i.test(target);
}

/** Where a link of a page leads: a path, and the anchor in it. */
function placeOf(name: string, target: string): { readonly path: string; readonly anchor: string } {
  const [file = '', anchor = ''] = target.split('#');
  const path = file === '' ? join(root, name) : resolve(root, dirname(name), decodeURIComponent(file));
  return { path, anchor };
}

/** Why a link leads nowhere; undefined when it does not. */
function brokenLink(name: string, target: string): string | undefined {
  const { path, anchor } = placeOf(name, target);
  if (!existsSync(path)) return `${target}: there is no ${relative(root, path)}`;
  if (anchor === '' || !path.endsWith('.md')) return undefined;
  return pageOf(relative(root, path)).anchors.has(anchor) ? undefined : `${target}: no such heading`;
}

describe('links', () => {
  test.each(names)('every relative link and anchor of %s leads somewhere', (name) => {
    const broken = pageOf(name)
      .links.filter(({ target }) => !isElsewhere(target))
      .flatMap(({ line, target }) => {
        const trouble = brokenLink(name, target);
        return trouble === undefined ? [] : [`line ${line}: ${trouble}`];
      });
    expect(broken).toEqual([]);
  });

  it('lead from the README to every page of docs', () => {
    const reached = new Set<string>();
    const ahead = [join(root, 'README.md')];
    for (const path of ahead) {
      if (reached.has(path)) continue;
      reached.add(path);
      for (const { target } of pages.get(path)?.links ?? []) {
        if (isElsewhere(target)) continue;
        const { path: next } = placeOf(relative(root, path), target);
        if (existsSync(next) && statSync(next).isDirectory()) ahead.push(...markdownFiles(next));
        else ahead.push(next);
      }
    }
    const lost = names.filter((name) => name.startsWith('docs/') && !reached.has(join(root, name)));
    expect(lost).toEqual([]);
  });

  it('are told apart from what only looks like one: code, other sites, headings of the same name', () => {
    const page = new MarkdownPage(
      '# A `b` c\n# A b c\n`[no](x)` [yes](y "t")\n```md\n[no](z)\n```\n[r]: w.md#q\n',
    );
    expect(page.links).toEqual([
      { line: 3, target: 'y' },
      { line: 7, target: 'w.md#q' },
    ]);
    expect([...page.anchors]).toEqual(['a-b-c', 'a-b-c-1']);
    expect(brokenLink('README.md', 'docs/nowhere.md')).toContain('there is no docs/nowhere.md');
    expect(brokenLink('README.md', 'CONTRIBUTING.md#nothing')).toContain('no such heading');
  });
});

interface Found extends CodeBlock {
  readonly name: string;
}

function blocksWhere(isWanted: (block: CodeBlock) => boolean): readonly Found[] {
  return names.flatMap((name) =>
    pageOf(name)
      .blocks.filter(isWanted)
      .map((block) => ({ ...block, name })),
  );
}

function titled<T extends Found>(blocks: readonly T[]): readonly (readonly [string, T])[] {
  return blocks.map((block) => [`${block.name}:${block.line}`, block] as const);
}

/** What is wrong with a policy, but for the files that it names, which nobody has here. */
function mistakesIn(text: string): readonly unknown[] {
  const file = join(folder, 'holdfast.yaml');
  writeFileSync(file, text);
  const { mistakes, policy } = inspectPolicy(file);
  return [...mistakes, ...mistakesAgainst(policy, guides)];
}

describe('whole policies', () => {
  const policies = blocksWhere(({ language, text }) => language === 'yaml' && /^kind: Policy$/m.test(text));

  test.each(titled(policies))('%s can be used', (_, { text }) => {
    expect(mistakesIn(text)).toEqual([]);
  });

  it('are looked at closely: a control that is none, a parameter that is none', () => {
    const text =
      'kind: Policy\nversion: v1\nrules:\n  - { match: { control: ETCD-ENCR-01 }, mode: propse }\n';
    expect(mistakesIn(text)).not.toEqual([]);
    expect(policies.length).toBeGreaterThan(10);
  });

  it('of the tutorial is the file beside it', () => {
    const lesson = policies
      .filter(({ name }) => name === 'docs/tutorial/simulator.md')
      .map(({ text }) => text);
    expect(lesson).toContain(readFileSync(join(root, 'docs/tutorial/holdfast.yaml'), 'utf8').trimEnd());
  });
});

describe('commands', () => {
  const shells = new Set(['console', 'shell', 'sh', 'bash']);
  const typed = blocksWhere(({ language }) => shells.has(language)).flatMap((block) =>
    commandsIn(typedIn(block.text))
      .filter(isOurs)
      .map((words) => ({ name: block.name, line: block.line, words })),
  );

  /** Commands in a sentence, where they have options; one without may only be spoken of. */
  const mentioned = names.flatMap((name) =>
    [...readFileSync(join(root, name), 'utf8').matchAll(/`(holdfast [^`]* --[^`]+)`/g)]
      .flatMap(([, text = '']) =>
        commandsIn(text.replaceAll(/\s+/g, ' ').replaceAll('--format FORM', '--format json')),
      )
      .filter(isOurs)
      .map((words) => ({ name, line: 'a sentence', words })),
  );

  it.each(names)('of holdfast in %s are commands of the program, with its own options', async (name) => {
    const wrong: string[] = [];
    for (const { line, words } of [...typed, ...mentioned].filter((one) => one.name === name)) {
      const refusal = await refusalOf(words.slice(1));
      if (refusal !== '') wrong.push(`line ${line}: ${words.join(' ')}: ${refusal.split('\n', 1).join('')}`);
    }
    expect(wrong).toEqual([]);
  });

  it('are found wherever they stand, and refused where they are none', async () => {
    const text =
      'A=1 holdfast audit --status - > x # c\njuju status | bin/holdfast plan --juju; source <(holdfast orders)';
    expect(commandsIn(text).filter(isOurs)).toEqual([
      ['holdfast', 'audit', '--status', '-'],
      ['bin/holdfast', 'plan', '--juju'],
      ['holdfast', 'orders'],
    ]);
    expect(await refusalOf(['audit', '--sattus', 'x'])).toContain('--sattus');
    expect(await refusalOf(['aduit'])).toContain('aduit');
    expect(await refusalOf(['approve'])).toContain('plan');
    expect(typed.length).toBeGreaterThan(50);
  });
});

describe('the reference', () => {
  it('has every variable of the environment that the program reads', () => {
    const source = readFileSync(join(root, 'src/config/environment.ts'), 'utf8');
    const read = [...source.matchAll(/value\('([A-Z0-9_]+)'\)/g)].map(([, name = '']) => name);
    const reference = readFileSync(join(root, 'docs/reference/environment.md'), 'utf8');
    expect(read.length).toBeGreaterThan(10);
    expect(read.filter((name) => !reference.includes(`\`${name}\``))).toEqual([]);
  });

  it('has every path of the API', () => {
    const { paths } = JSON.parse(readFileSync(join(root, 'docs/schemas/openapi.v1.json'), 'utf8')) as {
      paths: Record<string, unknown>;
    };
    const reference = readFileSync(join(root, 'docs/reference/http-api.md'), 'utf8');
    expect(Object.keys(paths).filter((path) => !reference.includes(path))).toEqual([]);
  });
});
