/** The API's description held against the running server: each path called, each answer validated. */
import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { createServer } from 'node:http';
import { apiPaths } from '../../src/config/schemas/api-paths.js';
import { openApiDocument } from '../../src/config/schemas/openapi.js';
import { planHash } from '../../src/core/plan.js';
import type { Journal } from '../../src/core/ports/index.js';
import { Access } from '../../src/report/web/access/access.js';
import { buildApp } from '../../src/report/web/app.js';
import { Live } from '../../src/report/web/live.js';
import { Trend } from '../../src/report/web/trend.js';
import { memoryJournal, newMemory } from '../../src/store/memory.js';
import { ask } from '../support/ask.js';
import {
  action,
  approvalOf,
  entryNamed,
  pauseNamed,
  planNamed,
  quarantineNamed,
  remediationNamed,
} from '../support/journal-samples.js';
import { fullReport } from '../support/export-estate.js';
import { sampleView } from '../support/report-samples.js';
import { realClock } from '../support/real-clock.js';
import { silentLog } from '../support/silent.js';
import { approverToken, guarded, startPage, viewerToken, type Page } from '../support/web.js';

interface Operation {
  readonly requestBody?: { readonly content: Record<string, { readonly schema: object }> };
  readonly responses: Record<string, { readonly content?: Record<string, { readonly schema: object }> }>;
}
interface Document {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: object;
}

const document = openApiDocument() as Document;
const drafted = planNamed('plan', { actions: [action] });
const hash = planHash(drafted);
const plan = { ...drafted, hash, id: hash.slice(0, 12) };
const far = { expiresAt: '2100-01-01T00:00:00Z' };
const report = fullReport();
let page: Page;
let journal: Journal;

const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addSchema({ $id: 'api', ...document });

function validator(path: string, method: string, status: string): ValidateFunction {
  const pointer = `/paths/${path.replaceAll('~', '~0').replaceAll('/', '~1')}/${method}/responses/${status}`;
  const encoded = pointer.replaceAll('{', '%7B').replaceAll('}', '%7D');
  return ajv.compile({ $ref: `api#${encoded}/content/application~1json/schema` });
}

beforeAll(async () => {
  journal = memoryJournal(newMemory());
  const waiting = remediationNamed('r1', { planHash: hash, state: 'WaitingApproval' });
  const other = planNamed('other');
  await journal.write(
    { type: 'plan', plan },
    { type: 'plan', plan: other },
    { type: 'remediation', remediation: waiting },
    { type: 'approval', approval: approvalOf('other', far) },
    { type: 'quarantine', quarantine: quarantineNamed('q1') },
    { type: 'quarantine', quarantine: quarantineNamed('q2') },
    { type: 'pause', pause: pauseNamed('p1', { reason: 'incident' }) },
    { type: 'audit', entry: entryNamed('StepBegun') },
  );
  const view = sampleView({
    report: () => report,
    plans: () => [plan],
    remediations: () => [waiting, remediationNamed('r2', { note: 'roll back by x' })],
  });
  page = await startPage({
    journal,
    view: () => view,
    trend: { load: () => [{ at: '2026-11-22T00:00:00Z', score: 12.5, short: 3 }], save: () => undefined },
  });
});
afterAll(async () => page.server.close());

const reads = Object.entries(apiPaths).filter(([, { method }]) => method === 'get');
const changes: readonly (readonly [string, object])[] = [
  ['/plans/{plan}/approve', { reason: 'agreed', valid: '1h' }],
  ['/plans/{plan}/deny', {}],
  ['/orders/clear', { named: 'TOY-NET-01', all: true }],
  ['/orders/pause', { controller: 'prod', for: '1h', reason: 'incident' }],
  ['/orders/resume', { all: true }],
];

function real(path: string): string {
  const filled = path.replace('{id}', report.findings[0]?.id ?? '').replace('{plan}', hash);
  return `${page.url}/api/v1${filled}`;
}

async function call(path: string, token: string, body?: object): Promise<{ status: number; value: unknown }> {
  const answer = await ask(real(path), {
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  return { status: answer.status, value: await answer.json() };
}

/** Every path under /api/v1 that is registered, as the description writes it; the description's own left out. */
async function pathsOfServer(): Promise<readonly string[]> {
  const clock = realClock();
  const given = { shown: () => undefined, clock, log: silentLog };
  const app = await buildApp({
    ...{
      ...given,
      listen: '',
      view: () => undefined,
      guides: [],
      names: () => new Set(),
      isClosing: () => false,
    },
    metrics: { text: () => Promise.resolve(''), contentType: 'text/plain' },
    access: new Access(guarded, clock),
    live: new Live({ ...given, journal }),
    trend: new Trend(clock),
    serve: (handler) => createServer(handler),
  });
  const above: string[] = [];
  const paths = app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const [, indent = '', part = '', methods] = /^([│├└─ ]*)(\/?\S*)(?: \((.*)\))?$/.exec(line) ?? [];
      above.splice(indent.length / 4 - 1, above.length, part);
      return methods === undefined ? [] : [above.join('')];
    });
  await app.close();
  const described = paths.flatMap((path) => /^\/api\/v1(\/.*)$/.exec(path)?.[1] ?? []);
  return described
    .filter((path) => path !== '/openapi.json')
    .map((path) => path.replace(/:(\w+)/g, '{$1}'))
    .sort();
}

describe('the description of the API', () => {
  it('is served as it is published', async () => {
    expect((await call('/openapi.json', viewerToken)).value).toEqual(document);
  });

  it('names every path that the server has, and no other', async () => {
    expect(Object.keys(document.paths).sort()).toEqual(await pathsOfServer());
    expect([...reads.map(([path]) => path), ...changes.map(([path]) => path)].sort()).toEqual(
      Object.keys(document.paths).sort(),
    );
  });

  test.each(Object.keys(document.paths))('says by which methods %s is asked', async (path) => {
    const answer = await ask(real(path), {
      method: 'DELETE',
      headers: { authorization: `Bearer ${approverToken}` },
    });
    const described = Object.keys(document.paths[path] ?? {}).filter((key) => key !== 'parameters');
    const allowed = (answer.headers.get('allow') ?? '').toLowerCase().split(', ');
    expect([answer.status, allowed.filter((method) => method !== 'head')]).toEqual([405, described]);
  });

  test.each(reads.map(([path]) => path))('fits what GET %s answers', async (path) => {
    const { status, value } = await call(path, viewerToken);
    const isAsDescribed = validator(path, 'get', '200');
    isAsDescribed(value);
    expect([status, isAsDescribed.errors]).toEqual([200, null]);
  });

  test.each(changes)('fits what POST %s takes and answers', async (path, body) => {
    const asked = document.paths[path]?.['post']?.requestBody?.content['application/json']?.schema as {
      $ref: string;
    };
    const isRequest = ajv.compile({ $ref: `api${asked.$ref}` });
    isRequest(body);
    const { status, value } = await call(path, approverToken, body);
    const isAsDescribed = validator(path, 'post', '200');
    isAsDescribed(value);
    expect([isRequest.errors, status, isAsDescribed.errors]).toEqual([null, 200, null]);
  });

  test.each([
    ['a finding that is none', '/findings/none', undefined, 404],
    ['a severity that is none', '/findings?severity=terrible', undefined, 422],
    ['too many at once', '/findings?limit=5000', undefined, 422],
    ['a pattern that would take long', `/findings?control=${'*a'.repeat(9)}`, undefined, 422],
    ['a word that is not known', '/orders/pause', { reson: 'typo' }, 422],
    ['a number for a text', '/orders/pause', { for: 5 }, 422],
    ['a list', '/orders/pause', [], 422],
    ['a plan that is not in the journal', '/plans/ffff0000/approve', {}, 422],
  ])('says what a refusal looks like: %s', async (_what, path, body, wanted) => {
    const { status, value } = await call(path, approverToken, body);
    const isProblem = ajv.compile({ $ref: 'api#/components/schemas/Problem' });
    isProblem(value);
    expect([status, isProblem.errors]).toEqual([wanted, null]);
  });

  it('gives findings page by page', async () => {
    const all = await call('/findings?outcome=all&limit=1000', viewerToken);
    const { total, items } = all.value as { total: number; items: readonly { id: string }[] };
    const some = (await call('/findings?outcome=all&limit=2&offset=3', viewerToken)).value;
    expect(total).toBe(report.findings.length);
    expect(some).toMatchObject({ total, offset: 3, items: items.slice(3, 5) });
  });
});
