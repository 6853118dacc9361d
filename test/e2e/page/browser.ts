/** A real Chromium, looked at by axe. */
import axe from 'axe-core';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

export async function launch(): Promise<Browser> {
  const executablePath = process.env['HOLDFAST_CHROMIUM'];
  if (executablePath === undefined) throw new Error('HOLDFAST_CHROMIUM names no browser: make e2e does');
  // In a container Chromium's own sandbox cannot be set up.
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--force-device-scale-factor=1'] });
}

export const wide = { viewport: { width: 1280, height: 900 } } as const;
export const narrow = { viewport: { width: 390, height: 844 } } as const;

/** A page of a fresh browser profile, logged in. */
export async function logIn(
  browser: Browser,
  url: string,
  token: string,
  options: BrowserContextOptions = wide,
): Promise<Page> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.goto(url);
  await page.getByLabel('Token').fill(token);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
  return page;
}

/** What axe finds that keeps somebody from using the page: `rule: where`. */
export async function barriers(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run();
    return violations.map(({ id, impact, nodes }) => ({
      id,
      impact,
      where: nodes.slice(0, 3).map(({ target, any }) => `${target.join(' ')} ${any[0]?.message ?? ''}`),
    }));
  });
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, where }) => `${id}: ${where.join('; ')}`);
}

/** Whether something stands out of the window on the right. */
export async function overflows(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const { documentElement: root } = (globalThis as unknown as { document: Document }).document;
    return root.scrollWidth > root.clientWidth;
  });
}
interface Document {
  readonly documentElement: { readonly scrollWidth: number; readonly clientWidth: number };
}
