import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { onlyModel } from '../../../test/support/only-model.js';
import { valueOf } from '../../core/fact.js';
import { InputError } from '../../core/input-error.js';
import type { ModelState } from '../../core/snapshot.js';
import { readBundleText } from './read-bundle.js';

const origin = { source: 'bundle.yaml', at: '2026-11-22T04:00:00Z' };

function modelOf(text: string): ModelState {
  return onlyModel(readBundleText(text, origin));
}

const exported = `
bundle: kubernetes
name: estate
default-base: ubuntu@22.04/stable
saas:
  loki:
    url: prod:admin/cos.loki-logging
applications:
  pg:
    charm: postgresql-k8s
    channel: 14/stable
    revision: 281
    trust: true
    options: { profile: testing }
  ca:
    charm: ./self-signed-certificates_ubuntu-22.04-amd64.charm
  old:
    charm: cs:~owner/focal/thing-4
    series: focal
    expose: true
  odd: nonsense
relations:
- [pg:certificates, ca:certificates]
- - pg:logging
  - [loki:logging, old]
- [pg:peers, pg:peers]
- broken
--- # overlay.yaml
applications:
  pg:
    exposed-endpoints:
      database: { expose-to-cidrs: [10.0.0.0/8], expose-to-spaces: [dmz] }
    offers:
      database: { endpoints: [database], acl: { admin: admin, bob: consume } }
`;

describe('readBundleText', () => {
  const read = modelOf(exported);

  test('tells the charms with channel, revision and base', () => {
    expect(valueOf(read.applications['pg']!.charm)).toEqual({
      name: 'postgresql-k8s',
      revision: 281,
      origin: 'charmhub',
      channel: '14/stable',
      track: '14',
      risk: 'stable',
      base: 'ubuntu@22.04',
      subordinateTo: [],
    });
    expect(valueOf(read.applications['ca']!.charm)).toMatchObject({
      name: 'self-signed-certificates',
      origin: 'local',
    });
    expect(valueOf(read.applications['old']!.charm)).toMatchObject({
      name: 'thing',
      revision: 4,
      origin: 'charmstore',
      base: 'ubuntu@20.04',
    });
    expect(Object.keys(read.applications)).toEqual(['pg', 'ca', 'old']);
  });

  test('tells relations with their endpoints as far as they are written, remote ones marked', () => {
    expect(valueOf(read.relations)!.map((relation) => relation.ends)).toEqual([
      [
        { application: 'pg', endpoint: 'certificates' },
        { application: 'ca', endpoint: 'certificates' },
      ],
      [
        { application: 'pg', endpoint: 'logging' },
        { application: 'loki', endpoint: 'logging', remote: true },
      ],
      [{ application: 'pg', endpoint: 'logging' }, { application: 'old' }],
    ]);
    expect(valueOf(read.applications['old']!.relations)).toHaveLength(1);
    expect(valueOf(read.remoteApplications)!['loki']!.offerUrl).toBe('prod:admin/cos.loki-logging');
  });

  test('takes exposure and offers from the overlay of an exported bundle', () => {
    expect(valueOf(read.applications['pg']!.exposure)).toEqual({
      exposed: true,
      endpoints: { database: { cidrs: ['10.0.0.0/8'], spaces: ['dmz'] } },
    });
    expect(valueOf(read.applications['old']!.exposure)).toEqual({ exposed: true });
    expect(valueOf(read.applications['ca']!.exposure)).toEqual({ exposed: false });
    expect(valueOf(read.offers)!['database']).toEqual({
      name: 'database',
      application: 'pg',
      charm: 'postgresql-k8s',
      endpoints: [{ name: 'database', interface: '' }],
      users: { admin: 'admin', bob: 'consume' },
    });
  });

  test('trust is written where it is given, and off elsewhere', () => {
    expect(valueOf(read.applications['pg']!.trust)).toBe(true);
    expect(valueOf(read.applications['ca']!.trust)).toBe(false);
  });

  test('what only a running model can tell is unknown', () => {
    const pg = read.applications['pg']!;
    for (const fact of [pg.status, pg.units, pg.config, pg.bindings, read.machines, read.users])
      expect('unknown' in fact).toBe(true);
  });

  test.each([
    [
      'machines make it a machine model',
      "applications: {a: {charm: x}}\nmachines: {'0': {}}",
      { type: 'iaas' },
    ],
    ['without machines it may be either', 'applications: {a: {charm: x}}', {}],
  ])('%s', (_, text, info) => {
    expect(valueOf(modelOf(text).info)).toEqual(info);
  });

  test('the model has the name and type of the bundle, and no controller', () => {
    expect([read.name, read.controller, valueOf(read.info)]).toEqual(['estate', '', { type: 'caas' }]);
  });

  test.each([
    [
      'a status',
      '{"model":{"name":"m"},"applications":{}}',
      /looks like a juju status; read it with --status/,
    ],
    ['a snapshot', '{"kind":"Snapshot"}', /saved snapshot/],
    ['something else', 'a: 1', /names no applications/],
    ['an empty file', '', /is empty/],
  ])('%s is refused with a sentence', (_, text, message) => {
    expect(() => readBundleText(text, origin)).toThrow(InputError);
    expect(() => readBundleText(text, origin)).toThrow(message);
  });
});

describe('any input', () => {
  const keys = [
    'applications',
    'saas',
    'relations',
    'offers',
    'acl',
    'endpoints',
    'exposed-endpoints',
    'charm',
    'base',
    'a',
    '__proto__',
  ];
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'medium', withCrossShrink: true },
      fc.constantFrom(null, true, 0, -1, '', 'a', 'a:x', './a.charm', 'ubuntu@22.04'),
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...keys), tie('tree'), { maxKeys: 5 }),
    ),
  }));

  test('below the keys of a bundle is a snapshot', () => {
    const bundle = fc.record({ saas: tree, relations: tree, series: tree, name: tree });
    fc.assert(
      fc.property(bundle, tree, (parts, applications) => {
        const text = JSON.stringify({ ...parts, applications: { a: applications, b: { charm: 'x' } } });
        expect(readBundleText(text, origin).kind).toBe('Snapshot');
      }),
      { numRuns: 500 },
    );
  });
});

describe('a published bundle, where it is at hand', () => {
  const file = new URL(
    '../../../../shared/captures/20_bundle_machine_postgresql14_tls_s3_landscape_pro_agent.yaml',
    import.meta.url,
  );

  test('is read with all its relations', () => {
    const texts = existsSync(file) ? [readFileSync(file, 'utf8')] : [];
    for (const text of texts) {
      const model = modelOf(text);
      expect([model.name, valueOf(model.relations)!.length]).toEqual(['postgresql-bundle', 25]);
    }
    process.stderr.write(`published bundles read: ${texts.length}\n`);
  });
});
