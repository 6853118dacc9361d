import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { InputError } from '../../core/input-error.js';
import { jsonDocuments } from './json-documents.js';
import { readStatusText } from './read-status.js';

const origin = { source: 'status.json', at: '2026-11-22T04:00:00Z' };

function status(controller: string, name: string, applications: object = {}): object {
  return { model: { name, controller }, machines: {}, applications };
}

const a = status('prod', 'a', { etcd: { charm: 'charmed-etcd', exposed: false } });
const b = status('prod', 'b');
const json = JSON.stringify;
const pretty = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

/** All models as `controller:model`. */
function modelsIn(text: string): readonly string[] {
  const { controllers } = readStatusText(text, origin);
  return Object.values(controllers).flatMap(({ name, models }) =>
    Object.keys(models).map((model) => `${name}:${model}`),
  );
}

describe('a text with several statuses', () => {
  test.each([
    ['JSON, one after the other without anything between', json(a) + json(b)],
    ['JSON, one a line', `${json(a)}\n${json(b)}\n`],
    ['JSON over several lines', pretty(a) + pretty(b)],
    ['JSON with Windows line ends', `${json(a)}\r\n${json(b)}\r\n`],
    ['JSON separated by ---', `${json(a)}\n---\n${json(b)}`],
    ['JSON that begins with ---', `---\n${json(a)}\n---\n${json(b)}`],
    ['JSON with a byte order mark before each', `\uFEFF${json(a)}\n\uFEFF${json(b)}`],
    ['YAML documents', `${stringify(a)}---\n${stringify(b)}`],
    ['YAML documents, each begun and the last one empty', `---\n${stringify(a)}---\n${stringify(b)}---\n`],
    ['a list in JSON', json([a, b])],
    ['a list in YAML', stringify([a, b])],
    ["an object by the models' names", json({ 'prod:a': a, 'prod:b': b })],
    ['an object in YAML', stringify({ a, b })],
    ['a list and a single one', `${json([a])}${json(b)}`],
  ])('%s', (_, text) => {
    expect(modelsIn(text)).toEqual(['prod:a', 'prod:b']);
  });

  it('is read as each status alone', () => {
    const read = readStatusText(json(a) + json(b), origin).controllers['prod']!;
    const alone = readStatusText(json(a), origin).controllers['prod']!;
    expect(read.models['a']).toEqual(alone.models['a']);
    expect({ ...read, models: {} }).toEqual({ ...alone, models: {} });
  });

  it('may hold models of one name on different controllers', () => {
    expect(modelsIn(json(status('prod', 'a')) + json(status('edge', 'a')))).toEqual(['prod:a', 'edge:a']);
  });

  it('may hold models of one name of two owners, where its keys name them', () => {
    const text = json({ 'prod:alice/a': a, 'bob/a': a, 'prod:admin/b': b });
    expect(modelsIn(text)).toEqual(['prod:alice/a', 'prod:bob/a', 'prod:b']);
    expect(readStatusText(text, origin).controllers['prod']!.models['bob/a']!.name).toBe('bob/a');
  });

  it('may hold a model called model', () => {
    expect(modelsIn(json({ model: status('prod', 'model'), b }))).toEqual(['prod:model', 'prod:b']);
  });

  it('is not misled by brackets and quotes within texts', () => {
    const odd = status('prod', 'odd', { x: { charm: 'x', 'can-upgrade-to': '}{"][\\' } });
    expect(modelsIn(json(odd) + json(b))).toEqual(['prod:odd', 'prod:b']);
  });
});

describe('several statuses of which something is wrong', () => {
  const cut = json(b).slice(0, -5);
  test.each([
    [
      'the same model twice in a stream',
      json(a) + json(b) + json(a),
      /^status\.json holds two statuses of the model prod:a \(document 1 and document 3\): leave one of them out/,
    ],
    ['the same model twice in a list', json([a, a]), /prod:a \(entry 1 and entry 2\)/],
    ['the same model under two names', json({ x: a, y: a }), /prod:a \("x" and "y"\)/],
    ['the same owner twice', json({ 'alice/a': a, 'prod:alice/a': a }), /prod:alice\/a \(/],
    ['a status without controller twice', json([status('', 'a'), status('', 'a')]), /of the model a \(/],
    ['the last one cut short', json(a) + cut, /^document 2 of status\.json was cut short while saving/],
    ['one that is no JSON', `${json(a)}{'a': 1}${json(b)}`, /^document 2 of status\.json is not valid JSON/],
    ['one that is empty', `${json(a)}{}`, /^document 2 of status\.json is no juju status: it names no model/],
    [
      'an entry that is null',
      json([a, null]),
      /^entry 2 of status\.json is no juju status: it holds no object/,
    ],
    [
      'a bundle among them',
      json({ a, b: { applications: {} } }),
      /^"b" of status\.json .* looks like a bundle/,
    ],
    ['a YAML document of ours', `${stringify(a)}---\nkind: Policy\n`, /^document 2 .* it is a Policy/],
    ['prose between them', `${json(a)}\nERROR no such model\n${json(b)}`, /not valid JSON/],
    ['a list of other things', '[{"kind":"Snapshot"}]', /^status\.json is no juju status/],
    [
      'a bundle with an application called model',
      json({ applications: { model: { charm: 'x' } } }),
      /looks like a bundle/,
    ],
  ])('%s is refused with a sentence', (_, text, message) => {
    expect(() => readStatusText(text, origin)).toThrow(InputError);
    expect(() => readStatusText(text, origin)).toThrow(message);
  });
});

describe('the cutting of JSON documents', () => {
  it('gives back any documents, however they are written', () => {
    const value = fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.jsonValue()));
    const space = fc.constantFrom('', '\n', '\r\n', '\n---\n', '  ');
    fc.assert(
      fc.property(fc.array(fc.tuple(value, fc.nat({ max: 2 }), space)), (documents) => {
        const texts = documents.map(([one, indent]) => JSON.stringify(one, null, indent));
        const body = documents.map(([, , gap], index) => `${texts[index]!}${gap}`).join('');
        expect(jsonDocuments(body)).toEqual({ texts, cutShort: false });
      }),
    );
  });

  test.each([
    ['text between them', '{} x {}', undefined],
    ['a closing bracket too many', '{}}', undefined],
    ['an open text', '{} {"a', { texts: ['{}'], cutShort: true }],
    ['nothing', '', { texts: [], cutShort: false }],
  ])('%s', (_, body, expected) => {
    expect(jsonDocuments(body)).toEqual(expected);
  });
});

describe('the time that large texts take', () => {
  /** Milliseconds, the best of three. */
  function best(work: () => void): number {
    const times = [1, 2, 3].map(() => {
      const begin = performance.now();
      work();
      return performance.now() - begin;
    });
    return Math.min(...times);
  }
  const units = Array.from({ length: 400 }, (_, n) => [`a/${n}`, { 'workload-status': { message: '{"\\' } }]);
  const large = (name: string): string =>
    json(status('prod', name, { a: { units: Object.fromEntries(units) as object } }));
  const names = Array.from({ length: 100 }, (_, n) => `m${n}`);

  it('grows with their length only', () => {
    const some = names.slice(0, 10).map(large).join('\n');
    const all = names.map(large).join('\n');
    const short = best(() => void readStatusText(some, origin));
    expect(best(() => void readStatusText(all, origin))).toBeLessThan(Math.max(50 * short, 2000));
  });

  test.each([
    ['JSON cut short', '{"model":{"name":"'.padEnd(4_000_000, 'x')],
    ['brackets without end', '{"a":'.repeat(400_000)],
    ['backslashes without end', `{"a":"${'\\'.repeat(4_000_001)}"`],
    ['quotes without end', '{"a":"\\"'.padEnd(4_000_000, '\\"')],
    ['space without end', `{}${' '.repeat(4_000_000)}x`],
  ])('%s is refused at once', (_, text) => {
    expect(
      best(() => {
        expect(() => readStatusText(text, origin)).toThrow(InputError);
      }),
    ).toBeLessThan(30_000);
  });
});
