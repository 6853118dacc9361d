import { describe, expect, it, test } from '@jest/globals';
import { knownFact, model, prod, unknownFact, type ModelSpec } from '../../../test/support/world.js';
import type { ModelState, Operation } from '../snapshot.js';
import { culprits, type Culprits, type Trail } from './culprits.js';

const interval = { lastGood: '2026-11-22T06:00:00Z', firstBad: '2026-11-22T06:00:15Z' };

function operation(id: number, at: string, more: Partial<Operation> = {}): Operation {
  const time = `2026-11-22T${at}Z`;
  const common = { action: 'set-password', units: ['pg/0'], status: 'completed' };
  return { id: String(id), ...common, enqueued: time, completed: time, ...more };
}

function seenIn(operations: NonNullable<ModelSpec['operations']>): ModelState {
  return prod({ models: { data: model({ operations }) } }).controllers['prod']!.models['data']!;
}

function found(operations: NonNullable<ModelSpec['operations']>, trail: Partial<Trail> = {}): Culprits {
  return culprits(interval, seenIn(operations), { ours: [], ...trail });
}

const ids = ({ operations }: Culprits): readonly string[] => operations.map(({ id }) => id);

describe('what was run while something drifted', () => {
  test.each<[string, readonly Operation[], readonly string[]]>([
    ['within the interval', [operation(1, '06:00:10')], ['1']],
    ['a little outside, as clocks differ', [operation(2, '06:00:19'), operation(1, '05:59:56')], ['1', '2']],
    ['just before it, as what is removed shows late', [operation(1, '05:59:46')], ['1']],
    ['before it', [operation(1, '05:59:44')], []],
    ['after it', [operation(1, '06:00:21')], []],
    [
      'begun before and ended within',
      [operation(1, '05:50:00', { completed: '2026-11-22T06:00:01Z' })],
      ['1'],
    ],
  ])('%s', (_, operations, expected) => {
    expect(ids(found(operations))).toEqual(expected);
  });

  it('begun long before and still running counts', () => {
    const { id, action, units, enqueued } = operation(1, '05:00:00');
    expect(ids(found([{ id, action, units, enqueued, status: 'running' }]))).toEqual(['1']);
  });

  it('on the application itself counts more than on others', () => {
    const operations = [operation(2, '06:00:05', { units: ['pg2/0'] }), operation(1, '06:00:04')];
    expect(ids(found(operations, { application: 'pg' }))).toEqual(['1']);
    expect(ids(found(operations, { application: 'kafka' }))).toEqual(['1', '2']);
  });
});

describe('what is said of it', () => {
  it('names the operation, and that Juju does not tell who it was', () => {
    expect(found([operation(12, '06:00:10')]).sentence).toBe(
      'On units was run: set-password on pg/0 at 2026-11-22T06:00:10Z (operation 12, completed). ' +
        'Juju does not tell who ran an operation, or changed an option or a relation; its audit log on the controller machines does (auditLogFile in the policy).',
    );
  });

  it('names who it was where the audit log can be read', () => {
    const auditLog = knownFact([
      { at: '2026-11-22T06:00:08Z', who: 'bob', what: 'Application.SetConfigs' },
      { at: '2026-11-22T07:00:00Z', who: 'eve', what: 'Application.Expose' },
    ]);
    const { sentence, lines } = found([], { auditLog });
    expect(sentence).toContain('bob: Application.SetConfigs at 2026-11-22T06:00:08Z');
    expect([lines.length, sentence.includes('does not tell'), sentence.includes('eve')]).toEqual([
      1,
      false,
      false,
    ]);
  });

  test.each<[string, Partial<Trail>, string]>([
    ['holds nothing', { auditLog: knownFact([]) }, 'has nothing of that time'],
    ['was not read', { auditLog: unknownFact('permission denied') }, 'was not read: permission denied'],
  ])('says so where the audit log %s', (_, trail, expected) => {
    expect(found([], trail).sentence).toContain(expected);
  });

  it('says so where operations were not read, and never that there were none', () => {
    const { sentence } = found(unknownFact('permission denied', 'model read'));
    expect(sentence).toContain('was not read: permission denied');
    expect(sentence).not.toContain('Nothing was run');
  });

  it('does not say that nothing was run before it was looked', () => {
    const { sentence } = found([], { isReadSince: false });
    expect(sentence).toContain('is yet to be read');
    expect(sentence).not.toContain('Nothing was run');
    expect(found([operation(12, '06:00:10')], { isReadSince: false }).sentence).toContain('operation 12');
  });

  it('counts what is too much to name', () => {
    const many = Array.from({ length: 8 }, (_, n) => operation(n, `06:00:0${n}`));
    expect(found(many).sentence).toContain('; and 3 more.');
  });
});

describe('our own changes', () => {
  const begun = '2026-11-22T06:00:05Z';

  it('are named as ours', () => {
    const argv = ['config', '-m', 'prod:admin/data', 'pg', 'log_level=INFO'];
    const { ours, sentence } = found([], { ours: [{ begun, ended: begun, argv }] });
    expect(ours).toHaveLength(1);
    expect(sentence).toContain('Holdfast itself ran juju config -m prod:admin/data pg log_level=INFO then.');
  });

  test.each<[string, readonly string[], readonly string[]]>([
    ['the action that we ran', ['run', '-m', 'p:a/d', 'pg/0', 'set-password'], []],
    ['another action on that unit', ['run', '-m', 'p:a/d', 'pg/0', 'create-backup'], ['1']],
    ['that action on another unit', ['run', '-m', 'p:a/d', 'pg/1', 'set-password'], ['1']],
  ])('make no culprit of %s', (_, argv, expected) => {
    expect(ids(found([operation(1, '06:00:06')], { ours: [{ begun, ended: begun, argv }] }))).toEqual(
      expected,
    );
  });

  it('that answer to it are not taken for its cause', () => {
    const argv = ['config', '-m', 'prod:admin/data', 'pg', 'log_level=INFO'];
    expect(found([], { ours: [{ begun: '2026-11-22T06:00:16Z', argv }] }).ours).toEqual([]);
  });

  it('of another time do not matter', () => {
    const own = { begun: '2026-11-22T05:00:00Z', ended: '2026-11-22T05:00:01Z', argv: ['config', 'x'] };
    expect(found([], { ours: [own] }).ours).toEqual([]);
  });
});
