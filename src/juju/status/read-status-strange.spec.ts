import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { onlyModel } from '../../../test/support/only-model.js';
import { valueOf } from '../../core/fact.js';
import { InputError } from '../../core/input-error.js';
import { readStatusText } from './read-status.js';

const origin = { source: 'status.json', at: '2026-11-22T04:00:00Z' };

describe('a text that is no status', () => {
  test.each([
    ['an empty file', ' \n', /status\.json is empty/],
    ['JSON cut short', '{"model": {"name"', /not valid JSON .*cut short/],
    ['a bundle', 'applications:\n  a:\n    charm: x\n', /looks like a bundle; read it with --bundle/],
    ['a snapshot', '{"kind":"Snapshot","version":"v1"}', /read it with --snapshot/],
    ['another file of ours', '{"kind":"Policy"}', /it is a Policy/],
    ['an answer of the API', '{"request-id":3,"response":{}}', /answer of Juju's API/],
    ['prose', 'no such thing', /holds no object/],
    [
      'the tabular form',
      'Model  Controller  Cloud/Region\nm      c: [        x\n',
      /status\.json is the table that juju prints .* "juju status --format json"/,
    ],
    ['a table without its first part', 'SAAS      Status\nloki: x: y', /is the table that juju prints/],
    ['a list', '[1,2]', /holds no object/],
    [
      'aliases without end',
      'a: &a [x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]\nd: [*c, *c, *c, *c, *c, *c, *c]\n',
      /cannot be read as YAML/,
    ],
  ])('%s is refused with a sentence', (_, text, message) => {
    expect(() => readStatusText(text, origin)).toThrow(InputError);
    expect(() => readStatusText(text, origin)).toThrow(message);
  });

  test('a byte order mark in front does no harm', () => {
    expect(onlyModel(readStatusText('\uFEFF{"model":{"name":"m"}}', origin)).name).toBe('m');
  });
});

describe('any input', () => {
  const keys = [
    'model',
    'applications',
    'machines',
    'units',
    'relations',
    'subordinates',
    'containers',
    'base',
    'endpoints',
    'application-endpoints',
    'offers',
    'related-application',
    'interface',
    'juju-status',
    'status-error',
    'charm',
    'a',
    'a/0',
    '__proto__',
  ];
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'medium', withCrossShrink: true },
      fc.constantFrom(null, true, false, 0, 1.5, -1, '', 'a', 'a/0', 'b'),
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...keys), tie('tree'), { maxKeys: 5 }),
    ),
  }));

  function survives(value: unknown): void {
    try {
      expect(readStatusText(JSON.stringify(value), origin).kind).toBe('Snapshot');
    } catch (error) {
      expect(error).toBeInstanceOf(InputError);
    }
  }

  it('any JSON is a snapshot or an input error', () => {
    fc.assert(fc.property(fc.jsonValue(), survives), { numRuns: 300 });
  });

  it('anything below the keys of a status is a snapshot', () => {
    const status = fc.record({
      applications: tree,
      machines: tree,
      'application-endpoints': tree,
      offers: tree,
    });
    fc.assert(
      fc.property(status, (parts) => {
        expect(readStatusText(JSON.stringify({ model: { name: 'm' }, ...parts }), origin).kind).toBe(
          'Snapshot',
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('any text is a snapshot or an input error', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        try {
          readStatusText(text, origin);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('captures of other projects, where they are at hand', () => {
  const folder = new URL('../../../../shared/captures/', import.meta.url);
  const files = existsSync(folder)
    ? readdirSync(folder).filter((name) => /^\d+_.*\.(json|yaml)$/.test(name) && !name.includes('bundle'))
    : [];

  test('are all read, with every application and unit that they name', () => {
    for (const file of files) {
      const text = readFileSync(new URL(file, folder), 'utf8');
      const read = onlyModel(readStatusText(text, { ...origin, source: file }));
      const units = Object.values(read.applications).flatMap((app) => Object.keys(valueOf(app.units) ?? {}));
      expect({ file, applications: Object.keys(read.applications).length > 0 }).toEqual({
        file,
        applications: true,
      });
      if (!file.includes('status-error'))
        expect({ file, units: units.length > 0 }).toEqual({ file, units: true });
    }
    process.stderr.write(`captures of other projects read: ${files.length}\n`);
  });
});
