import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { facadesOf } from '../../src/simulator/api/facades.js';
import {
  openSession,
  type RpcReply,
  type RpcRequest,
  type Session,
} from '../../src/simulator/api/session.js';
import type { SimController } from '../../src/simulator/world/state.js';
import { prodEstate } from './recorded-estate.js';
import { fixture, normal, Rehearsal } from './replay.js';
import { differences } from './shape.js';
import { countUp, printTable } from './table.js';

interface RecordedCall {
  readonly request?: Omit<RpcRequest, 'request-id'>;
  readonly error?: string;
  readonly 'error-code'?: string;
  readonly response: object;
}

const recordedModels: Readonly<Record<string, string>> = {
  controller: '2ab8743d-ab79-4924-8000-1e71a9ff56f7',
  data: '253b5010-f23f-4be4-84c6-e89bf4f73787',
  cos: 'd38e73bb-c350-4a4b-8291-b0de09d86c8a',
};

const replayed = new Map<string, number>();

/**
 * Details of a machine that no guide judges; texts left out of the fixtures; secrets that the recorder removed; the
 * stub's charms had no channel; an action's own results and parameters.
 */
const accepted = [
  /\.network-interfaces\.\*\.gateway: only recorded/,
  /description: only simulated/,
  /\.(charm-channel|charm-rev): only simulated/,
  /\.display-name: only simulated/,
  /\.provider-type: only/,
  /parameters\.\*/,
  /\.message: only/,
  /\.output: only simulated/,
  /\.action\.parameters: only simulated/,
  /\.output\.[\w-]+: only recorded/,
];

describe.each([
  ['1-bare', 'ws', 'admin'],
  ['3-hardened', 'ws', 'admin'],
  ['3-hardened', 'ws-as-bob-model-admin', 'bob'],
  ['3-hardened', 'ws-as-carol-model-read', 'carol'],
] as const)('the API of %s, %s,', (state, folder, user) => {
  const path = `captures/real/${state}/${folder}`;
  const files = readdirSync(join(import.meta.dirname, '../fixtures', path)).filter((file) =>
    file.endsWith('.json'),
  );

  test.each(files)('answers as the real controller: %s', async (file) => {
    const rehearsal = new Rehearsal(prodEstate(state === '3-hardened'), {
      controller: 'prod',
      model: 'admin/data',
    });
    const recorded = fixture(join(path, file)) as RecordedCall;
    const controller = rehearsal.world.controllers.get('prod')!;
    const session = sessionFor(controller, file, recorded);
    const login = await logIn(session, controller, user);
    await livelyPast(rehearsal, user);
    const reply =
      recorded.request === undefined
        ? login
        : await session.request(translated(controller, recorded.request));
    expect({ error: normal(reply.error ?? ''), code: reply['error-code'] }).toEqual({
      error: normal(recorded.error ?? ''),
      code: recorded['error-code'],
    });
    const found = differences(recorded.response, reply.response, false);
    expect(found.filter((difference) => !accepted.some((pattern) => pattern.test(difference)))).toEqual([]);
    const { type, request } = recorded.request ?? { type: 'Admin', request: 'Login' };
    countUp(replayed, `${type}.${request}`);
  });
});

/** Somebody was there before, and a task has run. */
async function livelyPast(rehearsal: Rehearsal, user: string): Promise<void> {
  const m = ['-m', 'prod:admin/data'];
  await rehearsal.run(['juju', 'status', ...m], user);
  await rehearsal.run(['juju', 'exec', ...m, '--unit', 'etcd/0', '--', 'true']);
}

function sessionFor(controller: SimController, file: string, { request }: RecordedCall): Session {
  const model = modelNameOf(file, request?.type);
  if (model === undefined) return openSession({ controller });
  const found = [...controller.models.values()].find(({ name }) => name === model)!;
  return openSession({ controller, modelUuid: found.uuid });
}

/** Calls of a model's facade went to the model in the file's name, else to `data`. */
function modelNameOf(file: string, type: string | undefined): string | undefined {
  if (type === undefined) return file.startsWith('login-model') ? 'data' : undefined;
  const isForController =
    facadesOf['4.0'].controller[type] !== undefined && facadesOf['4.0'].model[type] === undefined;
  if (isForController) return undefined;
  const named = /-(controller|data|cos)\.json$/.exec(file)?.[1];
  return named ?? 'data';
}

function logIn(session: Session, controller: SimController, user: string): Promise<RpcReply> {
  const params = { 'auth-tag': `user-${user}`, credentials: controller.users.get(user)?.password };
  return session.request({ 'request-id': 1, type: 'Admin', version: 3, request: 'Login', params });
}

/** The request with the simulated models' UUIDs. */
function translated(controller: SimController, request: Omit<RpcRequest, 'request-id'>): RpcRequest {
  let text = JSON.stringify(request).replace(/action-\d+/, 'action-1');
  for (const [name, uuid] of Object.entries(recordedModels)) {
    const model = [...controller.models.values()].find((each) => each.name === name)!;
    text = text.replaceAll(uuid, model.uuid);
  }
  return { 'request-id': 2, ...(JSON.parse(text) as Omit<RpcRequest, 'request-id'>) };
}

interface Refusal {
  readonly label: string;
  readonly call: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly error?: string;
  readonly code?: string;
  readonly response: { readonly results?: readonly { readonly error?: { message: string; code: string } }[] };
}

describe('refusals over the wire', () => {
  const all = fixture('captures/real/measurements/error-codes.json') as readonly Refusal[];
  const refusals = all.filter(({ label }) => !label.startsWith('FullStatus'));

  test.each(refusals.map((each) => [each.label, each] as const))(
    'have the recorded text and code: %s',
    async (_label, refusal) => {
      const rehearsal = new Rehearsal(prodEstate(true), { controller: 'prod', model: 'admin/data' });
      const controller = rehearsal.world.controllers.get('prod')!;
      const data = [...controller.models.values()].find(({ name }) => name === 'data')!;
      // The first error that the recorder met is one of an unblocked model.
      data.blocks.splice(1);
      controller.users.get('dave')!.disabled = true;
      const [, type = '', version = '', request = ''] = /^(\w+)\((\d+)\)\.(\w+)$/.exec(refusal.call) ?? [];
      const isForController = facadesOf['4.0'].model[type] === undefined;
      const session = openSession(isForController ? { controller } : { controller, modelUuid: data.uuid });
      await logIn(session, controller, 'admin');
      const reply = await session.request(
        translated(controller, { type, version: Number(version), request, params: refusal.params }),
      );
      expect({ error: reply.error, code: reply['error-code'] }).toEqual({
        error: refusal.error,
        code: refusal.code,
      });
      expect(errorsIn(reply.response)).toEqual(errorsIn(refusal.response));
      countUp(replayed, `${type}.${request}`);
    },
  );
});

/** Every error object of an answer. */
function errorsIn(response: object): readonly unknown[] {
  if (Array.isArray(response)) return response.flatMap((each: object) => errorsIn(each));
  return Object.entries(response).flatMap(([key, value]: [string, unknown]) => {
    if (typeof value !== 'object' || value === null) return [];
    return key === 'error' ? [value] : errorsIn(value);
  });
}

afterAll(() => {
  printTable('API calls', replayed);
});
