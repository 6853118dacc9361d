/** A real Prometheus and a real Alertmanager that watch units of etcd as COS would, labelled with Juju's topology. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { observability } from '../../support/observability.js';
import { until } from '../../support/processes.js';
import { freePorts, run, type Running } from './process.js';
import { prometheusProgram } from './promtool.js';

export interface WatchingStack {
  readonly prometheus: string;
  readonly alertmanager: string;
  /** Labels of the application, as COS puts them on rules, targets and series. */
  readonly labels: Readonly<Record<string, string>>;
  /** Loads the delivered rules for etcd, labelled as the application's. */
  loadRules(): Promise<void>;
  /** Hands alerts to this receiver from now on: one of `nobody` and `team`. */
  handTo(receiver: 'nobody' | 'team'): Promise<void>;
  /** The unit's port answers from now on. */
  startUnit(number: number): Promise<void>;
  endPrometheus(): Promise<void>;
  close(): Promise<void>;
}

interface Lab {
  readonly folder: string;
  readonly labels: WatchingStack['labels'];
  /** Of the units in order. */
  readonly ports: readonly number[];
  readonly alertmanagerPort: number;
}

export async function startWatching(labels: WatchingStack['labels'], units: number): Promise<WatchingStack> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-stack-'));
  const [prometheusPort = 0, alertmanagerPort = 0, ...ports] = await freePorts(2 + units);
  const lab = { folder, labels, ports, alertmanagerPort };
  const [prometheus, alertmanager] = [
    `http://127.0.0.1:${prometheusPort}`,
    `http://127.0.0.1:${alertmanagerPort}`,
  ];
  await writePrometheus(lab);
  await writeFile(join(folder, 'etcd.rules'), 'groups: []\n');
  await writeAlertmanager(lab, 'nobody');
  const servers: Server[] = [];
  const running = [startPrometheus(folder, prometheusPort), startAlertmanager(folder, alertmanagerPort)];
  for (const url of [prometheus, alertmanager]) await until(`${url} is ready`, () => isReady(url));
  return {
    ...{ prometheus, alertmanager, labels },
    loadRules: async () => {
      await writeRules(lab);
      await reload(prometheus);
    },
    handTo: async (receiver) => {
      await writeAlertmanager(lab, receiver);
      await reload(alertmanager);
    },
    startUnit: async (number) => {
      servers.push(await serveMetrics(ports[number] ?? 0));
    },
    endPrometheus: () => running[0]?.end('SIGTERM') ?? Promise.resolve(),
    close: async () => {
      await Promise.all(running.map((one) => one.end('SIGTERM')));
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function writePrometheus({ folder, labels, ports, alertmanagerPort }: Lab): Promise<void> {
  const units = ports.map((port, number) => ({
    targets: [`127.0.0.1:${port}`],
    labels: { ...labels, juju_unit: `${labels['juju_application'] ?? ''}/${number}` },
  }));
  const config = {
    global: { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' },
    rule_files: [`${folder}/*.rules`],
    alerting: { alertmanagers: [{ static_configs: [{ targets: [`127.0.0.1:${alertmanagerPort}`] }] }] },
    scrape_configs: [{ job_name: 'etcd', static_configs: units }],
  };
  await writeFile(join(folder, 'prometheus.yml'), stringify(config));
}

interface Rules {
  readonly groups: readonly { readonly rules: readonly { readonly labels: object }[] }[];
}

async function writeRules({ folder, labels }: Lab): Promise<void> {
  const { groups } = parse(await readFile(`${observability}etcd_alert_rules/etcd.rules`, 'utf8')) as Rules;
  const labelled = groups.map((group) => ({
    ...group,
    rules: group.rules.map((rule) => ({ ...rule, labels: { ...rule.labels, ...labels } })),
  }));
  await writeFile(join(folder, 'etcd.rules'), stringify({ groups: labelled }));
}

async function writeAlertmanager({ folder }: Lab, receiver: string): Promise<void> {
  const hook = {
    url: 'http://127.0.0.1:9/hook',
    http_config: { basic_auth: { username: 'u', password: 'hunter2' } },
  };
  const config = {
    route: { receiver: 'nobody', routes: [{ receiver, matchers: ['juju_application="etcd"'] }] },
    receivers: [{ name: 'nobody' }, { name: 'team', webhook_configs: [hook] }],
  };
  await writeFile(join(folder, 'alertmanager.yml'), stringify(config));
}

function startPrometheus(folder: string, port: number): Running {
  const argv = [
    `--config.file=${folder}/prometheus.yml`,
    `--storage.tsdb.path=${folder}/tsdb`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--web.enable-lifecycle',
  ];
  return run(prometheusProgram('prometheus'), argv, logFile('stack-prometheus'));
}

function startAlertmanager(folder: string, port: number): Running {
  const argv = [
    `--config.file=${folder}/alertmanager.yml`,
    `--storage.path=${folder}/alertmanager`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--cluster.listen-address=',
  ];
  return run(prometheusProgram('prometheus-alertmanager'), argv, logFile('stack-alertmanager'));
}

function logFile(name: string): string {
  return join(import.meta.dirname, `../../../build/e2e/${name}.log`);
}

async function isReady(url: string): Promise<boolean> {
  return (await fetch(`${url}/-/ready`).catch(() => undefined))?.ok === true;
}

async function reload(url: string): Promise<void> {
  const { status } = await fetch(`${url}/-/reload`, { method: 'POST' });
  if (status !== 200) throw new Error(`${url} did not take its configuration: ${status}`);
}

async function serveMetrics(port: number): Promise<Server> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/plain').end('etcd_server_has_leader 1\n');
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
