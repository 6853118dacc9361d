/** Who may look, and who may decide. */
import { describe, expect, it, test } from '@jest/globals';
import { once } from 'node:events';
import { get } from 'node:http';
import { webDefaults } from '../../src/core/policy/web.js';
import type { WebOptions } from '../../src/report/web/types.js';
import { ask } from '../support/ask.js';
import { standingClock } from '../support/journal-samples.js';
import {
  approverToken,
  decidablePlan,
  guarded,
  journalWithPlan,
  pages,
  startPage,
  tokenOf,
  viewerToken,
  type Visitor,
} from '../support/web.js';

const page = pages();

async function inside(token: string, more?: Partial<WebOptions>): Promise<Visitor> {
  const visitor = (await page(more)).visitor();
  await visitor.logIn(token);
  return visitor;
}

const { hash } = decidablePlan;

function bearer(token: string): { headers: Record<string, string> } {
  return { headers: { authorization: `Bearer ${token}` } };
}

describe('somebody with a browser', () => {
  it('is led to the login and, with a token, back to where he wanted to go', async () => {
    const visitor = (await page()).visitor();
    const turned = await visitor.get('/models?x=1');
    expect([turned.status, turned.headers.get('location')]).toEqual([303, '/login?next=%2Fmodels%3Fx%3D1']);
    const csrf = await visitor.csrf('/login?next=%2Fmodels%3Fx%3D1');
    const let_in = await visitor.post('/login', { token: approverToken, next: '/models?x=1', _csrf: csrf });
    expect([let_in.status, let_in.headers.get('location')]).toEqual([303, '/models?x=1']);
    const text = await (await visitor.get('/models')).text();
    expect(text).toContain('<h1>Models</h1>');
    expect(text).toContain('anna');
  });

  test.each(['//evil.example/', 'https://evil.example/', '/\\evil.example', '/login?next=/', 'evil'])(
    'is not sent to %s after the login',
    async (next) => {
      const visitor = (await page()).visitor();
      const csrf = await visitor.csrf('/login');
      const answer = await visitor.post('/login', { token: approverToken, next, _csrf: csrf });
      expect(answer.headers.get('location')).toBe('/');
    },
  );

  it('gets a cookie that no script can read and no other site can send along with a form', async () => {
    const visitor = (await page()).visitor();
    const answer = await visitor.logIn(approverToken);
    const cookie = answer.headers.getSetCookie().find((line) => line.startsWith('holdfast='));
    expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  it('gets cookies for TLS only where a proxy speaks it', async () => {
    const { visitor } = await page({ web: { ...guarded, proxied: true, url: 'https://hold.example' } });
    const answer = await visitor().get('/login');
    expect(answer.headers.getSetCookie()[0]).toMatch(/^__Host-holdfast-csrf=.*; Path=\/; HttpOnly; Secure/);
    expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000');
  });

  it('is told once what came of his decision, and the journal has it in his name', async () => {
    const kept = await journalWithPlan();
    const visitor = await inside(approverToken, { journal: kept });
    const path = `/plans/${hash}`;
    const answer = await visitor.post(`${path}/approve`, {
      reason: 'seen with the team',
      _csrf: await visitor.csrf(path),
    });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, path]);
    expect(await (await visitor.get(path)).text()).toContain('Nothing waits for it just now');
    expect(await (await visitor.get(path)).text()).not.toContain('Nothing waits for it just now');
    expect((await kept.orders()).decisions).toMatchObject([
      { by: 'anna', decision: 'approve', reason: 'seen with the team', planHash: hash },
    ]);
    expect(await kept.auditLog({ limit: 9 })).toMatchObject([
      { actor: 'anna', event: 'PlanApproved', body: { plan: hash, via: { login: 'token' } } },
    ]);
  });

  it('clears, pauses, resumes and denies as the command line does', async () => {
    const kept = await journalWithPlan();
    const visitor = await inside(approverToken, { journal: kept });
    const _csrf = await visitor.csrf('/orders');
    await visitor.post('/orders/clear', { named: 'q1', _csrf });
    await visitor.post('/orders/pause', { for: '2h', controller: 'prod', reason: 'incident', _csrf });
    await visitor.post(`/plans/${hash}/deny`, { valid: '24h', _csrf });
    const { pauses, quarantines, decisions } = await kept.orders();
    expect([quarantines, pauses, decisions]).toMatchObject([
      [],
      [{ by: 'anna', controller: 'prod', reason: 'incident' }],
      [{ decision: 'deny' }],
    ]);
    await visitor.post('/orders/resume', { _csrf });
    expect((await kept.orders()).pauses).toEqual([]);
    expect((await kept.auditLog({ limit: 9 })).map(({ event }) => event)).toEqual([
      'QuarantineCleared',
      'Paused',
      'PlanDenied',
      'Resumed',
    ]);
  });

  it('is told what was wrong with his words, and nothing is written', async () => {
    const kept = await journalWithPlan();
    const visitor = await inside(approverToken, { journal: kept });
    const path = `/plans/${hash}`;
    await visitor.post(`${path}/approve`, { valid: 'soon', _csrf: await visitor.csrf(path) });
    expect(await (await visitor.get(path)).text()).toContain('valid: &quot;soon&quot; is no duration');
    expect(await kept.auditLog({ limit: 9 })).toEqual([]);
  });

  it('sees no forms as a viewer, and may not send them either', async () => {
    const kept = await journalWithPlan();
    const visitor = await inside(viewerToken, { journal: kept });
    const text = await (await visitor.get(`/plans/${hash}`)).text();
    expect(text).toContain('You may look here, and not decide.');
    expect(text).not.toContain('/approve"');
    const answer = await visitor.post(`/plans/${hash}/approve`, { _csrf: await visitor.csrf('/plans') });
    expect([answer.status, await answer.text()]).toEqual([
      403,
      expect.stringContaining('vera may look here'),
    ]);
    expect(await kept.auditLog({ limit: 9 })).toEqual([]);
  });

  it('is out after logging out, also with the cookie that he had', async () => {
    const visitor = await inside(approverToken);
    const cookie = visitor.cookies().get('holdfast') ?? '';
    await visitor.post('/logout', { _csrf: await visitor.csrf('/') });
    expect(visitor.cookies().has('holdfast')).toBe(false);
    visitor.setCookie('holdfast', cookie);
    expect((await visitor.get('/models')).status).toBe(303);
  });

  it('is out when his time is over, or when nobody used the page for two hours', async () => {
    const clock = standingClock();
    const start = clock.now();
    const visitor = await inside(approverToken, { clock, web: { ...guarded, session: 4 * 3600 } });
    clock.set(start + 1.9 * 3600_000);
    expect((await visitor.get('/')).status).toBe(200);
    clock.set(start + 3.8 * 3600_000);
    expect((await visitor.get('/')).status).toBe(200);
    clock.set(start + 4 * 3600_000);
    expect((await visitor.get('/')).status).toBe(303);
    await visitor.logIn(approverToken);
    clock.set(start + 6.1 * 3600_000);
    expect((await visitor.get('/', { 'x-holdfast-live': '1' })).status).toBe(303);
  });

  it('is out as soon as the policy names his token no more, or gives it another role', async () => {
    const made = await page();
    const visitor = made.visitor();
    await visitor.logIn(approverToken);
    made.server.adopt({ ...guarded, tokens: [tokenOf('anna', 'viewer', approverToken)] });
    expect((await visitor.get('/')).status).toBe(303);
  });
});

describe('a program with a bearer token', () => {
  it('reads as a viewer, decides as an approver, and is refused without a token or with a wrong one', async () => {
    const kept = await journalWithPlan();
    const { url } = await page({ journal: kept });
    const statuses = async (init: RequestInit): Promise<readonly number[]> => {
      const read = await ask(`${url}/api/v1/findings`, init);
      const said = await ask(`${url}/api/v1/plans/${hash}/approve`, { ...init, method: 'POST' });
      return [read.status, said.status];
    };
    expect(await statuses({})).toEqual([401, 401]);
    expect(await statuses(bearer('nobody-0123456789abcdef'))).toEqual([401, 401]);
    expect(await statuses({ headers: { authorization: 'Basic YTpi' } })).toEqual([401, 401]);
    expect(await statuses(bearer(viewerToken))).toEqual([200, 403]);
    expect(await statuses(bearer(approverToken))).toEqual([200, 200]);
    expect(await kept.auditLog({ limit: 9 })).toMatchObject([{ actor: 'anna', event: 'PlanApproved' }]);
  });

  it('is not listened to for a minute after ten wrong tokens, not even with a right one', async () => {
    const clock = standingClock();
    const { url } = await page({ clock });
    for (let time = 0; time < 10; time += 1) await ask(`${url}/api/v1/report`, bearer(`wrong-${time}`));
    const blocked = await ask(`${url}/api/v1/report`, bearer(approverToken));
    expect([blocked.status, blocked.headers.get('retry-after')]).toEqual([429, '60']);
    clock.set(clock.now() + 61_000);
    expect((await ask(`${url}/api/v1/report`, bearer(approverToken))).status).toBe(200);
  });

  it('is slowed down by the limit on changes', async () => {
    const { url } = await page({ journal: await journalWithPlan() });
    const init = { ...bearer(approverToken), method: 'POST' };
    const statuses = new Set<number>();
    for (let time = 0; time < 62; time += 1)
      statuses.add((await ask(`${url}/api/v1/orders/resume`, init)).status);
    expect([...statuses].sort()).toEqual([422, 429]);
  });
});

describe('what is open', () => {
  it('is health, readiness and metrics, and nothing else', async () => {
    const { url } = await page();
    const paths = [
      '/healthz',
      '/readyz',
      '/metrics',
      '/',
      '/report.json',
      '/plans.json',
      '/events',
      '/api/v1/openapi.json',
    ];
    const statuses = await Promise.all(paths.map(async (path) => (await ask(url + path)).status));
    expect(statuses).toEqual([200, 200, 200, 401, 401, 401, 401, 401]);
  });

  it('is not even metrics where the policy says so', async () => {
    const { url } = await page({ web: { ...guarded, metrics: 'login' } });
    expect((await ask(`${url}/metrics`)).status).toBe(401);
    expect((await ask(`${url}/metrics`, bearer(viewerToken))).status).toBe(200);
  });

  it('is everything that only shows where nobody is asked who he is, and nothing can be decided', async () => {
    const kept = await journalWithPlan();
    const { url } = await page({ web: webDefaults, journal: kept });
    expect((await ask(`${url}/orders`)).status).toBe(200);
    const answer = await ask(`${url}/api/v1/orders/pause`, { method: 'POST' });
    expect([answer.status, await answer.json()]).toMatchObject([
      403,
      { message: expect.stringContaining('name web.tokens or web.oidc') as unknown },
    ]);
    expect((await kept.orders()).pauses).toEqual([]);
  });

  test.each([
    ['without asking who is there', webDefaults, 'name web.tokens or web.oidc in the policy'],
    ['in clear', guarded, 'name web.tls in the policy, or say web.proxied: true'],
  ])('is never shown to other machines %s', async (_how, web, sentence) => {
    await expect(startPage({ listen: '0.0.0.0:0', web })).rejects.toThrow(sentence);
  });

  it('is not shown to a page elsewhere that points its own name at us', async () => {
    const { url } = await page({ web: webDefaults });
    const request = get(`${url}/api/v1/report`, { headers: { host: 'evil.example' }, agent: false });
    const [response] = (await once(request, 'response')) as [{ statusCode: number; resume: () => void }];
    response.resume();
    expect(response.statusCode).toBe(421);
  });
});
