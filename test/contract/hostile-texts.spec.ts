/** The table of texts that mean harm, handed to everything that shows or sends what models say. */
import { describe, expect, it, test } from '@jest/globals';
import { renderReport } from '../../src/cli/render/report.js';
import { evaluate } from '../../src/core/evaluate/index.js';
import { countsOf, type Message } from '../../src/core/notify/message.js';
import { bodyLines, headline } from '../../src/core/notify/text.js';
import { findingId } from '../../src/core/report/build.js';
import { observeOnly } from '../../src/core/policy/policy.js';
import type { Report, ReportFinding } from '../../src/core/report/types.js';
import type { Snapshot } from '../../src/core/snapshot.js';
import { customGuide } from '../../src/custom/guide.js';
import { guides } from '../../src/guides/index.js';
import { refusal } from '../../src/juju/cli/check-argv.js';
import { quoted } from '../../src/observability/prometheus/targets.js';
import { csvOf } from '../../src/report/exports/csv.js';
import { renderHtml } from '../../src/report/html.js';
import { createLog } from '../../src/report/log.js';
import { createMetrics } from '../../src/report/metrics.js';
import { slackBody } from '../../src/report/notify/slack.js';
import { quotedText } from '../../src/terraform/printer/hcl.js';
import { command, hostileTexts, offerUrls } from '../support/hostile-texts.js';
import { knowledge } from '../support/judge.js';
import { alertNamed } from '../support/notify-samples.js';
import { realClock } from '../support/real-clock.js';
import { sampleFinding, sampleReport, sampleView } from '../support/report-samples.js';
import { parseScrape } from '../support/scrape.js';
import { application, model, prod } from '../support/world.js';

/** What moves a cursor, turns text around, or is not seen; line breaks are for each test to judge. */
const unseen =
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;

function findingWith(text: string): ReportFinding {
  return {
    ...sampleFinding,
    message: text,
    title: text,
    target: { kind: 'application', controller: 'prod', model: text, application: text },
    evidence: [{ source: text, observedAt: '2026-11-22T03:26:48Z', seen: text, wanted: text }],
    remediation: {
      kind: 'manual',
      actions: [{ argv: ['juju', text], effect: text, inverse: [] }],
      procedure: text,
    },
  };
}

const report: Report = sampleReport(hostileTexts.map(findingWith));

function messageWith(text: string): Message {
  const firing = [alertNamed('1', { message: text, title: text, target: findingWith(text).target })];
  const counts = countsOf(firing, []);
  return { id: 'm', sort: 'changes', at: '2026-11-22T03:26:48Z', firing, resolved: [], counts };
}

const table = hostileTexts.map((text) => [JSON.stringify(text).slice(0, 60), text] as const);

describe('a text that means harm', () => {
  test.each(table)('moves no terminal: %s', (_, text) => {
    const look = { columns: 100, color: false, all: true, planCommand: 'holdfast plan' };
    expect(renderReport(sampleReport([findingWith(text)]), look)).not.toMatch(unseen);
  });

  it('is no markup in a page', () => {
    const page = renderHtml(report, [], [], { guides });
    expect(page).not.toMatch(/<script>globalThis|<img|<iframe|<svg\/|="javascript:|\son\w+=["']?globalThis/i);
    expect(page.replace(/[\t\r]/g, '')).not.toMatch(unseen);
  });

  it('is no formula in a table', () => {
    for (const separator of [/[,\n\r]/, /[;\n\r]/, /[\t\n\r]/])
      for (const cell of csvOf(report).split(separator)) expect(cell).not.toMatch(/^"?\s*[=+\-@]/);
  });

  test.each(table)('is one line of a log, and no field of its own: %s', (_, text) => {
    const lines: string[] = [];
    const log = createLog({ level: 'info', destination: { write: (line) => void lines.push(line) } });
    log.warn({ model: text }, text);
    expect(lines).toHaveLength(1);
    expect(lines[0]?.trimEnd()).not.toContain('\n');
    const { level, model: told, msg, ...rest } = JSON.parse(lines[0] ?? '') as Record<string, unknown>;
    const sound = [told, msg].map((one) => String(one).toWellFormed());
    expect([level, ...sound, Object.keys(rest)]).toEqual([
      'warn',
      text.toWellFormed(),
      text.toWellFormed(),
      ['time'],
    ]);
  });

  it('makes no metric and no label of its own', async () => {
    const names = async (shown: Report): Promise<ReadonlySet<string>> => {
      const metrics = createMetrics(() => sampleView({ report: () => shown }), realClock());
      const { samples } = parseScrape(await metrics.text());
      return new Set(samples.map(({ name, labels }) => `${name} ${Object.keys(labels).join()}`));
    };
    expect(await names(report)).toEqual(await names(sampleReport([findingWith('plain')])));
  });

  test.each(table)('is no link, mention or picture in a chat: %s', (_, text) => {
    const body = JSON.stringify(slackBody(messageWith(text), undefined));
    expect(body).not.toMatch(/<[!@#h]|\]\(|@(?:all|channel|here|everyone)/i);
    expect([headline(messageWith(text)), ...bodyLines(messageWith(text))].join('')).not.toMatch(
      /[\n\r\p{Cc}\u2028-\u202e\u2066-\u2069]/u,
    );
  });

  test.each(table)('is a text in PromQL, LogQL and HCL: %s', (_, text) => {
    for (const written of [quoted(text), quotedText(text)]) expect(written).toMatch(/^"(?:[^"\\\n]|\\.)*"$/);
    expect(quotedText(text)).not.toMatch(/(?<!\$)\$\{|(?<!%)%\{/);
  });

  test.each([...table, ['@all in a link', '@all [x](https://evil.invalid) @Channel']])(
    'is no argument that juju would take for an option, a file, or another controller: %s',
    (_, text) => {
      const caller = { controller: 'prod', readOnly: false };
      const options = ['-m', 'prod:admin/data'];
      expect(refusal(['config', ...options, 'etcd', 'a=b'], caller)).toBeUndefined();
      if (!/^[a-z][a-z0-9]*$/i.test(text))
        expect(refusal(['remove-relation', ...options, text, 'ca:certificates'], caller)).not.toBe(undefined);
      if (text.startsWith('-'))
        expect(refusal(['config', ...options, 'etcd', text], caller)).not.toBe(undefined);
      expect(refusal(['config', '-m', text, 'etcd', 'a=b'], caller)).not.toBe(undefined);
    },
  );

  test.each(command)('is refused as the name of an application: %j', (text) => {
    expect(
      refusal(['expose', '-m', 'prod:admin/data', text], { controller: 'prod', readOnly: false }),
    ).toBeDefined();
  });
});

describe('a custom control', () => {
  const text = (text: string) => ({ text, file: 'a.yaml', path: 'checks[0].pass', line: 1 });
  const estateOf = (name: string): Snapshot =>
    prod({ models: { data: model({ applications: { [name]: application({ config: { x: name } }) } }) } });

  test.each(table)('takes what a model says for data, never for an expression: %s', (_, name) => {
    const check = {
      pass: text('app.name == app.config.x.value && false'),
      reason: 'Seen',
      message: text('<${app.name}>'),
    };
    const about = {
      id: 'ACME-01',
      title: 't',
      severity: 'low',
      scope: 'application',
      rationale: 'r',
    } as const;
    const document = {
      ...about,
      references: [],
      manual: 'm',
      file: 'a.yaml',
      appliesTo: { charms: [], endpoints: [] },
      checks: [check],
    };
    const { guide } = customGuide([document], guides);
    if (guide === undefined) throw new Error('no guide');
    const [finding] = evaluate([guide], estateOf(name), { policy: observeOnly, knowledge }, 0);
    expect(finding?.judgement.outcome).toBe('fail');
    expect(finding?.judgement.message).not.toMatch(unseen);
    expect(finding?.judgement.message).not.toContain('\n');
    expect(finding?.judgement.message.startsWith('<')).toBe(true);
  });
});

describe('an administrator of one model', () => {
  const neighbour = (names: readonly string[]): Snapshot =>
    prod({
      models: {
        data: model({
          applications: { etcd: application({ charm: { name: 'charmed-etcd', track: '3.6' } }) },
        }),
        ...Object.fromEntries(
          names.map((name) => [
            name,
            model({
              applications: {
                ...Object.fromEntries(
                  names.map((own) => [
                    own,
                    application({
                      charm: { name: own },
                      config: { x: own },
                      status: { status: own, message: own },
                    }),
                  ]),
                ),
                'etcd/application/etcd': application({ charm: { name: 'charmed-etcd', track: '3.6' } }),
              },
            }),
          ]),
        ),
      },
    });
  const judged = (snapshot: Snapshot) => evaluate(guides, snapshot, { policy: observeOnly, knowledge }, 0);
  const ofData = (snapshot: Snapshot) =>
    judged(snapshot)
      .filter(({ target }) => target.model === 'data')
      .map(({ control, target, judgement }) => [
        findingId(control.id, target),
        judgement.outcome,
        judgement.reason,
        judgement.message,
      ]);
  const few = [
    ...new Set([
      ...hostileTexts.slice(0, 12),
      ...offerUrls,
      'data/application/etcd',
      '__proto__',
      'constructor',
      'data',
    ]),
  ].filter((name) => name !== 'data');

  it('neither forges nor hides a finding of another, whatever the names are', () => {
    expect(ofData(neighbour(few))).toEqual(ofData(neighbour([])));
  });

  it('shares the id of no finding with another', () => {
    const findings = judged(neighbour(few));
    const ids = findings.map(({ control, target }) => findingId(control.id, target));
    const own = new Set(ids.filter((_, at) => findings[at]?.target.model === 'data'));
    const others = ids.filter((_, at) => findings[at]?.target.model !== 'data');
    expect(others.filter((id) => own.has(id))).toEqual([]);
  });
});
