import { describe, expect, it, test } from '@jest/globals';
import { wsResponse } from '../../../test/support/ws-capture.js';
import { isKnown } from '../../core/fact.js';
import type { Operation } from '../../core/snapshot.js';
import { JujuApiError } from '../api/api-error.js';
import type { ApiCall } from '../api/link.js';
import { branch } from '../status/json.js';
import { askOperations } from './read-operations.js';
import type { Asked } from './shared.js';

const clock = { now: () => 0, after: () => () => undefined, sleep: () => Promise.resolve() };

interface Task {
  readonly id: number;
  readonly action?: string;
  readonly unit?: string;
  readonly status?: string;
  readonly minute?: number;
  readonly message?: string;
  readonly output?: object;
}

function time(minute: number): string {
  return new Date(Date.UTC(2026, 10, 22, 6, minute)).toISOString();
}

function operation({
  id,
  action = 'ping',
  unit = 'unit-etcd-0',
  status = 'completed',
  minute = 0,
}: Task): object {
  const completed = status === 'running' ? '0001-01-01T00:00:00Z' : time(minute + 1);
  const task = {
    tag: `action-${1000 + id}`,
    receiver: unit,
    name: action,
    parameters: { password: 'hunter2' },
  };
  return {
    operation: `operation-${id}`,
    summary: `action "${action}" hunter2`,
    enqueued: time(minute),
    completed,
    status,
    actions: [{ action: task, output: { password: 'hunter2' } }],
  };
}

/** Answers as Juju does: the lexically first numbers, page by page, or those of the actions named. */
function server(tasks: readonly Task[], asked: ApiCall[] = []): Asked {
  const sorted = [...tasks].sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));
  return {
    login: undefined,
    call: (call) => {
      asked.push(call);
      const params = branch(call.params);
      return Promise.resolve({
        call: `${call.facade}.${call.request} v7`,
        answer: answerTo(call.request, params),
      });
    },
  };

  function answerTo(request: string, params: Readonly<Record<string, unknown>>): unknown {
    if (request === 'Actions') {
      const tags = (params['entities'] as { tag: string }[]).map(({ tag }) => tag);
      const found = tags.map((tag) => tasks.find(({ id }) => tag === `action-${1000 + id}`));
      return { results: found.map((task) => ({ message: task?.message, output: task?.output })) };
    }
    const actions = params['actions'] as readonly string[] | undefined;
    const fitting = sorted.filter(({ action = 'ping' }) => actions?.includes(action) ?? true);
    const [offset, limit] = [Number(params['offset']), Number(params['limit'])];
    const results = fitting.slice(offset, offset + limit).map(operation);
    return { results, truncated: fitting.length > offset + limit };
  }
}

async function read(link: Asked): Promise<readonly Operation[]> {
  const fact = await askOperations(link, clock);
  if (!isKnown(fact)) throw new Error(fact.unknown.reason);
  return fact.value;
}

describe('operations by the API', () => {
  it('are read as a real controller lists them, commands without their text', async () => {
    const answer = wsResponse('1-bare/ws/ListOperations');
    const found = await read({ login: undefined, call: () => Promise.resolve({ call: 'x', answer }) });
    expect(found).toHaveLength(5);
    expect(found[0]).toEqual({
      id: '16',
      action: 'exec',
      units: ['pg16/0'],
      status: 'completed',
      enqueued: '2026-11-22T03:25:48Z',
      started: '2026-11-22T03:25:48Z',
      completed: '2026-11-22T03:25:48Z',
    });
    expect(JSON.stringify(found)).not.toContain('patroni');
  });

  it('come newest first, whatever their numbers, and keep nothing of parameters, summaries and results', async () => {
    const found = await read(
      server([
        { id: 9, minute: 5 },
        { id: 10, minute: 6 },
        { id: 2, minute: 7 },
      ]),
    );
    expect(found.map(({ id }) => id)).toEqual(['2', '10', '9']);
    expect(JSON.stringify(found)).not.toContain('hunter2');
  });

  it('are at most 50, but the last check of each application is never lost among them', async () => {
    const busy = Array.from({ length: 700 }, (_, id): Task => ({ id, minute: 10 + id, action: 'juju-exec' }));
    const checks: readonly Task[] = [
      { id: 9001, minute: 1, action: 'pre-refresh-check' },
      { id: 9002, minute: 2, action: 'pre-refresh-check' },
      { id: 9003, minute: 3, action: 'pre-upgrade-check', unit: 'unit-pg14-1' },
    ];
    const found = await read(server([...busy, ...checks]));
    expect(found).toHaveLength(52);
    expect(found.slice(-2).map(({ id, units }) => [id, units])).toEqual([
      ['9003', ['pg14/1']],
      ['9002', ['etcd/0']],
    ]);
  });

  it('asks for the steps of a refresh by name once there is more than it reads', async () => {
    const asked: ApiCall[] = [];
    const busy = Array.from({ length: 1500 }, (_, id): Task => ({ id: 1000 + id, minute: id }));
    const found = await read(server([...busy, { id: 99_999, minute: 3, action: 'resume-refresh' }], asked));
    expect(found.at(-1)?.action).toBe('resume-refresh');
    expect(asked.filter(({ request }) => request === 'ListOperations')).toHaveLength(6);
  });

  it('ends when a recorded answer is the same again and again', async () => {
    const answer = { results: [operation({ id: 1 })], truncated: true };
    const asked: string[] = [];
    const found = await read({
      login: undefined,
      call: ({ request }) => {
        asked.push(request);
        return Promise.resolve({ call: 'x', answer });
      },
    });
    expect([found.length, asked.length]).toEqual([1, 2]);
  });

  const rollback =
    'juju refresh postgresql-k8s --revision 10007 --resource postgresql-image=registry.example/x@sha256:76ef';
  test.each<[string, Task, Partial<Operation>]>([
    [
      'of a check that passed the way back is kept, and nothing around it',
      {
        id: 1,
        action: 'pre-refresh-check',
        output: { result: `Charm is ready.\nsecret hunter2\n\`${rollback}\`` },
      },
      { rollback },
    ],
    [
      'of a check that failed the reason is kept, on one line',
      { id: 1, action: 'pre-upgrade-check', status: 'failed', message: 'Backup in\nprogress' },
      { message: 'Backup in progress' },
    ],
    [
      'a running one has no end',
      { id: 1, action: 'pre-refresh-check', status: 'running' },
      { status: 'running' },
    ],
  ])('%s', async (_, task, expected) => {
    const [found] = await read(server([task]));
    expect(found).toMatchObject(expected);
    expect(JSON.stringify(found)).not.toContain('hunter2');
  });

  it('drops what is no unit and no number', async () => {
    const found = await read(
      server([{ id: 1, unit: 'machine-0' }, { id: 2, unit: 'unit-x y-0' }, { id: -3 }]),
    );
    expect(found.map(({ id, units }) => [id, units])).toEqual([
      ['2', []],
      ['1', []],
    ]);
  });

  it('are unknown to who may not read them, and keep their list where only the answers are refused', async () => {
    const denied = new JujuApiError({ call: 'x', code: 'unauthorized access', message: 'permission denied' });
    const blind = await askOperations({ login: undefined, call: () => Promise.reject(denied) }, clock);
    expect(blind).toMatchObject({ unknown: { permission: 'model read' } });
    const half = server([{ id: 1, action: 'pre-refresh-check' }]);
    const found = await read({
      login: undefined,
      call: (call) => (call.request === 'Actions' ? Promise.reject(denied) : half.call(call)),
    });
    expect(found).toHaveLength(1);
  });
});
