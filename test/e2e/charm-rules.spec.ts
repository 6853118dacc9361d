/** What the charm hands to Prometheus by relation, in a real Prometheus that scrapes as COS does. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { stringify } from 'yaml';
import { fullScrape } from '../support/full-scrape.js';
import { until } from '../support/processes.js';
import { freePorts, run, type Running } from './lab/process.js';
import { logOf, prometheusProgram } from './lab/promtool.js';

jest.setTimeout(240_000);

/** Of Holdfast itself, as Juju tells its charm. */
const topology = {
  model: 'hardening',
  model_uuid: 'c2e9f4d5-dcb3-4870-8509-330eb9745ee8',
  application: 'holdfast',
  charm_name: 'holdfast-k8s',
};
const labels = {
  juju_model: topology.model,
  juju_model_uuid: topology.model_uuid,
  juju_application: topology.application,
  juju_charm: topology.charm_name,
};

/** Prints the rules that go into the relation, as the charm's own code makes them, with its own libraries. */
const script = `
. scripts/charm-python.sh
read -r version python <<<"$(charm_pythons | head -n 1)"
venv=$(charm_venv "$version" "$python" charm/requirements.txt)
cd charm && PYTHONPATH=src "$venv/bin/python" -c '
import json, os, pathlib
from cosl import JujuTopology
from relations import metrics
topology = JujuTopology(**json.loads(os.environ["TOPOLOGY"]))
print(json.dumps(metrics.alert_rules(pathlib.Path("."), topology)))'
`;

interface Rule {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly health: string;
  readonly lastError?: string;
  readonly alerts: readonly { readonly labels: Readonly<Record<string, string>> }[];
}

describe('what the charm hands to Prometheus', () => {
  let folder: string;
  let metrics: Server;
  let prometheus: Running;
  let rules: readonly Rule[];
  let handed: readonly string[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-charm-rules-'));
    const [port = 0, target = 0] = await freePorts(2);
    metrics = await serve(target);
    const given = await rulesOfTheCharm();
    handed = given.groups.flatMap((group) => group.rules.map(({ alert }) => alert));
    await writeFile(join(folder, 'charm.rules'), stringify(given));
    await writeFile(join(folder, 'prometheus.yml'), stringify(configuration(folder, target)));
    prometheus = start(folder, port);
    const url = `http://127.0.0.1:${port}`;
    await until('every rule was evaluated, and some alert is there', async () => {
      rules = await rulesAt(url);
      return (
        rules.every(({ health }) => health !== 'unknown') && rules.some(({ alerts }) => alerts.length > 0)
      );
    });
  });

  afterAll(async () => {
    await prometheus.end('SIGTERM');
    metrics.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('arrives whole, and is evaluated without an error', () => {
    expect(rules.map(({ name }) => name).toSorted()).toEqual(handed.toSorted());
    expect(rules.filter(({ health }) => health !== 'ok')).toEqual([]);
  });

  it('says of each rule where Holdfast runs, and how grave it is', () => {
    for (const rule of rules) {
      expect(rule.labels).toMatchObject({
        ...labels,
        severity: expect.stringMatching(/^(critical|warning|info)$/),
      });
    }
  });

  it('leaves our own labels on alerts: what falls short is not where Holdfast runs', () => {
    for (const alert of onFindings(rules)) {
      expect(alert.labels).toMatchObject({ ...labels, target_model: expect.stringMatching(/./) });
      expect(alert.labels['target_model']).not.toBe(topology.model);
      expect(Object.keys(alert.labels).filter((name) => name.startsWith('exported_'))).toEqual([]);
    }
  });
});

/** Pending or firing. */
function onFindings(rules: readonly Rule[]): Rule['alerts'] {
  return rules.filter(({ name }) => name.endsWith('Finding')).flatMap(({ alerts }) => alerts);
}

interface Handed {
  readonly groups: readonly { readonly rules: readonly { readonly alert: string }[] }[];
}

async function rulesOfTheCharm(): Promise<Handed> {
  const env = { ...process.env, TOPOLOGY: JSON.stringify(topology) };
  const { stdout } = await promisify(execFile)('bash', ['-c', script], { env });
  return JSON.parse(stdout) as Handed;
}

/** A target as the scraper of COS has it: with the topology of the unit in its labels. */
function configuration(folder: string, target: number): object {
  const unit = { targets: [`127.0.0.1:${target}`], labels: { ...labels, juju_unit: 'holdfast/0' } };
  return {
    global: { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' },
    rule_files: [`${folder}/*.rules`],
    scrape_configs: [{ job_name: 'holdfast', static_configs: [unit] }],
  };
}

function start(folder: string, port: number): Running {
  const argv = [
    `--config.file=${folder}/prometheus.yml`,
    `--storage.tsdb.path=${folder}/tsdb`,
    `--web.listen-address=127.0.0.1:${port}`,
  ];
  return run(prometheusProgram('prometheus'), argv, logOf('charm-rules-prometheus'));
}

async function rulesAt(url: string): Promise<readonly Rule[]> {
  const answer = await fetch(`${url}/api/v1/rules`).catch(() => undefined);
  if (answer?.ok !== true) return [];
  const { data } = (await answer.json()) as { data: { groups: readonly { rules: readonly Rule[] }[] } };
  return data.groups.flatMap((group) => group.rules);
}

async function serve(port: number): Promise<Server> {
  const text = await fullScrape();
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/plain; version=0.0.4').end(text);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
