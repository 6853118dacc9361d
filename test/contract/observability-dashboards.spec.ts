/** Dashboards: queries of metrics that there are, data sources as COS fills them in, panels that do not overlap. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { shapesOfMetrics, type MetricShape } from '../support/full-scrape.js';
import { dashboards, queriesOf, type Panel } from '../support/observability.js';
import { mistakesIn } from '../support/promql.js';

const all = dashboards();
const sources = { prometheus: '${prometheusds}', loki: '${lokids}' } as const;

let shapes: ReadonlyMap<string, MetricShape>;
beforeAll(async () => {
  shapes = await shapesOfMetrics();
});

describe('dashboards', () => {
  it('are the fleet, one application, and Holdfast itself', () => {
    expect(all.map(([name]) => name)).toEqual([
      'holdfast-application.json',
      'holdfast-fleet.json',
      'holdfast-itself.json',
    ]);
    expect(new Set(all.map(([, { uid }]) => uid)).size).toBe(3);
  });

  it.each(all)('%s asks for metrics and labels that there are', (_, dashboard) => {
    const queries = queriesOf(dashboard);
    expect(queries.length).toBeGreaterThan(10);
    const mistakes = queries.flatMap((query) =>
      mistakesIn(query, shapes).map((mistake) => `${query}: ${mistake}`),
    );
    expect(mistakes).toEqual([]);
  });

  it.each(all)(
    '%s takes data from the sources that COS fills in, and declares them',
    (_, { panels, templating }) => {
      const declared = new Set(
        templating.list.flatMap(({ name, type, query }) =>
          type === 'datasource' && typeof query === 'string' ? [`${name} ${query}`] : [],
        ),
      );
      for (const { type, datasource, targets = [] } of panels) {
        if (type === 'row') continue;
        const kind = datasource?.type === 'loki' ? 'loki' : 'prometheus';
        expect([datasource?.uid, ...targets.map((target) => target.datasource.uid)]).toEqual(
          Array(targets.length + 1).fill(sources[kind]),
        );
        expect(declared).toContain(`${sources[kind].slice(2, -1)} ${kind}`);
      }
    },
  );

  it.each(all)('%s uses only variables that it declares', (_, dashboard) => {
    const text = JSON.stringify([dashboard.panels, dashboard.templating.list.map(({ query }) => query)]);
    const used = new Set([...text.matchAll(/\$\{?(\w+)/g)].map((match) => match[1] ?? ''));
    const declared = new Set([...dashboard.templating.list.map(({ name }) => name), '__rate_interval']);
    expect([...used].filter((name) => !declared.has(name))).toEqual([]);
  });

  it.each(all)('%s has panels with a title and something to show, none on another', (_, { panels }) => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    for (const { type, title, targets = [] } of panels) {
      expect(title).not.toBe('');
      expect(targets.length > 0).toBe(type !== 'row');
    }
    const overlaps = panels.flatMap((one, n) =>
      panels.slice(n + 1).flatMap((other) => (overlap(one, other) ? [`${one.title} / ${other.title}`] : [])),
    );
    expect(overlaps).toEqual([]);
    expect(panels.filter(({ gridPos: { x, w } }) => x + w > 24)).toEqual([]);
  });
});

function overlap({ gridPos: a }: Panel, { gridPos: b }: Panel): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}
