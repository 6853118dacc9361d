/** What the API shows, by path. */
import { sinceOf } from '../../../core/orders/moments.js';
import { standingOf as ordersOf } from '../../../core/orders/standing.js';
import { InputError } from '../../../core/input-error.js';
import type { Journal } from '../../../core/ports/index.js';
import type { Guide } from '../../../core/control.js';
import { chosen, filterFrom } from '../finding-filter.js';
import { numberIn, type Query } from '../form.js';
import { modelSheets, standingOf } from '../report-index.js';
import type { Shown } from '../shown.js';
import type { Verification } from '../verification.js';
import type { Trend } from '../trend.js';

export interface ReadContext {
  readonly shown: Shown;
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly query: Query;
  readonly journal: Journal | undefined;
  readonly verification: Verification | undefined;
  readonly guides: readonly Guide[];
  readonly trend: Trend;
  /** ms. */
  readonly now: number;
}

/** Undefined: there is no such thing. @throws InputError for what was asked wrongly. */
type Read = (context: ReadContext) => object | undefined | Promise<object | undefined>;

const most = { least: 1, most: 1000, usual: 100 } as const;
const from = { least: 0, most: 10_000_000, usual: 0 } as const;

export const reads: Readonly<Record<string, Read>> = {
  '/report': ({ shown }) => shown.report,
  '/findings': ({ shown, query }) => page('FindingList', chosen(shown, filterFrom(query)), query),
  '/findings/:id': ({ shown, params }) => shown.index.byId.get(params['id'] ?? ''),
  '/models': ({ shown }) =>
    list(
      'ModelList',
      shown.once('api-models', () => modelsOf(shown)),
    ),
  '/trend': ({ trend }) => list('TrendList', trend.points()),
  '/plans': ({ shown }) => list('PlanList', shown.daemon.plans()),
  '/plans/:plan': onePlan,
  '/remediations': ({ shown, query }) =>
    page('RemediationList', shown.daemon.remediations().toReversed(), query),
  '/orders': async (context) => ({
    kind: 'Orders',
    version: 'v1',
    ...(await ordersOf(journalOf(context), context.now)),
  }),
  '/waivers': ({ shown }) => list('WaiverList', shown.report.waivers ?? []),
  '/audit-log': auditLog,
  '/audit-log/verdict': async (context) => {
    journalOf(context);
    return { kind: 'AuditVerdict', version: 'v1', ...(await context.verification?.now())?.verdict };
  },
  '/controls': ({ guides }) => list('ControlList', guides.flatMap(controlsOf)),
};

function list(kind: string, items: readonly unknown[]): object {
  return { kind, version: 'v1', items };
}

/** Some of many, and how many there are. */
function page(kind: string, all: readonly unknown[], query: Query): object {
  const offset = numberIn(query, 'offset', from);
  const limit = numberIn(query, 'limit', most);
  return { kind, version: 'v1', total: all.length, offset, items: all.slice(offset, offset + limit) };
}

/** @throws InputError where none is kept. */
function journalOf({ journal }: ReadContext): Journal {
  if (journal === undefined) throw new InputError('no journal is kept here');
  return journal;
}

function modelsOf({ index }: Shown): readonly object[] {
  const models = modelSheets(index).filter(({ place: { model } }) => model !== undefined);
  return models.map(({ place, standing, applications }) => ({
    ...place,
    ...standing,
    applications: applications.map(({ place: { application }, findings }) => ({
      application,
      ...standingOf(findings),
    })),
  }));
}

async function onePlan({ shown: { daemon }, params, journal }: ReadContext): Promise<object | undefined> {
  const named = params['plan'] ?? '';
  const now = daemon.plans().find(({ hash, id }) => hash === named || id === named);
  return now ?? (await journal?.plan(named));
}

async function auditLog(context: ReadContext): Promise<object> {
  const { query, now } = context;
  const after = query['after'];
  const items = await journalOf(context).auditLog({
    limit: numberIn(query, 'limit', most),
    ...(after === undefined ? { newest: true } : { after: numberIn(query, 'after', from) }),
    ...(query['since'] === undefined ? {} : { since: sinceOf(query['since'], now, 'since') }),
  });
  return list('AuditLog', items);
}

function controlsOf({ id: guide, controls }: Guide): readonly object[] {
  return controls.map(
    ({ id, title, severity, section, rationale, remediation, fixableBy, manual, references }) => ({
      ...{ id, title, guide, severity, section, rationale, remediation, fixableBy, manual, references },
    }),
  );
}
