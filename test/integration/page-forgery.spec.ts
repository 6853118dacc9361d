/** How others are kept from deciding in the name of somebody who is logged in. */
import { describe, expect, it, test } from '@jest/globals';
import type { WebOptions } from '../../src/report/web/types.js';
import { ask } from '../support/ask.js';
import { approverToken, journalWithPlan, pages, viewerToken, type Visitor } from '../support/web.js';

const page = pages();

async function inside(token: string, more?: Partial<WebOptions>): Promise<Visitor> {
  const visitor = (await page(more)).visitor();
  await visitor.logIn(token);
  return visitor;
}

describe('a forged request', () => {
  async function sent(
    fields: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<readonly [number, number]> {
    const kept = await journalWithPlan();
    const visitor = await inside(approverToken, { journal: kept });
    const own = await visitor.csrf('/orders');
    const answer = await visitor.post(
      '/orders/pause',
      { ...fields, ...(fields['_csrf'] === 'own' ? { _csrf: own } : {}) },
      headers,
    );
    return [answer.status, (await kept.orders()).pauses.length];
  }

  it('goes through with the page’s own token and origin, so that the others fail for what they are', async () => {
    expect(await sent({ _csrf: 'own' })).toEqual([303, 1]);
  });

  test.each([
    ['without a token', {}, {}],
    ['with a token that is made up', { _csrf: 'abc-def-ghi' }, {}],
    ['from another site', { _csrf: 'own' }, { origin: 'https://evil.example' }],
    ['from a page without an origin', { _csrf: 'own' }, { origin: 'null' }],
    ['from the same host by another scheme', { _csrf: 'own' }, { origin: 'https://127.0.0.1:1' }],
  ])('is refused %s', async (_how, fields, headers) => {
    expect(await sent(fields, headers)).toEqual([403, 0]);
  });

  it('is refused with the token of another session', async () => {
    const kept = await journalWithPlan();
    const made = await page({ journal: kept });
    const [anna, other] = [made.visitor(), made.visitor()];
    await anna.logIn(approverToken);
    await other.logIn(viewerToken);
    const answer = await anna.post('/orders/pause', { _csrf: await other.csrf('/') });
    expect([answer.status, (await kept.orders()).pauses]).toEqual([403, []]);
  });

  it('is refused at the login, too', async () => {
    const visitor = (await page()).visitor();
    expect((await visitor.post('/login', { token: approverToken })).status).toBe(403);
  });

  it('is refused as JSON without a bearer token and a CSRF token', async () => {
    const kept = await journalWithPlan();
    const made = await page({ journal: kept });
    const visitor = made.visitor();
    await visitor.logIn(approverToken);
    const cookie = [...visitor.cookies()].map(([name, value]) => `${name}=${value}`).join('; ');
    const send = async (more: Record<string, string>): Promise<number> => {
      const headers = { cookie, 'content-type': 'application/json', ...more };
      return (await ask(`${made.url}/api/v1/orders/pause`, { method: 'POST', headers, body: '{}' })).status;
    };
    expect(await send({})).toBe(403);
    expect((await kept.orders()).pauses).toEqual([]);
    expect(await send({ 'x-csrf-token': await visitor.csrf('/orders') })).toBe(200);
  });
});
