/** A real Prometheus and a real Alertmanager on free ports, with the shipped rules; and a receiver of messages. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { basename, join } from 'node:path';
import { stringify } from 'yaml';
import { observability, ruleFiles } from '../../support/observability.js';
import { startAlertmanager, type Told } from './alertmanager.js';
import { freePorts, run, type Running } from './process.js';
import { logOf, prometheusProgram } from './promtool.js';

export interface Alerting {
  readonly told: readonly Told[];
  /** The value of a query that gives one sample; undefined where it gives none. */
  ask(query: string): Promise<number | undefined>;
  /** Its value once that has been the same for ten seconds, more than one, and something has been told. */
  settled(query: string): Promise<number>;
  close(): Promise<void>;
}

/** Between two looks at the metrics. */
const look = '2s';

/** `metrics` gives what is scraped. */
export async function startAlerting(metrics: () => Promise<string>): Promise<Alerting> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-prometheus-'));
  const alertmanager = await startAlertmanager();
  const daemon = await served(metrics);
  const [port = 0] = await freePorts(1);
  await writeFiles(folder, { daemon: portOf(daemon), alertmanager: alertmanager.port });
  const prometheus = startPrometheus(folder, port);
  const address = `http://127.0.0.1:${port}`;
  const { told } = alertmanager;
  return {
    told,
    ask: (query) => ask(address, query),
    settled: (query) => settled(() => (told.length === 0 ? Promise.resolve(0) : ask(address, query))),
    close: async () => {
      await Promise.all([prometheus.end('SIGTERM'), alertmanager.close()]);
      daemon.closeAllConnections();
      daemon.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function startPrometheus(folder: string, port: number): Running {
  const argv = [
    `--config.file=${folder}/prometheus.yml`,
    `--storage.tsdb.path=${folder}/tsdb`,
    `--web.listen-address=127.0.0.1:${port}`,
  ];
  return run(prometheusProgram('prometheus'), argv, logOf('prometheus'));
}

/** The rules as they are shipped, but for how long they hold. */
async function writeFiles(
  folder: string,
  ports: { readonly daemon: number; readonly alertmanager: number },
): Promise<void> {
  await mkdir(join(folder, 'rules'));
  for (const file of ruleFiles()) {
    const text = await readFile(observability + file, 'utf8');
    await writeFile(join(folder, 'rules', basename(file)), text.replace(/^( +for: ).*$/gm, '$12s'));
  }
  const at = (port: number): object => ({ static_configs: [{ targets: [`127.0.0.1:${port}`] }] });
  const config = {
    global: { scrape_interval: look, scrape_timeout: look, evaluation_interval: '1s' },
    rule_files: [`${folder}/rules/*.rules`],
    alerting: { alertmanagers: [at(ports.alertmanager)] },
    scrape_configs: [{ job_name: 'holdfast', ...at(ports.daemon) }],
  };
  await writeFile(join(folder, 'prometheus.yml'), stringify(config));
}

async function served(text: () => Promise<string>): Promise<Server> {
  const server = createServer((_request, response) => {
    void text().then((answer) => response.setHeader('content-type', 'text/plain').end(answer));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

interface Answered {
  readonly data?: { readonly result: readonly { readonly value: readonly [number, string] }[] };
}

async function ask(address: string, query: string): Promise<number | undefined> {
  const answer = await fetch(`${address}/api/v1/query?query=${encodeURIComponent(query)}`);
  const { data } = (await answer.json()) as Answered;
  const value = data?.result[0]?.value[1];
  return value === undefined ? undefined : Number(value);
}

async function settled(read: () => Promise<number | undefined>): Promise<number> {
  const deadline = Date.now() + 90_000;
  let last = { value: 0, since: Date.now() };
  while (Date.now() < deadline) {
    const value = (await read()) ?? 0;
    if (value !== last.value) last = { value, since: Date.now() };
    if (value > 1 && Date.now() - last.since > 10_000) return value;
    await sleep(500);
  }
  throw new Error(`it did not settle in 90 s; at last it was ${last.value}`);
}
