import { describe, expect, it } from '@jest/globals';
import { captured } from '../../../test/support/recorded.js';
import { isKnown } from '../../core/fact.js';
import type { CliResult } from '../../core/ports/index.js';
import type { Operation } from '../../core/snapshot.js';
import { refusal } from '../cli/check-argv.js';
import type { Ask } from './ask.js';
import { askCliOperations } from './cli-operations.js';

const reading = { source: { road: 'cli', call: 'x' }, at: '2026-11-22T06:00:00Z' } as const;

/** A juju that lists these operations and shows these tasks. */
function asker(listed: unknown, tasks: Readonly<Record<string, unknown>> = {}): Ask {
  return (...argv) => {
    expect(refusal(argv, { controller: 'prod', readOnly: true })).toBeUndefined();
    const value = argv[0] === 'operations' ? listed : tasks[argv[1] ?? ''];
    const said = value === undefined ? failed : { outcome: 'done', stdout: JSON.stringify(value) };
    return Promise.resolve({ reading, result: said as CliResult });
  };
}

const failed = { outcome: 'not-found', stdout: '', summary: 'no such task' } as const;

async function read(ask: Ask): Promise<readonly Operation[]> {
  const fact = await askCliOperations(ask, 'prod:admin/data');
  if (!isKnown(fact)) throw new Error(fact.unknown.reason);
  return fact.value;
}

function check(status: string, id = 7): object {
  const timing = { enqueued: '2026-11-22 06:00:00.5 +0000 UTC', completed: '2026-11-22 06:00:04 +0000 UTC' };
  const task = { host: 'etcd/2', status, timing: { started: '2026-11-22 06:00:02 +0000 UTC' } };
  const action = { name: 'pre-refresh-check', parameters: { note: 'hunter2' } };
  return {
    [id]: { summary: 'action "pre-refresh-check"', status, action, timing, tasks: { [id + 1]: task } },
  };
}

describe('operations by the command line', () => {
  it('are read as a real juju lists them, newest first and without texts of commands', async () => {
    const found = await read(asker(JSON.parse(captured('1-bare/cli/operations').stdout)));
    expect(found).toHaveLength(10);
    expect(found[0]).toMatchObject({ action: 'exec', status: 'completed' });
    expect(found.at(-1)).toEqual({
      id: '0',
      action: 'exec',
      units: ['etcd/0'],
      status: 'completed',
      enqueued: '2026-11-22T03:25:33Z',
      started: '2026-11-22T03:25:41Z',
      completed: '2026-11-22T03:25:42Z',
    });
    expect(JSON.stringify(found)).not.toMatch(/cat |openssl/);
  });

  it('keep the way back that a check printed, and nothing else of it', async () => {
    const result = 'Charm is ready for refresh.\nhunter2 `juju refresh etcd --revision 182`';
    const found = await read(asker(check('completed'), { '8': { results: { result, 'return-code': 0 } } }));
    expect(found).toEqual([
      {
        id: '7',
        action: 'pre-refresh-check',
        units: ['etcd/2'],
        status: 'completed',
        enqueued: '2026-11-22T06:00:00Z',
        started: '2026-11-22T06:00:02Z',
        completed: '2026-11-22T06:00:04Z',
        rollback: 'juju refresh etcd --revision 182',
      },
    ]);
  });

  it('keep why a check failed', async () => {
    const found = await read(asker(check('failed'), { '8': { message: 'Backup in progress', results: {} } }));
    expect(found[0]).toMatchObject({ status: 'failed', message: 'Backup in progress' });
  });

  it('do without an answer that cannot be shown, and without operations that make no sense', async () => {
    const listed = { ...check('completed'), nine: {}, '10': { timing: { enqueued: 'soon' } } };
    expect((await read(asker(listed))).map(({ id, rollback }) => [id, rollback])).toEqual([['7', undefined]]);
  });

  it('are none where nothing was ever run', async () => {
    expect(await read(asker(null))).toEqual([]);
  });

  it('are unknown where juju does not list them', async () => {
    expect(await askCliOperations(asker(undefined), 'prod:admin/data')).toMatchObject({
      unknown: { reason: 'no such task' },
    });
  });
});
