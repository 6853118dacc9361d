/** The API under /api/v1: what the page shows and does, for programs. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Journal } from '../../../core/ports/index.js';
import { changeLimit, type ActionsOptions } from '../actions.js';
import { anybodyHere } from '../access/principal.js';
import { clearOne, decideOn, pauseChanges, resumeChanges, type Deciding } from '../decisions.js';
import { expectOnly, queryOf } from '../form.js';
import { refuse } from '../refuse.js';
import type { PagesOptions } from '../pages.js';
import { reads, type ReadContext } from './reads.js';

export interface ApiOptions extends PagesOptions, ActionsOptions {
  readonly journal: Journal | undefined;
  readonly openApi: (() => Promise<object>) | undefined;
}

const base = '/api/v1';
const forApprovers = { config: { needs: 'approver', ...changeLimit } } as const;

export function addApi(app: FastifyInstance, options: ApiOptions): void {
  for (const [path, read] of Object.entries(reads))
    app.get(`${base}${path}`, async (request, reply) => {
      const shown = options.shown();
      if (shown === undefined) return refuse(request, reply, 503, 'Starting.');
      const params = request.params as ReadContext['params'];
      const found = await read({
        ...options,
        shown,
        params,
        query: queryOf(request.query),
        now: options.clock.now(),
      });
      return found === undefined
        ? refuse(request, reply, 404, 'There is no such thing.')
        : sendJson(reply, found);
    });
  for (const [path, say] of Object.entries(words))
    app.post(`${base}${path}`, forApprovers, (request, reply) => change(say, { request, reply }, options));
  app.get(`${base}/openapi.json`, async (request, reply) =>
    options.openApi === undefined
      ? refuse(request, reply, 404, 'There is no such thing.')
      : sendJson(reply, await options.openApi()),
  );
}

/** What may be sent, and what is done with it. */
interface Say {
  readonly fields: readonly string[];
  readonly say: (deciding: Deciding, params: Readonly<Record<string, string>>) => Promise<object>;
}

const words: Readonly<Record<string, Say>> = {
  '/plans/:plan/approve': {
    fields: ['reason', 'valid'],
    say: async (deciding, { plan = '' }) => approval(await decideOn(plan, 'approve', deciding)),
  },
  '/plans/:plan/deny': {
    fields: ['reason', 'valid'],
    say: async (deciding, { plan = '' }) => approval(await decideOn(plan, 'deny', deciding)),
  },
  '/orders/clear': {
    fields: ['named', 'controller', 'model', 'application', 'all', 'reason'],
    say: async (deciding) => list('QuarantineList', await clearOne(deciding)),
  },
  '/orders/pause': {
    fields: ['controller', 'model', 'for', 'until', 'reason'],
    say: async (deciding) => ({ kind: 'Pause', version: 'v1', ...(await pauseChanges(deciding)) }),
  },
  '/orders/resume': {
    fields: ['id', 'all', 'reason'],
    say: async (deciding) => list('PauseList', await resumeChanges(deciding)),
  },
};

function approval({ approval: given }: Awaited<ReturnType<typeof decideOn>>): object {
  return { kind: 'Approval', version: 'v1', ...given };
}

function list(kind: string, items: readonly unknown[]): object {
  return { kind, version: 'v1', items };
}

async function change(
  { fields, say }: Say,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  { journal, clock, live }: ApiOptions,
): Promise<FastifyReply> {
  if (journal === undefined)
    return refuse(request, reply, 503, 'No journal is kept here: nothing can be decided.');
  expectOnly(fields, request.body);
  const deciding = { journal, clock, who: request.who ?? anybodyHere, body: request.body };
  const said = await say(deciding, request.params as Readonly<Record<string, string>>);
  live.nudge();
  return sendJson(reply, said);
}

function sendJson(reply: FastifyReply, value: object): FastifyReply {
  return reply.type('application/json; charset=utf-8').send(`${JSON.stringify(value)}\n`);
}
