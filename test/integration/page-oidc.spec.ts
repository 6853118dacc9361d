/** Logging in by an identity provider: on real sockets, with everything that could be wrong with what it says. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from '@jest/globals';
import { webDefaults, type OidcPolicy } from '../../src/core/policy/web.js';
import { memoryJournal, newMemory } from '../../src/store/memory.js';
import { standingClock } from '../support/journal-samples.js';
import { client, startProvider, type Provider } from '../support/oidc-provider.js';
import { pages, type Page, type Visitor } from '../support/web.js';

let provider: Provider;
const start = pages();
const journal = memoryJournal(newMemory());
const clock = standingClock(Date.now());

beforeAll(async () => {
  provider = await startProvider();
});
beforeEach(() => {
  provider.fault = 'none';
  provider.claims = { sub: 'u-1', email: 'anna@example.com', groups: ['ops'] };
  provider.userInfo = {};
});
afterAll(async () => provider.close());

async function page(more: Partial<OidcPolicy> = {}): Promise<Page> {
  const made = await start({ web: webDefaults, journal, clock });
  const oidc: OidcPolicy = {
    issuer: provider.issuer,
    clientId: client.id,
    clientSecret: client.secret,
    scopes: ['openid', 'profile', 'email'],
    nameClaim: 'email',
    roleClaim: 'groups',
    roles: { approver: ['ops'], viewer: ['staff'] },
    ...more,
  };
  made.server.adopt({ ...webDefaults, oidc, url: made.url });
  return made;
}

/** Goes to the provider, who sends him back; not yet in. */
async function sentBack(visitor: Visitor, next = '/plans'): Promise<string> {
  const start = await visitor.get(`/oidc/start?next=${encodeURIComponent(next)}`);
  expect(start.status).toBe(303);
  const back = await fetch(start.headers.get('location') ?? '', { redirect: 'manual' });
  const { pathname, search } = new URL(back.headers.get('location') ?? '');
  return pathname + search;
}

async function logIn(visitor: Visitor): Promise<Response> {
  return visitor.get(await sentBack(visitor));
}

describe('somebody whom the provider knows', () => {
  it('comes in by authorization code with PKCE, and goes on where he wanted to', async () => {
    const { visitor } = await page();
    const anna = visitor();
    expect(await (await anna.get('/login')).text()).toContain('Log in with single sign-on');
    const answer = await logIn(anna);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/plans']);
    expect(provider.verifiers.at(-1)).toMatch(/^[\w-]{43,}$/);
    expect(await (await anna.get('/plans')).text()).toContain(
      'anna@example.com <span class="soft">approver</span>',
    );
  });

  it('decides in his name, with what the provider calls him for good beside it', async () => {
    const { visitor } = await page();
    const anna = visitor();
    await logIn(anna);
    await anna.post('/orders/pause', { reason: 'incident', _csrf: await anna.csrf('/orders') });
    expect((await journal.auditLog({ limit: 1, newest: true }))[0]).toMatchObject({
      actor: 'anna@example.com',
      event: 'Paused',
      body: { via: { login: 'oidc', issuer: provider.issuer, subject: 'u-1' } },
    });
  });

  test.each([
    ['approver', { groups: ['staff', 'ops'] }],
    ['viewer', { groups: ['staff'] }],
    ['viewer', { groups: 'staff' }],
  ])('is %s by what he belongs to: %j', async (role, claims) => {
    provider.claims = { sub: 'u-1', email: 'anna@example.com', ...claims };
    const { visitor } = await page();
    const anna = visitor();
    await logIn(anna);
    expect(await (await anna.get('/')).text()).toContain(
      `anna@example.com <span class="soft">${role}</span>`,
    );
  });

  it('is told by the userinfo endpoint where the token says too little', async () => {
    provider.claims = { sub: 'u-1' };
    provider.userInfo = { email: 'anna@example.com', groups: ['staff'] };
    const { visitor } = await page();
    const anna = visitor();
    expect((await logIn(anna)).status).toBe(303);
    expect(await (await anna.get('/')).text()).toContain('anna@example.com');
  });

  it('goes by his subject where nobody verified his address', async () => {
    provider.claims = { sub: 'u-1', email: 'root@example.com', email_verified: false, groups: ['ops'] };
    const { visitor } = await page();
    const anna = visitor();
    await logIn(anna);
    const text = await (await anna.get('/')).text();
    expect([text.includes('u-1 <span'), text.includes('root@example.com')]).toEqual([true, false]);
  });
});

describe('nobody comes in', () => {
  it('who belongs to nothing that gives a role', async () => {
    provider.claims = { sub: 'u-2', email: 'eve@example.com', groups: ['guests'] };
    const { visitor } = await page();
    const answer = await logIn(visitor());
    expect([answer.status, await answer.text()]).toEqual([
      403,
      expect.stringContaining('eve@example.com may not come in: nothing in groups gives a role here.'),
    ]);
  });

  test.each(['signature', 'nonce', 'audience', 'expired', 'issuer'] as const)(
    'with an ID token whose %s is wrong',
    async (fault) => {
      provider.fault = fault;
      const { visitor } = await page();
      const anna = visitor();
      expect((await logIn(anna)).status).toBe(502);
      expect((await anna.get('/')).status).toBe(303);
    },
  );

  it('with a login that another browser began', async () => {
    const { visitor } = await page();
    const [anna, eve] = [visitor(), visitor()];
    const back = await sentBack(eve);
    expect((await anna.get(back)).status).toBe(403);
    await anna.get('/oidc/start');
    expect((await anna.get(back)).status).toBe(502);
    expect((await anna.get('/')).status).toBe(303);
  });

  it('with the same answer of the provider twice', async () => {
    const { visitor } = await page();
    const anna = visitor();
    const back = await sentBack(anna);
    const cookie = anna.cookies().get('holdfast-login') ?? '';
    expect((await anna.get(back)).status).toBe(303);
    anna.setCookie('holdfast-login', cookie);
    expect((await anna.get(back)).status).toBe(403);
  });

  it('after ten minutes at the provider', async () => {
    const { visitor } = await page();
    const anna = visitor();
    const back = await sentBack(anna);
    clock.set(clock.now() + 11 * 60_000);
    const answer = await anna.get(back);
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('took too long')]);
  });

  it('while the client’s secret is wrong', async () => {
    const { visitor } = await page({ clientSecret: 'wrong' });
    const anna = visitor();
    expect((await logIn(anna)).status).toBe(502);
  });

  it('while the provider is away, and comes in when it is back', async () => {
    const { visitor, server, url } = await page({ issuer: 'http://127.0.0.1:9' });
    const anna = visitor();
    expect((await anna.get('/oidc/start')).status).toBe(502);
    server.adopt({
      ...webDefaults,
      url,
      oidc: {
        issuer: provider.issuer,
        clientId: client.id,
        clientSecret: client.secret,
        scopes: ['openid'],
        nameClaim: 'email',
        roleClaim: 'groups',
        roles: { approver: [], viewer: ['*'] },
      },
    });
    expect((await logIn(anna)).status).toBe(303);
  });
});
