/** Reads what is delivered for Prometheus and Grafana. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

export const observability = fileURLToPath(new URL('../../deploy/observability/', import.meta.url));
export const ruleFolders = ['prometheus_alert_rules', 'etcd_alert_rules'] as const;

export interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

interface RuleFile {
  readonly groups: readonly { readonly name: string; readonly rules: readonly Rule[] }[];
}

/** Paths below deploy/observability. */
export function ruleFiles(): readonly string[] {
  return ruleFolders.flatMap((folder) => filesIn(folder, '.rules').map((name) => `${folder}/${name}`));
}

export function rulesIn(path: string): readonly Rule[] {
  return (parse(textOf(path)) as RuleFile).groups.flatMap(({ rules }) => rules);
}

/** A case of `promtool test rules`, as far as tests look at it. */
export interface RuleCase {
  readonly name: string;
  readonly input_series: readonly { readonly series: string }[];
  readonly promql_expr_test: readonly {
    readonly expr: string;
    readonly exp_samples: readonly { readonly labels: string }[];
  }[];
}

export function casesIn(file: string): readonly RuleCase[] {
  return (parse(textOf(`tests/${file}`)) as { tests: readonly RuleCase[] }).tests;
}

export interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly datasource?: { readonly type: string; readonly uid: string };
  readonly targets?: readonly { readonly expr: string; readonly datasource: { readonly uid: string } }[];
}

export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly panels: readonly Panel[];
  readonly templating: {
    readonly list: readonly {
      readonly name: string;
      readonly type: string;
      readonly query: string | { readonly query: string };
    }[];
  };
}

export function dashboards(): readonly (readonly [string, Dashboard])[] {
  return filesIn('grafana_dashboards', '.json').map((name) => [
    name,
    JSON.parse(textOf(`grafana_dashboards/${name}`)) as Dashboard,
  ]);
}

/** Every PromQL query of a dashboard, those of its variables among them, with Grafana's variables filled in. */
export function queriesOf({ panels, templating }: Dashboard): readonly string[] {
  const asked = templating.list.flatMap(({ query }) =>
    typeof query === 'string' ? [] : [/^label_values\((.*), \w+\)$/.exec(query.query)?.[1] ?? query.query],
  );
  const shown = panels
    .filter(({ datasource }) => datasource?.type === 'prometheus')
    .flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
  return [...asked, ...shown].map(filledIn);
}

function filledIn(query: string): string {
  return query.replaceAll('$__rate_interval', '5m').replace(/\$\w+/g, 'x');
}

function filesIn(folder: string, ending: string): readonly string[] {
  return readdirSync(observability + folder).filter((name) => name.endsWith(ending));
}

function textOf(path: string): string {
  return readFileSync(observability + path, 'utf8');
}
