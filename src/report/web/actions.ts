/** What the page's forms send; the answer leads back to the page, with what came of it. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { InputError } from '../../core/input-error.js';
import { pausedPlace } from '../../core/orders/pause.js';
import { counted, second } from '../../core/text.js';
import type { Clock, Journal, Log } from '../../core/ports/index.js';
import type { Notice } from './access/sessions.js';
import { anybodyHere } from './access/principal.js';
import { clearOne, decideOn, pauseChanges, resumeChanges, type Deciding } from './decisions.js';
import type { Live } from './live.js';
import { refuse } from './refuse.js';

export interface ActionsOptions {
  readonly journal: Journal | undefined;
  readonly clock: Clock;
  readonly live: Live;
  readonly log: Log;
}

/** Decisions a minute, of one person. */
export const changeLimit = { rateLimit: { max: 60, timeWindow: 60_000, groupId: 'changes' } } as const;
const route = { config: { needs: 'approver', ...changeLimit } } as const;

type Act = (deciding: Deciding, params: Readonly<Record<string, string>>) => Promise<string>;

const acts: Readonly<Record<string, Act>> = {
  '/plans/:plan/approve': async (deciding, { plan = '' }) => {
    const { approval, waits } = await decideOn(plan, 'approve', deciding);
    const what = waits
      ? 'It is carried out as soon as nothing else holds it back.'
      : 'Nothing waits for it just now: it counts if it is asked for again.';
    return `Approved until ${second(approval.expiresAt)}. ${what}`;
  },
  '/plans/:plan/deny': async (deciding, { plan = '' }) => {
    const { approval } = await decideOn(plan, 'deny', deciding);
    return `Denied until ${second(approval.expiresAt)}: nothing of it is done until then.`;
  },
  '/orders/clear': async (deciding) => {
    const cleared = await clearOne(deciding);
    return `${counted(cleared.length, 'quarantine')} lifted: it may be tried again.`;
  },
  '/orders/pause': async (deciding) => `Paused: ${pausedPlace(await pauseChanges(deciding))}.`,
  '/orders/resume': async (deciding) => `${counted((await resumeChanges(deciding)).length, 'pause')} lifted.`,
};

export function addActions(app: FastifyInstance, options: ActionsOptions): void {
  for (const [path, act] of Object.entries(acts))
    app.post(path, route, async (request, reply) => answer(act, { request, reply }, options));
}

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

async function answer(
  act: Act,
  { request, reply }: Exchange,
  options: ActionsOptions,
): Promise<FastifyReply> {
  const { journal, clock, live } = options;
  const params = request.params as Readonly<Record<string, string>>;
  if (journal === undefined)
    return refuse(request, reply, 503, 'No journal is kept here: nothing can be decided.');
  const deciding = { journal, clock, who: request.who ?? anybodyHere, body: request.body };
  const notice = await outcomeOf(() => act(deciding, params));
  if (request.session !== undefined) request.session.notice = notice;
  live.nudge();
  const back = params['plan'] === undefined ? '/orders' : `/plans/${encodeURIComponent(params['plan'])}`;
  return reply.redirect(back, 303);
}

/** Mistakes are told on the page; what is no mistake of the person's goes on as it came. */
async function outcomeOf(act: () => Promise<string>): Promise<Notice> {
  try {
    return { kind: 'good', text: await act() };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { kind: 'bad', text: error.message };
  }
}
