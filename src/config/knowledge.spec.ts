import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { loadKnowledge } from './knowledge.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-data-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function overlay(content: object): string {
  writeFileSync(
    join(folder, 'knowledge.json'),
    JSON.stringify({ kind: 'Knowledge', version: 'v1', ...content }),
  );
  return folder;
}

const entry = { floor: '9.9.9', source: 'test', date: '2027-01-01' };

test('the shipped knowledge is valid and names a source for everything', () => {
  const { jujuFloors, tlsProviders } = loadKnowledge();
  expect(Object.keys(jujuFloors).length).toBeGreaterThan(0);
  for (const { source, date } of [...Object.values(jujuFloors), ...Object.values(tlsProviders)]) {
    expect([source.length > 0, Number.isNaN(Date.parse(date))]).toEqual([true, false]);
  }
});

test('an overlay changes the entries that it names and leaves the others', () => {
  const shipped = loadKnowledge();
  const { jujuFloors, workloadFloors, date } = loadKnowledge(
    overlay({
      date: '2027-01-01',
      jujuFloors: { '9.9': entry },
      workloadFloors: { 'charmed-etcd': { '3.6': entry } },
    }),
  );
  expect(jujuFloors).toEqual({ ...shipped.jujuFloors, '9.9': entry });
  expect(workloadFloors['charmed-etcd']).toEqual({ ...shipped.workloadFloors['charmed-etcd'], '3.6': entry });
  expect(date).toBe('2027-01-01');
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
])('%s is refused with its path', (_name, content, message) => {
  expect(() => loadKnowledge(overlay(content))).toThrow(message);
});

test('a folder without the file is named', () => {
  expect(() => loadKnowledge(folder)).toThrow(/knowledge\.json cannot be read: there is no such file/);
});
