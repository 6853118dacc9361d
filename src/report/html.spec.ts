import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ledgerEntry, pageWith } from '../../test/support/report-page.js';
import {
  sampleFinding,
  samplePlan,
  sampleRemediation,
  sampleReport,
} from '../../test/support/report-samples.js';
import type { ReportFinding } from '../core/report/types.js';
import { toyGuide } from '../../test/support/toy-guide.js';
import { renderHtml } from './html.js';
import { escapeHtml, html } from './html-template.js';
import { styleSource } from './html-style.js';

/** The tags of a page and the number of everything that could open or close one. */
function structure(page: string): { readonly tags: readonly string[]; readonly marks: number } {
  return {
    tags: [...page.matchAll(/<\/?[a-z0-9!]+/g)].map((tag) => tag[0]),
    marks: [...page.matchAll(/[<>"]/g)].length,
  };
}

const hostile = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1 }),
  fc
    .array(
      fc.constantFrom(
        '<script>',
        '</style>',
        '</title>',
        '"',
        "'",
        '`',
        '<!--',
        ']]>',
        '&',
        '<',
        '>',
        '<img src=x onerror=alert(1)>',
        '\u202e',
        '\u0000',
        '${x}',
        '$&',
      ),
      { minLength: 1 },
    )
    .map((parts) => parts.join('')),
);

describe('the HTML report', () => {
  it('keeps its structure whatever texts stand in report, plans and remediations', () => {
    const neutral = structure(renderHtml(...pageWith('x')));
    fc.assert(
      fc.property(hostile, (text) => {
        expect(structure(renderHtml(...pageWith(text)))).toEqual(neutral);
      }),
      { numRuns: 300 },
    );
  });

  it('shows hostile text as text', () => {
    const page = renderHtml(...pageWith('<script>alert("1")</script>'));
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;');
  });

  it('makes characters visible that would hide or turn around what is read', () => {
    expect(escapeHtml('a\u202eb\u0000c\u001b[31md\u2066e')).toBe('a\uFFFDb\uFFFDc\uFFFD[31md\uFFFDe');
    expect(escapeHtml('lines\nand\ttabs, größer 日本')).toBe('lines\nand\ttabs, größer 日本');
  });

  it('takes no object for markup but its own', () => {
    const forged = JSON.parse('["<b>", {"markup": "<i>"}]') as readonly string[];
    expect(html`<p>${forged}</p>`.toString()).not.toMatch(/<[bi]>/);
  });

  it('needs nothing but itself: no script, nothing loaded, and a policy that forbids both', () => {
    const page = renderHtml(sampleReport(), [samplePlan], [sampleRemediation]);
    expect(page).not.toMatch(/<script|\ssrc=|<link|@import|url\(|\son\w+=|javascript:|\sstyle=/);
    expect(page).toContain(`default-src &#39;none&#39;; style-src ${escapeHtml(styleSource)}`);
  });

  it('shows a finding with its evidence, its remedy to copy, and how to undo it', () => {
    const page = renderHtml(sampleReport(), [], []);
    expect(page).toContain('<span class="id">ETCD-TLS-01</span>Clients speak TLS');
    expect(page).toContain('<dd>no relation</dd>');
    expect(page).toContain('<dd>a relation at client-certificates</dd>');
    expect(page).toContain('<pre>juju integrate etcd:client-certificates ca:certificates</pre>');
    expect(page).toContain('<pre>juju remove-relation etcd:client-certificates ca:certificates</pre>');
  });

  it('quotes arguments in commands, so that copying one runs no other', () => {
    const actions = [{ argv: ['juju', 'config', 'a;reboot', "it's"], effect: 'e' }];
    const page = renderHtml(
      sampleReport([{ ...sampleFinding, remediation: { kind: 'auto', actions } }]),
      [],
      [],
    );
    expect(page).toContain(`<pre>${escapeHtml(String.raw`juju config 'a;reboot' 'it'\''s'`)}</pre>`);
  });

  it('groups what falls short by guide, the worst first, then by severity, then by control', () => {
    const findings: ReportFinding[] = [
      { ...sampleFinding, control: 'KAFKA-LOW', guide: 'kafka', severity: 'low' },
      { ...sampleFinding, control: 'KAFKA-HIGH', guide: 'kafka', severity: 'high' },
      { ...sampleFinding, control: 'ETCD-HIGH', severity: 'high' },
      { ...sampleFinding, control: 'ETCD-CRIT', outcome: 'inconsistent' },
    ];
    const page = renderHtml(sampleReport(findings), [], []);
    const order = [...page.matchAll(/<h3 id="guide-\d">(\S+)|<h4 class="(\w+)"|class="id">(.*?)</g)];
    expect(order.map((hit) => hit[1] ?? hit[2] ?? hit[3])).toEqual([
      ...['charmed-etcd', 'critical', 'ETCD-CRIT', 'high', 'ETCD-HIGH'],
      ...['kafka', 'high', 'KAFKA-HIGH', 'low', 'KAFKA-LOW'],
    ]);
  });

  it('tells a control once, however many it is about, and names every one of them', () => {
    const onApp = (application: string): ReportFinding => ({
      ...sampleFinding,
      target: { ...sampleFinding.target, application },
      message: 'no TLS',
    });
    const page = renderHtml(sampleReport(['a', 'b', 'c', 'd'].map(onApp)), [], []);
    expect(page.match(/class="id"/g)).toHaveLength(1);
    expect(page).toContain('×4');
    expect(page).toContain('prod:data/a, prod:data/b, prod:data/c and 1 more');
    expect(page).toContain('<b class="target">prod:data/a, prod:data/b, prod:data/c, prod:data/d</b> no TLS');
    expect(page.match(/<dd>no relation<\/dd>/g)).toHaveLength(1);
  });

  it('tells apart what differs in what was seen', () => {
    const [evidence] = sampleFinding.evidence;
    const other = { ...sampleFinding, evidence: [{ ...evidence!, seen: 'a relation that is suspended' }] };
    const page = renderHtml(sampleReport([sampleFinding, other]), [], []);
    expect(page).toContain('<dd>no relation</dd>');
    expect(page).toContain('<dd>a relation that is suspended</dd>');
  });

  it('puts findings under an active waiver into their own part, and expired waivers back among the others', () => {
    const waiver = { id: 'w1', kind: 'waived', owner: 'ops', reason: 'why', expiresAt: 'then' } as const;
    const page = (state: 'active' | 'expired'): string =>
      renderHtml(sampleReport([{ ...sampleFinding, waiver: { ...waiver, state } }]), [], []);
    const sections = (state: 'active' | 'expired'): string[] =>
      [...page(state).matchAll(/<h2 id="([\w-]+)"/g)].map((hit) => hit[1]!);
    expect(sections('active')).toEqual(['guides', 'models', 'violations', 'waived', 'legend']);
    expect(sections('expired')).toEqual(['guides', 'models', 'violations', 'legend']);
    expect(page('active')).toMatch(/<span class="tag high">fail<\/span>\s*<span class="tag">waived<\/span>/);
    expect(renderHtml(sampleReport([]), [], [])).toContain('Nothing falls short.');
  });

  it('shows the ledger of the waivers, what somebody should see to first', () => {
    const waivers = [
      ledgerEntry('fine', 'active'),
      ledgerEntry('gone', 'expired'),
      ledgerEntry('twin', 'duplicate'),
      ledgerEntry('ending', 'expiring'),
      ledgerEntry('idle', 'unused'),
    ];
    const page = renderHtml({ ...sampleReport(), waivers }, [], []);
    const states = [...page.matchAll(/<span class="tag \w+">([\w-]+)<\/span>/g)].map((hit) => hit[1]);
    expect(states).toEqual(['duplicate', 'expired', 'unused', 'expiring', 'active']);
    expect(page).toContain('control gone, model gone');
    expect(page).toContain('3 of 7');
    expect(renderHtml(sampleReport(), [], [])).not.toContain('Ledger');
  });

  it('gives both scores: of everything, and without what only others can fix', () => {
    const page = renderHtml(sampleReport(), [], []);
    expect(page).toContain('<b>62.5</b>');
    expect(page).toMatch(/80\.0 without what only the charm, the cloud or nobody can fix/);
  });

  it('has contents that lead to every part, and no link that leads nowhere', () => {
    const page = renderHtml(...pageWith('x'));
    const ids = new Set([...page.matchAll(/ id="([\w-]+)"/g)].map((hit) => hit[1]));
    const links = [...page.matchAll(/href="#([\w-]+)"/g)].map((hit) => hit[1]);
    expect(links.filter((link) => !ids.has(link))).toEqual([]);
    expect(links).toEqual(
      expect.arrayContaining(['history', 'guides', 'violations', 'guide-1', 'waivers', 'legend']),
    );
    const small = renderHtml(sampleReport([]), [], []);
    const named = [...small.matchAll(/<li><a href="#([\w-]+)"/g)].map((hit) => hit[1]);
    expect(named).toEqual(['models', 'violations', 'legend']);
  });

  it('tells what the guide asks, and where it is published', () => {
    const control = {
      ...toyGuide.controls[0]!,
      references: ['https://example.com/a/b/c', 'javascript:alert(1)'],
    };
    const guides = [{ ...toyGuide, controls: [control] }];
    const page = renderHtml(sampleReport([{ ...sampleFinding, control: 'TOY-01', guide: 'toy' }]), [], [], {
      guides,
    });
    expect(page).toContain('Because. <span class="soft">(Testing)</span>');
    expect(page).toContain('<a href="https://example.com/a/b/c" rel="noreferrer">example.com/a/…/c</a>');
    expect(page).toContain('<a href="https://example.com/toy" rel="noreferrer">Toy guide</a>, 1');
    expect(page).not.toContain('javascript:');
  });

  it('says since when a finding is open; of several the whole span', () => {
    const since = (firstSeen: string): ReportFinding => ({ ...sampleFinding, firstSeen });
    const page = renderHtml(
      sampleReport([since('2026-11-02T00:00:00Z'), since('2026-10-01T00:00:00Z')]),
      [],
      [],
    );
    expect(page).toMatch(/open since <time[^>]*>2026-10-01 00:00:00 UTC<\/time> to <time[^>]*>2026-11-02/);
  });

  it('stays small and is made quickly for an estate of 500 applications', () => {
    const findings = Array.from({ length: 5000 }, (_, n): ReportFinding => {
      const target = { ...sampleFinding.target, application: `app${n % 500}` };
      const message = `app${n % 500} is not related to a provider`;
      return { ...sampleFinding, id: String(n), control: `CONTROL-${n % 50}`, target, message };
    });
    const begun = performance.now();
    const page = renderHtml(sampleReport(findings), [], []);
    expect(performance.now() - begun).toBeLessThan(20_000);
    expect(page.length).toBeLessThan(600_000);
    expect(page.match(/<details/g)).toHaveLength(50);
  });

  it('shows plans with risk and loss of access, and remediations with state and reason', () => {
    const page = renderHtml(sampleReport(), [samplePlan], [sampleRemediation]);
    expect(page).toContain('risk high');
    expect(page).toContain('Cuts off: clients without TLS');
    expect(page).toContain('>Verifying</span>');
    expect(page).toContain('WaitingForPass: The relation is made; its effect is not seen yet.');
  });

  it('is well-formed: every element that was opened is closed in order', () => {
    const open: string[] = [];
    const page = renderHtml(...pageWith('x'));
    for (const [, close, name, self] of page.matchAll(/<(\/?)([a-z0-9]+)(?:[^>]*?)(\/?)>/g)) {
      if (self === '/') continue;
      if (close === '/') expect(open.pop()).toBe(name);
      else open.push(name!);
    }
    expect(open).toEqual([]);
  });
});
