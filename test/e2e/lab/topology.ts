/** Rules and their cases as they look once a charmed Prometheus took them: it adds where Holdfast itself runs. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { stringify } from 'yaml';
import { casesIn, ruleFiles, ruleFolders, rulesIn, type RuleCase } from '../../support/observability.js';

const topology = { juju_model: 'cos', juju_application: 'holdfast', juju_charm: 'holdfast' } as const;
const matchers = Object.entries(topology)
  .map(([label, value]) => `${label}="${value}"`)
  .join(',');

/** Files of cases, each beside the rules on Holdfast's own metrics that it is of. */
export async function withTopology(): Promise<{
  readonly folder: string;
  readonly cases: readonly string[];
}> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-topology-'));
  const cases: string[] = [];
  for (const file of ruleFiles().filter((one) => one.startsWith(ruleFolders[0]))) {
    const name = basename(file, '.rules');
    const rules = rulesIn(file).map((rule) => ({
      ...rule,
      expr: selecting(rule.expr),
      labels: { ...rule.labels, ...topology },
    }));
    await writeFile(join(folder, `${name}.rules`), stringify({ groups: [{ name, rules }] }));
    const tests = casesIn(`${name}.yaml`).map(caseSeen);
    const path = join(folder, `${name}.yaml`);
    await writeFile(path, stringify({ rule_files: [`${name}.rules`], evaluation_interval: '1m', tests }));
    cases.push(path);
  }
  return { folder, cases };
}

/** The series of the case have the topology, as have the alerts that it expects. */
function caseSeen(one: RuleCase): object {
  return {
    ...one,
    input_series: one.input_series.map((input) => ({ ...input, series: selecting(input.series) })),
    promql_expr_test: one.promql_expr_test.map((test) => ({
      ...test,
      exp_samples: test.exp_samples.map((sample) => ({
        ...sample,
        labels: sample.labels.replace(/\}$/, `,${matchers}}`),
      })),
    })),
  };
}

/** Every metric of ours selected by the topology, too. */
function selecting(expr: string): string {
  return expr.replace(/\b(holdfast_\w+|up\b)(?:\{([^}]*)\})?/g, (_, metric: string, own?: string) =>
    own === undefined || own === '' ? `${metric}{${matchers}}` : `${metric}{${own},${matchers}}`,
  );
}
