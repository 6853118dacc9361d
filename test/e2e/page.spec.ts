/** The page in a real Chromium, with a daemon that works on a simulated estate. */
import { afterAll, afterEach, beforeAll, describe, expect, it, test } from '@jest/globals';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { instant } from '../../src/core/time.js';
import { barriers, launch, logIn, narrow, overflows, wide } from './page/browser.js';
import { startSite, tokens, type Site } from './page/site.js';
import { takePictures } from './page/pictures.js';

let site: Site;
let browser: Browser;

beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), launch()]);
  const { daemon } = site.rig;
  await site.rig.until(
    'a plan waits for an approval',
    () => daemon.remediations().some(({ state }) => state === 'WaitingApproval'),
    120_000,
  );
}, 180_000);
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
});
afterAll(async () => {
  await browser.close();
  await site.close();
});

async function asApprover(options?: BrowserContextOptions): Promise<Page> {
  return logIn(browser, site.url, tokens.approver, options);
}

/** Every view, with something in it. */
function paths(): readonly string[] {
  const { daemon } = site.rig;
  const finding = daemon.report().findings.find(({ control }) => control === 'ETCD-ENC-01');
  const plan = daemon.plans().find(({ target }) => target.model === 'data');
  return [
    ...['/', '/models', '/places/prod', '/places/prod/data', '/places/prod/data/etcd', '/findings'],
    ...[`/findings/${finding?.id ?? ''}`, '/plans', `/plans/${plan?.hash ?? ''}`, '/orders', '/waivers'],
    ...['/audit', '/controls', '/controls/ETCD-ENC-01', '/no-such-page', '/login'],
  ];
}

/** `make pictures`. */
const pictures = process.env['HOLDFAST_PICTURES'];
if (pictures !== undefined)
  test('pictures for the documentation are taken', async () => {
    expect(await takePictures(site, browser, pictures)).toBe(5);
  }, 120_000);

describe('every view', () => {
  test.each([
    ['wide and light', { ...wide, colorScheme: 'light' }],
    ['narrow (390 px) and dark', { ...narrow, colorScheme: 'dark' }],
  ] as const)(
    'keeps nobody out, and fits, %s',
    async (_how, options) => {
      const page = await asApprover(options);
      const troubles: string[] = [];
      page.on('pageerror', ({ message }) => troubles.push(message));
      page.on('console', (message) => {
        if (message.type() === 'error' && !message.text().includes('404')) troubles.push(message.text());
      });
      for (const path of paths()) {
        await page.goto(site.url + path);
        for (const barrier of await barriers(page)) troubles.push(`${path}: ${barrier}`);
        if (await overflows(page)) troubles.push(`${path}: stands out of the window`);
        if ((await page.locator('h1').count()) !== 1) troubles.push(`${path}: has not one heading`);
      }
      expect(troubles).toEqual([]);
    },
    240_000,
  );

  it('can be used by keyboard alone', async () => {
    const page = await asApprover();
    await page.goto(`${site.url}/places/prod/data/etcd`);
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').textContent()).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').textContent()).toBe('Models');
    await page.locator('#control-ETCD-ENC-01 > summary').focus();
    await page.keyboard.press('Enter');
    await page.getByText('a TLS provider related to client-certificates').waitFor();
  });
});

describe('somebody who may decide', () => {
  it('approves a plan, and sees it carried out, verified and written down', async () => {
    const page = await asApprover();
    await page.goto(`${site.url}/plans`);
    await page.locator('#waiting a').first().click();
    await page.getByLabel('Reason').first().fill('seen with the team');
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByText('Approved until').waitFor();
    const succeeded = (): number =>
      site.rig.daemon.remediations().filter(({ state }) => state === 'Succeeded').length;
    await site.rig.until('members and clients of etcd speak TLS', () => succeeded() === 2, 60_000);
    await page.goto(`${site.url}/plans`);
    await page.locator('#work').getByText('etcd serves clients over TLS').waitFor();
    const findings = site.rig.daemon.report().findings.filter(({ target }) => target.model === 'data');
    expect(
      ['ETCD-ENC-01', 'ETCD-ENC-02'].map((id) => findings.find(({ control }) => control === id)?.outcome),
    ).toEqual(['pass', 'pass']);
    await page.goto(`${site.url}/audit`);
    await page.getByText('seen with the team').waitFor();
    const trail = (await page.locator('#trail').textContent()) ?? '';
    expect(
      ['PlanApproved', 'ChangeVerified', 'Whole: every record'].filter((one) => !trail.includes(one)),
    ).toEqual([]);
  }, 120_000);

  it('sees what others did without loading the page again', async () => {
    const page = await asApprover();
    await page.goto(site.url);
    await page.locator('#liveness', { hasText: 'live' }).waitFor();
    const at = instant(Date.now());
    await site.store.write(
      { type: 'pause', pause: { id: 'p-test', by: 'bob', at } },
      { type: 'audit', entry: { at, actor: 'bob', event: 'Paused', why: 'incident', body: {} } },
    );
    await page.getByText('1 pause in force').waitFor();
    await page.goto(`${site.url}/orders`);
    await page.getByRole('button', { name: 'Lift' }).click();
    await page.getByText('1 pause lifted.').waitFor();
    expect((await site.store.orders()).pauses).toEqual([]);
  }, 60_000);

  it('does all of it without JavaScript', async () => {
    const page = await asApprover({ ...wide, javaScriptEnabled: false });
    await page.goto(`${site.url}/orders`);
    await page.getByText('Pause changes').click();
    await page.getByLabel('Reason').fill('no script here');
    await page.getByLabel('For', { exact: false }).first().fill('1h');
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await page.getByText('Paused: all changes.').waitFor();
    await page.getByRole('button', { name: 'Lift' }).click();
    await page.getByText('1 pause lifted.').waitFor();
  });
});

describe('somebody who may not', () => {
  it('sees no way to decide as a viewer', async () => {
    const page = await logIn(browser, site.url, tokens.viewer);
    const [plan] = await site.store.plans('');
    await page.goto(`${site.url}/plans/${plan?.hash ?? ''}`);
    await page.getByRole('heading', { name: /^Steps/ }).waitFor();
    await page.getByText('You may look here, and not decide.').waitFor();
    expect(await page.getByRole('button').allTextContents()).toEqual(['Log out']);
    expect(await sendApproval(page, plan?.hash ?? '')).toEqual([403, 'vera may look here, and not decide.']);
    await page.goto(`${site.url}/orders`);
    expect(await page.getByRole('button').allTextContents()).toEqual(['Log out']);
  });

  it('is told that a token is nobody’s', async () => {
    const page = await (await browser.newContext(wide)).newPage();
    await page.goto(`${site.url}/plans`);
    await page.getByLabel('Token').fill('not-a-token');
    await page.getByRole('button', { name: 'Log in' }).click();
    expect(await page.getByRole('alert').textContent()).toBe('This token is nobody’s.');
    await page.getByLabel('Token').fill(tokens.viewer);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.waitForURL(`${site.url}/plans`);
  });

  it('gets nothing done by a page elsewhere that sends a form in the name of who looks at it', async () => {
    const evil = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end(
        `<form method="post" action="${site.url}/orders/pause"><input name="reason" value="forged"></form>
         <script>document.forms[0].submit()</script>`,
      );
    });
    evil.listen(0, '127.0.0.1');
    await once(evil, 'listening');
    // The same site by a browser's reckoning: it sends the session along, and only the page itself can tell.
    const page = await asApprover();
    await page.goto(`http://127.0.0.1:${(evil.address() as AddressInfo).port}/`);
    await page.getByText('This request comes from another site.').waitFor();
    expect((await site.store.orders()).pauses).toEqual([]);
    evil.closeAllConnections();
    evil.close();
  });
});

/** Sends by a script, with all that is her own, what no form lets her send. */
async function sendApproval(page: Page, plan: string): Promise<readonly unknown[]> {
  const csrf = await page.locator('input[name=_csrf]').first().inputValue();
  return page.evaluate(
    async ([path, token]) => {
      const body = new URLSearchParams({ _csrf: token });
      const answer = await fetch(path, { method: 'POST', body });
      return [answer.status, (await answer.text()).trim()];
    },
    [`/plans/${plan}/approve`, csrf] as const,
  );
}
