import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Dict } from '../core/dict.js';
import type { Sourced } from '../core/knowledge.js';
import { knowledgeFiles, loadKnowledge } from './knowledge.js';
import { parseStrictly } from './mistakes.js';
import { KnowledgeDocument } from './schemas/knowledge.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-data-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function overlay(content: object, name = 'knowledge.json'): string {
  writeFileSync(join(folder, name), JSON.stringify({ kind: 'Knowledge', version: 'v1', ...content }));
  return folder;
}

const entry = { floor: '9.9.9', source: 'test', date: '2027-01-01' };
const pin = { resource: 'image', image: 'example/image', source: 'test', date: '2027-01-01' };
const digest = `sha256:${'0'.repeat(64)}`;

/** Every entry of every table, with the names that lead to it. */
function entries(): [string, Sourced][] {
  const { dates, ...tables } = loadKnowledge();
  expect(Object.keys(dates).sort()).toEqual(Object.keys(tables).sort());
  return Object.entries(tables).flatMap(([table, content]) => sourcedIn(content, table));
}

function sourcedIn(content: Dict<unknown>, path: string): [string, Sourced][] {
  return Object.entries(content).flatMap(([name, item]): [string, Sourced][] => {
    const own = `${path}.${name}`;
    if (Array.isArray(item)) return item.map((one, index) => [`${own}[${index}]`, one as Sourced]);
    const isEntry = typeof (item as Partial<Sourced>).source === 'string';
    return isEntry ? [[own, item as Sourced]] : sourcedIn(item as Dict<unknown>, own);
  });
}

test('the shipped knowledge fills every table, and names source and date of every entry', () => {
  const all = entries();
  const withoutOrigin = all.filter(
    ([, { source, date }]) => source.length < 5 || Number.isNaN(Date.parse(date)),
  );
  expect(withoutOrigin.map(([path]) => path)).toEqual([]);
  expect(new Set(all.map(([path]) => path.split('.')[0]))).toEqual(
    new Set(Object.keys(loadKnowledge().dates)),
  );
});

test('every file of the shipped knowledge is as its schema wants, and read as it is', () => {
  const own = knowledgeFiles();
  expect(own.length).toBeGreaterThan(0);
  for (const { file, content } of own)
    expect(parseStrictly(KnowledgeDocument, JSON.parse(readFileSync(file, 'utf8')), file)).toEqual(content);
});

test('the shipped knowledge says when each table was looked through', () => {
  const { dates } = loadKnowledge();
  expect(Object.values(dates).filter((date) => date < '2026-01-01')).toEqual([]);
});

test('a track that was left or superseded names one that is live', () => {
  const { channelMaps } = loadKnowledge();
  const leads = Object.values(channelMaps).flatMap((tracks) =>
    Object.values(tracks)
      .filter(({ standing }) => standing !== 'live')
      .map(({ instead }) => tracks[instead ?? '']?.standing),
  );
  expect([leads.length > 0, leads.every((standing) => standing === 'live')]).toEqual([true, true]);
});

test('an overlay changes the entries that it names and leaves the others', () => {
  const shipped = loadKnowledge();
  const { jujuFloors, workloadFloors, imagePins, dates } = loadKnowledge(
    overlay({
      date: '2027-01-01',
      jujuFloors: { '9.9': entry },
      workloadFloors: { 'charmed-etcd': { '3.6': entry } },
      imagePins: { 'kafka-k8s': { '5': [{ ...pin, digest }] } },
    }),
  );
  expect(jujuFloors).toEqual({ ...shipped.jujuFloors, '9.9': entry });
  expect(workloadFloors['charmed-etcd']).toEqual({ ...shipped.workloadFloors['charmed-etcd'], '3.6': entry });
  expect(Object.keys(imagePins['kafka-k8s'] ?? {}).sort()).toEqual(['3', '4', '5']);
  expect(imagePins['postgresql-k8s']).toEqual(shipped.imagePins['postgresql-k8s']);
  expect(dates).toEqual({
    ...shipped.dates,
    jujuFloors: '2027-01-01',
    workloadFloors: '2027-01-01',
    imagePins: '2027-01-01',
  });
});

test('an overlay may be several files, of which the later by name wins', () => {
  overlay({ jujuFloors: { '9.9': entry, '9.8': entry } }, 'a.json');
  const { jujuFloors, dates } = loadKnowledge(
    overlay({ jujuFloors: { '9.9': { ...entry, floor: '9.9.10' } } }, 'b.json'),
  );
  expect([jujuFloors['9.8']?.floor, jujuFloors['9.9']?.floor]).toEqual(['9.9.9', '9.9.10']);
  expect(dates).toEqual(loadKnowledge().dates);
});

test('names of tables are just names, whatever they are', () => {
  expect(loadKnowledge().trustNeeded['constructor']).toBeUndefined();
});

test.each([
  ['an unknown table', { juju: {} }, /juju is unknown/],
  [
    'an entry without source',
    { jujuFloors: { '4.0': { floor: '4.0.1', date: '2027-01-01' } } },
    /jujuFloors\.4\.0\.source is missing/,
  ],
  [
    'a digest that is cut short',
    { imagePins: { kafka: { '4': [{ ...pin, digest: 'sha256:788c5c4639fb' }] } } },
    /imagePins\.kafka\.4\[0\]\.digest: is no digest/,
  ],
  [
    'an image by both digest and tag',
    { imagePins: { kafka: { '4': [{ ...pin, digest, tag: 'latest' }] } } },
    /imagePins\.kafka\.4\[0\]: names an image by its digest or else by its tag/,
  ],
  [
    'a standing that is none',
    {
      channelMaps: {
        kafka: {
          '4': {
            standing: 'alive',
            bases: [],
            architectures: [],
            releases: {},
            source: 't',
            date: '2027-01-01',
          },
        },
      },
    },
    /channelMaps\.kafka\.4\.standing should be one of live, superseded, unmaintained, not "alive" \(did you mean live\?\)/,
  ],
])('%s is refused with its path', (_name, content, message) => {
  expect(() => loadKnowledge(overlay(content))).toThrow(message);
});

test.each([
  ['a folder without any file', '.', /holds no \.json file with knowledge/],
  ['a folder that there is not', 'gone', /gone cannot be read: there is no such folder/],
])('%s is named', (_name, path, message) => {
  expect(() => loadKnowledge(join(folder, path))).toThrow(message);
});
