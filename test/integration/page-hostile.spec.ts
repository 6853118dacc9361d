/** Texts that mean harm, wherever a page shows them: as text, and nothing else. */
import { beforeEach, describe, expect, it, test } from '@jest/globals';
import { hostileJournal, hostileName, hostilePlan, hostileReport, hostileView } from '../support/hostile.js';
import { approverToken, guarded, pages, tokenOf, type Visitor } from '../support/web.js';

const page = pages();
let visitor: Visitor;

beforeEach(async () => {
  const journal = await hostileJournal();
  const web = { ...guarded, tokens: [tokenOf('<b>anna</b>', 'approver', approverToken)] };
  visitor = (await page({ journal, web, view: hostileView })).visitor();
  await visitor.logIn(approverToken);
});

const here = encodeURIComponent(hostileName);
const asked = encodeURIComponent('"><script>globalThis.pwned=1</script>\u202e');
const paths = [
  ...['/', '/models', '/places/prod', `/places/prod/${here}`, `/places/prod/${here}/${here}`],
  ...['/findings', '/findings?outcome=all', `/findings?q=${asked}&control=${asked}`, '/plans', '/orders'],
  ...[`/findings/${hostileReport.findings[0]?.id ?? ''}`, `/plans/${hostilePlan.hash}`, '/waivers', '/audit'],
  ...['/controls', `/controls/${asked}`, `/login?next=/${asked}`, '/report.html', `/${asked}`],
];

/** Tags that no page of ours has, and attributes that would run something. */
const markup =
  /<(?:img|iframe|svg\/|b>anna)|<script(?! src="\/assets\/page\.[0-9a-f]{12}\.js" defer>)|<[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*\s(?:on\w+|style)=|="javascript:/i;
const unseen =
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;

describe('a hostile text', () => {
  test.each(paths)('is text on %s', async (path) => {
    const text = await (await visitor.get(path)).text();
    expect(text.length).toBeGreaterThan(500);
    expect([markup.exec(text)?.[0], unseen.exec(text)?.[0]]).toEqual([undefined, undefined]);
  });

  it('is there for whoever reads it', async () => {
    const text = await (await visitor.get(`/places/prod/${here}/${here}`)).text();
    expect(text).toContain('&lt;img src=x onerror=&quot;globalThis.pwned=1&quot;&gt;');
    expect(text).toContain('evil&#39;&quot;&lt;b&gt;&amp;amp;\uFFFD');
  });

  test.each([`/places/prod/${'<b>'.repeat(200)}`, '/places/<b>%zz', '/findings/%c3%28'])(
    'is not repeated where it is no path at all: %s',
    async (path) => {
      const answer = await visitor.get(path);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect([answer.headers.get('x-content-type-options'), answer.headers.get('cache-control')]).toEqual([
        'nosniff',
        'no-store',
      ]);
      expect(await answer.text()).not.toContain('<b>');
    },
  );

  it('of the API is JSON, whatever a browser would make of it', async () => {
    const answer = await visitor.get('/api/v1/findings?outcome=all');
    expect([answer.headers.get('content-type'), answer.headers.get('x-content-type-options')]).toEqual([
      'application/json; charset=utf-8',
      'nosniff',
    ]);
    expect(((await answer.json()) as { total: number }).total).toBe(80);
  });
});
