/** The views under their paths. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Journal } from '../../core/ports/index.js';
import type { Entry } from '../exports/catalogue.js';
import type { WebOptions } from './types.js';
import { anybodyHere, mayDecide, type Principal } from './access/principal.js';
import { liveHeader } from './access/access.js';
import { formOwner } from './cookies.js';
import { queryOf } from './form.js';
import { refuse } from './refuse.js';
import type { Shown } from './shown.js';
import type { Trend } from './trend.js';
import type { Verification } from './verification.js';
import { audit } from './views/audit.js';
import { control } from './views/control.js';
import { controls } from './views/controls.js';
import { finding } from './views/finding.js';
import { findings } from './views/findings.js';
import { layout } from './views/layout.js';
import { models } from './views/models.js';
import { orders } from './views/orders.js';
import { overview } from './views/overview.js';
import { place } from './views/place.js';
import { plan } from './views/plan.js';
import { plans } from './views/plans.js';
import type { View, ViewContext } from './views/view.js';
import { waivers } from './views/waivers.js';

export interface PagesOptions extends Pick<WebOptions, 'guides' | 'clock'> {
  readonly journal: Journal | undefined;
  readonly shown: () => Shown | undefined;
  readonly trend: Trend;
  readonly verification: Verification | undefined;
}

const views: Readonly<Record<string, View>> = {
  '/': overview,
  '/models': models,
  '/places/:controller': place,
  '/places/:controller/:model': place,
  '/places/:controller/:model/:application': place,
  '/findings': findings,
  '/findings/:id': finding,
  '/plans': plans,
  '/plans/:plan': plan,
  '/orders': orders,
  '/waivers': waivers,
  '/audit': audit,
  '/controls': controls,
  '/controls/:control': control,
};

export function addPages(app: FastifyInstance, options: PagesOptions): void {
  const entries = new Map<string, Entry>();
  for (const guide of options.guides)
    for (const one of guide.controls) entries.set(one.id, { control: one, guide });
  const given = { ...options, entryOf: (id: string) => entries.get(id) };
  for (const [path, view] of Object.entries(views))
    app.get(path, (request, reply) => show(view, { request, reply }, given));
}

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

interface Given extends PagesOptions {
  readonly entryOf: ViewContext['entryOf'];
}

async function show(view: View, { request, reply }: Exchange, given: Given): Promise<FastifyReply> {
  const shown = given.shown();
  if (shown === undefined) return refuse(request, reply, 503, 'Starting.');
  const who = request.who ?? anybodyHere;
  const csrf = csrfFor(request, reply);
  const sheet = await view(contextOf({ request, shown, who, csrf }, given));
  if (sheet === undefined)
    return refuse(request, reply, 404, 'There is no such thing here, or not any more.');
  const frame = { path: pathOf(request), who, csrf, notice: noticeOf(request), shown };
  reply.type('text/html; charset=utf-8');
  return reply.send(layout(sheet, frame).toString());
}

interface Asked {
  readonly request: FastifyRequest;
  readonly shown: Shown;
  readonly who: Principal;
  readonly csrf: string | undefined;
}

function contextOf({ request, shown, who, csrf }: Asked, given: Given): ViewContext {
  const { guides, entryOf, journal, verification, trend, clock } = given;
  return {
    shown,
    who,
    csrf: mayDecide(who) ? csrf : undefined,
    params: request.params as ViewContext['params'],
    query: queryOf(request.query),
    guides,
    entryOf,
    journal,
    verification,
    trend: trend.points(),
    now: clock.now(),
  };
}

/** For the forms of those who are logged in by a session; programs with a token see none. */
function csrfFor(request: FastifyRequest, reply: FastifyReply): string | undefined {
  return request.session === undefined ? undefined : reply.generateCsrf({ userInfo: formOwner(request) });
}

/** What is to be told once, unless the page only looks for news. */
function noticeOf({ session, headers }: FastifyRequest): NonNullable<FastifyRequest['session']>['notice'] {
  if (session === undefined || headers[liveHeader] !== undefined) return undefined;
  const { notice } = session;
  session.notice = undefined;
  return notice;
}

function pathOf({ url }: FastifyRequest): string {
  const query = url.indexOf('?');
  return query === -1 ? url : url.slice(0, query);
}
