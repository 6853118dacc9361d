/** Pictures of the page for the documentation. */
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { logIn, narrow } from './browser.js';
import { tokens, type Site } from './site.js';

const desk = { viewport: { width: 1200, height: 800 } } as const;

interface Picture {
  readonly name: string;
  readonly path: string;
  readonly options: BrowserContextOptions;
  /** What is done before. */
  readonly before?: (page: Page) => Promise<void>;
}

/** How many were taken. */
export async function takePictures({ rig, url }: Site, browser: Browser, folder: string): Promise<number> {
  const waiting = rig.daemon.remediations().find(({ state }) => state === 'WaitingApproval');
  const unfolded = async (page: Page): Promise<void> => {
    await page.locator('#control-ETCD-ENC-01 > summary').click();
    const part = page.locator('.guide-part:has(#control-ETCD-ENC-01)');
    await part.evaluate((one: { scrollIntoView: () => void }) => {
      one.scrollIntoView();
    });
  };
  const pictures: readonly Picture[] = [
    { name: 'overview.png', path: '/', options: { ...desk, colorScheme: 'light' } },
    { name: 'overview-phone.png', path: '/', options: { ...narrow, colorScheme: 'dark' } },
    {
      name: 'application.png',
      path: '/places/prod/data/etcd',
      options: { ...desk, colorScheme: 'dark' },
      before: unfolded,
    },
    {
      name: 'plan.png',
      path: `/plans/${waiting?.planHash ?? ''}`,
      options: { ...desk, colorScheme: 'light' },
    },
    { name: 'waivers.png', path: '/waivers', options: { ...desk, colorScheme: 'light' } },
  ];
  for (const { name, path, options, before } of pictures) {
    const page = await logIn(browser, url, tokens.approver, options);
    await page.goto(url + path);
    await page.locator('#liveness', { hasText: 'live' }).waitFor();
    await before?.(page);
    await page.screenshot({ path: join(folder, name) });
  }
  return pictures.length;
}
