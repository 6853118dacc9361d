import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  sampleFinding,
  samplePlan,
  sampleRemediation,
  sampleReport,
} from '../../test/support/report-samples.js';
import type { Plan } from '../core/plan.js';
import type { Remediation } from '../core/ports/index.js';
import type { Report, ReportFinding } from '../core/report/types.js';
import { renderHtml } from './html.js';
import { escapeHtml, html } from './html-template.js';
import { styleSource } from './html-style.js';

type Page = readonly [Report, readonly Plan[], readonly Remediation[]];

/** A page in which every text that can come from outside is `text`. */
function pageWith(text: string): Page {
  const lines = [[text, text]];
  const finding: ReportFinding = {
    ...sampleFinding,
    id: text,
    control: text,
    guide: text,
    title: text,
    reason: text,
    message: text,
    upstream: text,
    validUntil: text,
    target: { kind: 'unit', controller: text, model: text, application: text, unit: text },
    evidence: [{ source: text, observedAt: text, seen: text, wanted: text, unit: text }],
    waiver: { id: text, kind: 'waived', owner: text, reason: text, expiresAt: text, state: 'expired' },
    remediation: {
      kind: 'auto',
      actions: [{ argv: [text, text], effect: text, inverse: lines }],
      procedure: text,
    },
  };
  const base = sampleReport([finding, { ...finding, outcome: 'pass' }]);
  const report: Report = {
    ...base,
    generatedAt: text,
    source: { road: text, name: text, takenAt: text },
    policy: { hash: text },
    summary: { ...base.summary, byModel: { [text]: { score: 1, violations: 1, unknown: 1 } } },
  };
  const action = samplePlan.actions[0]!;
  const target = { kind: 'model', controller: text, model: text } as const;
  const changed = { argv: [text], effect: text, cutsOff: [text], controls: [text] };
  const plan = { ...samplePlan, hash: text, target, createdAt: text, actions: [{ ...action, ...changed }] };
  const remediation = {
    ...sampleRemediation,
    target,
    controls: [text],
    argv: [text],
    reason: text,
    message: text,
    updatedAt: text,
  };
  return [report, [plan], [remediation]];
}

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

  it('groups what falls short by severity, the worst first, and then by model', () => {
    const target = { ...sampleFinding.target, model: 'other' };
    const findings: ReportFinding[] = [
      { ...sampleFinding, control: 'LOW-1', severity: 'low' },
      { ...sampleFinding, control: 'CRIT-OTHER', target },
      { ...sampleFinding, control: 'CRIT-DATA' },
      { ...sampleFinding, control: 'CRIT-OTHER-2', target, outcome: 'inconsistent' },
    ];
    const page = renderHtml(sampleReport(findings), [], []);
    const order = [...page.matchAll(/<h4>(.*?)<\/h4>|class="id">(.*?)</g)].map((hit) => hit[1] ?? hit[2]);
    expect(order).toEqual([
      'prod:other',
      'CRIT-OTHER',
      'CRIT-OTHER-2',
      'prod:data',
      'CRIT-DATA',
      'prod:data',
      'LOW-1',
    ]);
  });

  it('puts findings under an active waiver into their own part, and expired waivers back among the others', () => {
    const waiver = { id: 'w1', kind: 'waived', owner: 'ops', reason: 'why', expiresAt: 'then' } as const;
    const section = (state: 'active' | 'expired'): string[] => {
      const page = renderHtml(sampleReport([{ ...sampleFinding, waiver: { ...waiver, state } }]), [], []);
      return [...page.matchAll(/<h2 id="([\w-]+)"/g)].map((hit) => hit[1]!);
    };
    expect(section('active')).toEqual(['models', 'violations', 'waived']);
    expect(section('expired')).toEqual(['models', 'violations']);
    expect(renderHtml(sampleReport([]), [], [])).toContain('Nothing falls short.');
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
