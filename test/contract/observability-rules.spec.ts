/** Alert rules: of metrics that there are, as COS wants them, each with cases and a place in the documentation. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { outcomes, severities, type FixableBy } from '../../src/core/outcome.js';
import { ledgerStates } from '../../src/core/policy/ledger.js';
import type { RemediationState } from '../../src/core/ports/index.js';
import { railNames } from '../../src/core/rails/rail.js';
import { shapesOfMetrics, type MetricShape } from '../support/full-scrape.js';
import {
  casesIn,
  dashboards,
  queriesOf,
  ruleFiles,
  ruleFolders,
  rulesIn,
  type Rule,
} from '../support/observability.js';
import { groupingsIn, metricsIn, mistakesIn } from '../support/promql.js';
import { parseScrape } from '../support/scrape.js';

const etcdVersions = ['3.4.23', '3.5.16', '3.6.8'] as const;
const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const metricsPage = read('../../docs/metrics.md');
const alertsPage = read('../../docs/alerts.md');
const files = ruleFiles();
const rules = files.flatMap((file) => rulesIn(file).map((rule) => [rule.alert, rule, file] as const));

/** What a real etcd shows. One member alone has no peers. */
function etcdShapes(version: string): ReadonlyMap<string, MetricShape> {
  const { samples } = parseScrape(read(`../fixtures/recordings/etcd-metrics/${version}.txt`));
  const peers = 'etcd_network_peer_round_trip_time_seconds_bucket';
  const scraped = ['job', 'instance'];
  return new Map<string, MetricShape>([
    [peers, { type: 'histogram', labels: new Set(['To', 'le', ...scraped]) }],
    ...samples.map(({ name, labels }): [string, MetricShape] => [
      name,
      { type: '', labels: new Set([...Object.keys(labels), ...scraped]) },
    ]),
  ]);
}

let ours: ReadonlyMap<string, MetricShape>;
beforeAll(async () => {
  ours = await shapesOfMetrics();
});

function shapesFor(file: string): readonly ReadonlyMap<string, MetricShape>[] {
  return file.startsWith(ruleFolders[0]) ? [ours] : etcdVersions.map(etcdShapes);
}

describe('what is wrong with a query', () => {
  it.each([
    ['a metric that there is not', 'sum(holdfast_finding) > 0', 'there is no holdfast_finding'],
    ['a label that it has not', 'holdfast_ready{model="a"}', 'holdfast_ready has no label model'],
    ['one of several metrics', '{__name__=~"holdfast_ready|holdfast_red"}', 'there is no holdfast_red'],
    ['a sum by what nothing has', 'sum by (unit) (holdfast_ready)', 'nothing in it has a label unit'],
  ])('is found: %s', (_, query, mistake) => {
    expect(mistakesIn(query, ours)).toEqual([mistake]);
  });
});

describe('alert rules', () => {
  it('have names of their own', () => {
    const names = rules.map(([name]) => name);
    expect(names).toHaveLength(new Set(names).size);
    for (const name of names) expect(name).toMatch(/^(?:Holdfast|Etcd)(?:[A-Z][a-z]+)+$/);
  });

  it.each(rules)('%s asks for metrics and labels that there are', (_, rule, file) => {
    expect(metricsIn(rule.expr)).not.toEqual([]);
    for (const shapes of shapesFor(file)) expect(mistakesIn(rule.expr, shapes)).toEqual([]);
  });

  it.each(rules)('%s leaves the topology to whoever scrapes', (_, rule) => {
    expect(rule.expr).not.toMatch(/\bjuju_|%%|\b(?:instance|job)\s*(?:=|!)/);
    expect(Object.keys(rule.labels)).toEqual(['severity']);
  });

  it.each(rules)('%s has a severity and says what to do', (_, { labels, annotations }) => {
    expect(['critical', 'warning', 'info']).toContain(labels['severity']);
    expect(Object.keys(annotations)).toEqual(['summary', 'description', 'runbook_url']);
    expect((annotations['summary'] ?? '').replace(/\{\{.*?\}\}/g, '…')).toMatch(/^.{10,100}$/);
    expect(annotations['description']).toMatch(/^\S.{20,400}\.$/);
  });

  it.each(rules)(
    '%s has a place in the documentation: what it means, what to look at, what to do',
    (name, rule) => {
      expect(rule.annotations['runbook_url']).toBe(`docs/alerts.md#${name.toLowerCase()}`);
      const [place = '', ...others] = alertsPage.split(/^### /m).filter((one) => one.startsWith(`${name}\n`));
      expect(others).toEqual([]);
      const hold = rule.for === undefined ? 'at once' : `after ${rule.for}`;
      expect(place).toContain(`\n${rule.labels['severity'] ?? ''}, ${hold}\n`);
      expect(place).toMatch(/^- means: .{10}[^]*^- look at: .{5}[^]*^- do: .{5}/m);
    },
  );

  it.each(rules)('%s names in its texts only labels that it has', (_, rule, file) => {
    const kept = labelsKept(rule, shapesFor(file));
    const texts = Object.values(rule.annotations).join(' ');
    const named = [...texts.matchAll(/\$labels\.(\w+)/g)].map((match) => match[1] ?? '');
    expect(named.filter((label) => !kept.has(label))).toEqual([]);
  });
});

/** Labels that an alert has: those summed up by, or those of the metrics. */
function labelsKept(
  { expr }: Rule,
  shapes: readonly ReadonlyMap<string, MetricShape>[],
): ReadonlySet<string> {
  if (/\bby \(/.test(expr)) return new Set(groupingsIn(expr));
  if (/^(?:max|min|sum|absent)\(/.test(expr)) return new Set();
  return new Set(
    metricsIn(expr).flatMap(({ metric }) => shapes.flatMap((one) => [...(one.get(metric)?.labels ?? [])])),
  );
}

/** What labels may read whose values are words of ours: a rule that asks for another can never fire. */
const vocabulary: Readonly<Record<string, readonly string[]>> = {
  severity: severities,
  outcome: [...outcomes, 'refused', 'dropped', 'failed', 'delivered'],
  fixable_by: ['operator', 'charm', 'cloud', 'none'] satisfies readonly FixableBy[],
  of: ['all', 'fixable'],
  rail: railNames,
  kind: ['connection', 'retryable', 'busy', 'denied', 'final'],
};
const states = {
  waivers: ledgerStates,
  remediations: ['NeedsReview'] satisfies readonly RemediationState[],
};

/** Values of labels that an expression asks for, as `label value`. */
function valuesIn(expr: string): readonly string[] {
  return [...expr.matchAll(/(holdfast_\w+)\{([^}]*)\}/g)].flatMap(([, metric = '', selector = '']) =>
    [...selector.matchAll(/(\w+)[=!]~?"([^"]*)"/g)].flatMap(([, label = '', value = '']) =>
      value.split('|').map((one) => `${label === 'state' ? metric : label} ${one}`),
    ),
  );
}

describe('values that rules and dashboards ask for', () => {
  const known = new Set([
    ...Object.entries(vocabulary).flatMap(([label, values]) => values.map((value) => `${label} ${value}`)),
    ...Object.entries(states).flatMap(([name, values]) => values.map((value) => `holdfast_${name} ${value}`)),
  ]);

  it.each(rules.filter(([name]) => name.startsWith('Holdfast')))(
    '%s: are such as there are',
    (_, { expr }) => {
      expect(valuesIn(expr).filter((value) => !known.has(value))).toEqual([]);
    },
  );

  it.each(dashboards())('%s: are such as there are', (_, dashboard) => {
    const asked = queriesOf(dashboard).flatMap(valuesIn);
    expect(asked.filter((value) => !known.has(value) && !value.endsWith(' x'))).toEqual([]);
  });
});

describe('the page of alerts', () => {
  it('names no alert that there is not', () => {
    const told = [...alertsPage.matchAll(/^### (\w+)$/gm)].map((match) => match[1] ?? '');
    expect(new Set(told)).toEqual(new Set(rules.map(([name]) => name)));
  });
});

describe('cases for promtool', () => {
  const cases = files.flatMap((file) => {
    const name = basename(file, '.rules');
    return casesIn(`${name}.yaml`).map((one) => [one.name, one, file] as const);
  });

  it.each(rules)('%s has one that fires and one that does not', (name) => {
    const own = cases.flatMap(([title, one]) => (title.split(' ')[0] === name ? [one] : []));
    const fires = own.map(({ promql_expr_test: tests }) =>
      tests.map(({ exp_samples }) => exp_samples.length > 0),
    );
    expect(new Set(fires.flat())).toEqual(new Set([true, false]));
    for (const { promql_expr_test: tests } of own)
      for (const { expr } of tests) expect(expr).toBe(`ALERTS{alertname="${name}", alertstate="firing"}`);
  });

  it.each(cases)('%s: its series are such as there are', (_, { input_series }, file) => {
    const series = input_series.map((one) => one.series).filter((one) => one !== 'up');
    for (const shapes of shapesFor(file))
      expect(series.flatMap((one) => mistakesIn(one, shapes))).toEqual([]);
  });
});

describe('the documentation of metrics', () => {
  const told = new Map(
    [...metricsPage.matchAll(/^\| `(holdfast_\w+)(?:\{([\w,]+)\})?` \| (\w+) \|/gm)].map((match) => [
      match[1] ?? '',
      { type: match[3] ?? '', labels: new Set((match[2] ?? '').split(',').filter((label) => label !== '')) },
    ]),
  );

  it('names every metric of ours with its type and labels, and no other', () => {
    const parts = /_(?:bucket|sum|count)$/;
    const shown = new Map<string, MetricShape>();
    for (const [name, { type, labels }] of ours) {
      if (/^holdfast_(?:process|nodejs)_/.test(name)) continue;
      const whole = type === 'histogram' ? name.replace(parts, '') : name;
      const own = [...labels].filter((label) => label !== 'le');
      shown.set(whole, { type, labels: new Set([...(shown.get(whole)?.labels ?? []), ...own]) });
    }
    expect(told).toEqual(shown);
  });
});
