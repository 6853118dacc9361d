/** Thirty waivers at the edges of expiry, scope and form: what they do to a violation, and how the ledger calls them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { application, controller, estate, model } from '../../../test/support/world.js';
import { defineControl, defineGuide, type Guide } from '../../core/control.js';
import { evaluate } from '../../core/evaluate/index.js';
import { fail, pass } from '../../core/judgement.js';
import { knowledge } from '../../../test/support/judge.js';
import { waiverLedger } from '../../core/policy/ledger.js';
import { millis } from '../../core/time.js';
import { inspectPolicy } from './load.js';

const now = '2026-11-22T06:00:00Z';
const texts = {
  severity: 'high',
  section: '',
  rationale: '',
  references: [],
  evidence: [],
  params: z.object({}),
  reasons: {},
  remediation: 'manual',
  fixableBy: 'operator',
  manual: 'Mend it.',
  hazards: [],
} as const;

/** NET-01 falls short on kafka; TLS-01 passes on kafka alone; BLOCK-01 falls short on the model. */
const guide: Guide = defineGuide({
  id: 'toys',
  title: 'Toys',
  product: 'toys',
  version: '1',
  url: 'https://example.com',
  controls: [
    defineControl({
      ...texts,
      id: 'NET-01',
      title: 'closed',
      scope: 'application',
      evaluate: (app) => (app.name === 'etcd' ? pass('closed') : fail('Open', 'open')),
    }),
    defineControl({
      ...texts,
      id: 'TLS-01',
      title: 'encrypted',
      scope: 'application',
      evaluate: (app) => (app.name === 'kafka' ? pass('encrypted') : fail('Plain', 'plain')),
    }),
    defineControl({
      ...texts,
      id: 'BLOCK-01',
      title: 'blocked',
      scope: 'model',
      evaluate: () => fail('Unblocked', 'unblocked'),
    }),
    defineControl({ ...texts, id: 'LOG-01', title: 'logs', scope: 'model', evaluate: () => pass('logs') }),
  ],
});

const snapshot = estate({
  controllers: {
    prod: controller({
      models: {
        data: model({ applications: { kafka: application({}), etcd: application({}), pg: application({}) } }),
      },
    }),
  },
});

const sound = {
  id: 'w',
  kind: 'waived',
  match: { control: 'NET-01', application: 'kafka' },
  reason: 'moving out',
  owner: 'ops',
  expires: '2027-06-01T00:00:00Z',
};
const mitigated = { ...sound, kind: 'mitigated', compensatedBy: 'TLS-01' };
const later = { ...sound, id: 'earlier', expires: '2027-07-01T00:00:00Z' };

type Row = readonly [
  string,
  object,
  'waived' | 'counts' | 'refused',
  string,
  { before?: object; on?: readonly [string, string] }?,
];

const rows: readonly Row[] = [
  ['expiry: half a year away', {}, 'waived', 'active'],
  ['expiry: one second away', { expires: '2026-11-22T06:00:01Z' }, 'waived', 'expiring'],
  ['expiry: this very second', { expires: '2026-11-22T06:00:00Z' }, 'counts', 'expired'],
  ['expiry: one second ago', { expires: '2026-11-22T05:59:59Z' }, 'counts', 'expired'],
  ['expiry: a part of this second is left', { expires: '2026-11-22T06:00:00.999Z' }, 'counts', 'expired'],
  ['expiry: one second away, east', { expires: '2026-11-22T08:00:01+02:00' }, 'waived', 'expiring'],
  ['expiry: the clock says later, but west', { expires: '2026-11-21T22:00:00-08:00' }, 'counts', 'expired'],
  ['expiry: 14 days to the second', { expires: '2026-12-06T06:00:00Z' }, 'waived', 'expiring'],
  ['expiry: 14 days and a second', { expires: '2026-12-06T06:00:01Z' }, 'waived', 'active'],
  ['expiry: a leap day', { expires: '2028-02-29T00:00:00Z' }, 'waived', 'active'],
  ['expiry: a day that there is not', { expires: '2027-02-29T00:00:00Z' }, 'refused', 'invalid'],
  ['expiry: a date without time', { expires: '2027-01-31' }, 'refused', 'invalid'],
  ['expiry: a time without zone', { expires: '2027-01-31T00:00:00' }, 'refused', 'invalid'],
  ['scope: every application', { match: { control: 'NET-01' } }, 'waived', 'active'],
  ['scope: a pattern of controls', { match: { control: 'NET-*', model: 'd?ta' } }, 'waived', 'active'],
  ['scope: another application', { match: { control: 'NET-01', application: 'zk' } }, 'counts', 'unused'],
  ['scope: a part of the name', { match: { control: 'NET-01', application: 'kafk' } }, 'counts', 'unused'],
  ['scope: another case', { match: { control: 'NET-01', application: 'Kafka' } }, 'counts', 'unused'],
  ['scope: another controller', { match: { control: 'NET-01', controller: 'dev' } }, 'counts', 'unused'],
  ['scope: no such control', { match: { control: 'NET-02' } }, 'counts', 'never-matching'],
  ['scope: no such guide', { match: { guide: 'toy' } }, 'counts', 'never-matching'],
  [
    'scope: an application of a model control',
    { match: { control: 'BLOCK-01', application: '*' } },
    'counts',
    'never-matching',
  ],
  ['scope: the same once more', {}, 'waived', 'duplicate', { before: later }],
  ['mitigated: the other control passes there', mitigated, 'waived', 'active'],
  [
    'mitigated: it does not pass there',
    { ...mitigated, match: { control: 'NET-01', application: 'pg' } },
    'counts',
    'lapsed',
    { on: ['NET-01', 'pg'] },
  ],
  [
    'mitigated: by a control of the model around',
    { ...mitigated, compensatedBy: 'LOG-01' },
    'waived',
    'active',
  ],
  [
    'mitigated: by what is judged on less',
    { ...mitigated, match: { control: 'BLOCK-01' } },
    'counts',
    'invalid',
    { on: ['BLOCK-01', ''] },
  ],
  ['mitigated: by nothing', { kind: 'mitigated' }, 'refused', 'invalid'],
  ['form: no owner', { owner: ' ' }, 'refused', 'invalid'],
  ['form: everything at once', { match: {} }, 'refused', 'invalid'],
];

let folder: string;
const printed: string[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-waivers-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
  const head = `${'waiver'.padEnd(46)} ${'violation'.padEnd(10)} ${'raw'.padEnd(5)} ledger`;
  process.stdout.write(`\n${[head, ...printed].join('\n')}\n`);
});

test.each(rows)('%s', (...[name, change, does, state, special = {}]) => {
  const seen = effectOf({ ...sound, ...change }, special);
  printed.push(
    `${name.padEnd(46)} ${seen.does.padEnd(10)} ${(seen.outcome ?? '').padEnd(5)} ${seen.state ?? ''}`,
  );
  expect([seen.does, seen.state]).toEqual([does, state]);
  expect(seen.outcome).toBe('fail');
});

test('the table has thirty rows', () => {
  expect(rows).toHaveLength(30);
});

function effectOf(waiver: object, { before, on = ['NET-01', 'kafka'] }: NonNullable<Row[4]>) {
  const file = join(folder, 'p.yaml');
  const waivers = [...(before === undefined ? [] : [before]), waiver];
  writeFileSync(file, JSON.stringify({ kind: 'Policy', version: 'v1', waivers }));
  const { policy, refused } = inspectPolicy(file);
  const asOf = millis(now);
  const findings = evaluate([guide], snapshot, { policy, knowledge }, asOf);
  const [control, name] = on;
  const finding = findings.find(
    (one) => one.control.id === control && (one.target.application ?? '') === name,
  );
  const does = finding?.waiver?.state === 'active' ? 'waived' : 'counts';
  const ledger = waiverLedger({ policy, guides: [guide], findings, asOf });
  return {
    does: refused.length > 0 ? 'refused' : does,
    outcome: finding?.judgement.outcome,
    state: refused.length > 0 ? 'invalid' : ledger.at(-1)?.state,
  };
}
