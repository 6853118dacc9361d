/** Texts that mean harm, and texts without measure, in a real Chromium: nothing runs, nothing breaks. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { webDefaults } from '../../src/core/policy/web.js';
import { hostileJournal, hostileName, hostilePlan, hostileReport, hostileView } from '../support/hostile.js';
import { startPage, type Page } from '../support/web.js';
import { barriers, launch, narrow, overflows, wide } from './page/browser.js';

let site: Page;
let browser: Browser;

beforeAll(async () => {
  const journal = await hostileJournal();
  const points = [0, 1, 2].map((n) => ({ at: `2026-11-2${n}T00:00:00Z`, score: 10 * n, short: 1 }));
  const trend = { load: () => points, save: () => undefined };
  [site, browser] = await Promise.all([
    startPage({ web: webDefaults, journal, trend, view: hostileView }),
    launch(),
  ]);
}, 60_000);
afterAll(async () => {
  await browser.close();
  await site.server.close();
});

const here = encodeURIComponent(hostileName);
const paths = [
  ...['/', '/models', '/places/prod', `/places/prod/${here}`, `/places/prod/${here}/${here}`, '/findings'],
  ...[`/findings/${hostileReport.findings[0]?.id ?? ''}`, '/plans', `/plans/${hostilePlan.hash}`, '/orders'],
  ...['/waivers', '/audit', '/report.html'],
];

test.each([
  ['wide', wide],
  ['narrow (390 px)', narrow],
] as const)(
  'hostile texts run nothing and push nothing out of the window, %s',
  async (_how, options) => {
    const page = await (await browser.newContext(options)).newPage();
    const troubles: string[] = [];
    page.on('dialog', (dialog) => {
      troubles.push(dialog.message());
      void dialog.dismiss();
    });
    for (const path of paths) {
      await page.goto(site.url + path);
      await page.evaluate('for (const fold of document.querySelectorAll("details")) fold.open = true;');
      const name = path.slice(0, 20);
      if (await page.evaluate(() => 'pwned' in globalThis)) troubles.push(`${name}: a text ran`);
      if (await overflows(page)) troubles.push(`${name}: stands out of the window`);
      for (const barrier of await barriers(page)) troubles.push(`${name}: ${barrier.slice(0, 300)}`);
    }
    expect(troubles).toEqual([]);
  },
  240_000,
);
