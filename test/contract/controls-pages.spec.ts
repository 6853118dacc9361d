/** The documentation of each control: complete, true to the code, and the same on paper and in the terminal. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { controlPage, written } from '../../scripts/control-page.js';
import { controlArticle } from '../../src/cli/control-article.js';
import { controlSheet } from '../../src/cli/control-sheet.js';
import { renderControl } from '../../src/cli/render/control.js';
import { waiverExample } from '../../src/cli/waiver-example.js';
import { mistakesAgainst, waiverNameMistakes } from '../../src/config/policy/against-guides.js';
import { inspectPolicy } from '../../src/config/policy/load.js';
import { commonReasons, type Publication } from '../../src/core/handbook.js';
import { guides } from '../../src/guides/index.js';
import * as publications from '../../src/guides/shared/publications.js';
import {
  articleAdvice,
  etcdAdvice,
  jujuAdvice,
  kafkaAdvice,
  mysqlAdvice,
  postgresqlAdvice,
  withoutAdvice,
} from './guide-advice.js';

const folder = fileURLToPath(new URL('../../docs/controls/', import.meta.url));
const all = guides.flatMap((guide) => guide.controls.map((control) => ({ guide, control })));
const ids = new Set(all.map(({ control }) => control.id));
const rows = all.map((one) => [one.control.id, one] as const);
const sheetOf = ({ guide, control }: (typeof all)[number]) => controlSheet(control, guide);

function pageText(id: string): string {
  return readFileSync(join(folder, `${id}.md`), 'utf8');
}

describe('the pages of the controls', () => {
  it('are one for each control, beside their index', () => {
    const names = readdirSync(folder).sort();
    expect(names).toEqual([...[...ids].map((id) => `${id}.md`), 'index.md'].sort());
  });

  test.each(rows)('%s: the page is current', (id, one) => {
    const sheet = sheetOf(one);
    expect(pageText(id)).toBe(controlPage(sheet, controlArticle(sheet, written), ids));
  });

  test.each(rows)('%s: the page has every reason that it can give, and no other', (id, { control }) => {
    const [, part = ''] = /\n## Reasons it can give\n([\s\S]*?)\n## /.exec(pageText(id)) ?? [];
    const told = [...part.matchAll(/^- `(\w+)`: \S/gm)].map(([, code = '']) => code);
    expect(told.sort()).toEqual([...Object.keys(control.reasons), ...Object.keys(commonReasons)].sort());
  });

  it('are all in the index, under their guides', () => {
    const index = pageText('index');
    expect(all.filter(({ control: { id } }) => !index.includes(`| [${id}](${id}.md) |`))).toEqual([]);
    expect(guides.filter(({ id }) => !index.includes(`<a id="${id}"></a>`))).toEqual([]);
  });
});

describe('holdfast explain', () => {
  test.each(rows)('%s: prints what the page has, in 80 columns', (_, one) => {
    const sheet = sheetOf(one);
    const printed = renderControl(sheet, { columns: 80, color: false, now: written });
    const words = printed.replaceAll(/\s+/g, ' ');
    for (const { title, blocks } of controlArticle(sheet, written)) {
      expect(printed).toContain(`\n${title}\n`);
      for (const block of blocks) if (block.kind === 'text') expect(words).toContain(block.text);
    }
    const wide = printed.split('\n').filter((line) => line.length > 80 && !/https:\/\/|^ {4}/.test(line));
    expect(wide).toEqual([]);
  });
});

describe('the handbook', () => {
  test.each(rows)('%s: says when it passes, how to waive it, and what would be changed', (_, { control }) => {
    const { handbook } = control;
    const texts = [handbook?.passes, handbook?.waiving.when].map((text) => text ?? '');
    expect(texts.filter((text) => !/^\S.{20,}\.$/s.test(text))).toEqual([]);
    expect(handbook?.waiving.instead).toMatch(/^[a-z].{10,}\.$/s);
    expect(handbook?.waiving.reason).toMatch(/^\S.{10,}[^.]$/);
    expect(handbook?.waiving.atMost).toMatch(/^(7|14|30|60|90|180|365)d$/);
    expect(handbook?.change !== undefined).toBe(control.remediate !== undefined);
    expect(Object.keys(handbook?.needs ?? {}).filter((kind) => !isSeenBy(control.evidence, kind))).toEqual(
      [],
    );
  });

  test.each(rows)('%s: names no parameter that it does not have', (_, one) => {
    const known = new Set(sheetOf(one).parameters.map(({ name }) => name));
    const text = JSON.stringify(one.control.handbook);
    const named = [...text.matchAll(/\bparameter ([a-z]\w*)/g)].map(([, name = '']) => name);
    const verbs = new Set(['names', 'asks', 'allows', 'of', 'back', 'is', 'it']);
    expect(named.filter((name) => !known.has(name) && !verbs.has(name))).toEqual([]);
  });

  it('names no control that there is not', () => {
    const named = all.flatMap(({ control: { id, handbook } }) =>
      [...JSON.stringify(handbook).matchAll(/\b(?:[A-Z\d]+-)+\d\d\b/g)].map(([other]) => [id, other]),
    );
    expect(named.length).toBeGreaterThan(60);
    expect(named.filter(([, other = '']) => !ids.has(other))).toEqual([]);
  });
});

function isSeenBy(evidence: readonly string[], kind: string): boolean {
  return evidence.includes(kind);
}

describe('the examples of waivers', () => {
  let files: string;

  beforeAll(() => {
    files = mkdtempSync(join(tmpdir(), 'holdfast-waivers-'));
  });

  afterAll(() => {
    rmSync(files, { recursive: true });
  });

  test.each(rows)('%s: is valid by the schema, and would waive it', (id, one) => {
    const file = join(files, `${id}.yaml`);
    const sheet = sheetOf(one);
    writeFileSync(file, waiverExample(sheet, written) ?? '');
    const { mistakes, policy } = inspectPolicy(file);
    const wrong = policy.waivers.flatMap((waiver) => waiverNameMistakes(waiver, guides));
    expect([...mistakes, ...mistakesAgainst(policy, guides), ...wrong]).toEqual([]);
    const [waiver] = policy.waivers;
    expect(waiver?.match.control).toBe(id);
    expect(waiver?.kind).toBe(sheet.waiving?.compensatedBy === undefined ? 'waived' : 'mitigated');
    const days = (Date.parse(waiver?.expires ?? '') - written) / 86_400_000;
    expect(days).toBe(Number.parseInt(sheet.waiving?.atMost ?? ''));
  });
});

const advice = [
  ['jujuHardening', jujuAdvice],
  ['etcdGuide', etcdAdvice],
  ['etcdArticle', articleAdvice],
  ['postgresqlGuide', postgresqlAdvice],
  ['kafkaGuide', kafkaAdvice],
  ['mysqlGuide', mysqlAdvice],
] as const;

function idsOf(by: string): readonly string[] {
  return by.split(' ').flatMap((word) => {
    const found = [...ids].filter((id) =>
      word.endsWith('*') ? id.startsWith(word.slice(0, -1)) : id === word,
    );
    return found.length === 0 ? [`there is no ${word}`] : found;
  });
}

describe('the guides', () => {
  test.each(rows)('%s cites a heading of a guide', (_, { guide, control }) => {
    const [own] = guide.publications ?? [];
    expect(own?.url).toBe(guide.url);
    const cited = (guide.publications ?? []).some(({ headings }) => Object.hasOwn(headings, control.section));
    expect([control.section, cited]).toEqual([control.section, true]);
  });

  test.each(advice)('what %s asks below each heading is looked after', (name, asked) => {
    const { headings }: Publication = publications[name];
    const strangers = Object.keys(asked).filter((heading) => !Object.hasOwn(headings, heading));
    expect(strangers).toEqual([]);
    const controls = Object.values(asked).flatMap((entries) => entries.flatMap(([, by]) => idsOf(by)));
    expect(controls.filter((id) => !ids.has(id))).toEqual([]);
    const elsewhere = new Set(advice.flatMap(([, other]) => Object.keys(other)));
    const left = Object.keys(headings).filter((one) => !elsewhere.has(one) && !withoutAdvice.has(one));
    expect(left).toEqual([]);
  });

  it('ask for every control at least once', () => {
    const asked = new Set(
      advice.flatMap(([, entries]) =>
        Object.values(entries).flatMap((list) => list.flatMap(([, by]) => idsOf(by))),
      ),
    );
    // Machines of PostgreSQL and Kafka are judged by what the guide for etcd says of operating systems; a backup of
    // ZooKeeper is asked for by none, but restores what the guide for Kafka protects.
    const others = [...ids].filter((id) => !asked.has(id) && !/^(?:PG|KAFKA)-OS-0\d$/.test(id));
    expect(others.sort()).toEqual(['ETCD-DBG-01', 'ETCD-FILE-01', 'PG-FILE-01', 'ZK-BKP-01']);
  });
});
