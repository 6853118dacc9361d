/** A real Alertmanager on a free port, and a receiver of what it says. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { listener } from '../../support/listener.js';
import { until } from '../../support/processes.js';
import { freePorts, run } from './process.js';
import { logOf, prometheusProgram } from './promtool.js';

/** As Alertmanager sends it to a webhook, as far as tests look at it. */
export interface Told {
  /** ms, when it came. */
  readonly at: number;
  readonly status: 'firing' | 'resolved';
  readonly alerts: readonly {
    readonly status: 'firing' | 'resolved';
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
  }[];
}

export interface Alertmanager {
  readonly port: number;
  readonly url: string;
  /** What its receiver got. */
  readonly told: readonly Told[];
  close(): Promise<void>;
}

/** Everything happens within seconds: minutes are for persons. */
const quick = { group_wait: '2s', group_interval: '5s', repeat_interval: '1d' } as const;

export async function startAlertmanager(): Promise<Alertmanager> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-alertmanager-'));
  const told: Told[] = [];
  const receiver = await listener();
  receiver.answer = ({ body }) => {
    told.push({ at: Date.now(), ...(JSON.parse(body) as Omit<Told, 'at'>) });
    return { status: 200 };
  };
  const [port = 0] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  await writeFile(join(folder, 'config.yml'), configFor(receiver.url));
  const argv = [
    `--config.file=${join(folder, 'config.yml')}`,
    `--storage.path=${join(folder, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--cluster.listen-address=',
  ];
  const running = run(prometheusProgram('prometheus-alertmanager'), argv, logOf('alertmanager'));
  await until('Alertmanager is ready', () => isReady(url));
  return {
    ...{ port, url, told },
    close: async () => {
      await running.end('SIGTERM');
      await receiver.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Grouped as the documentation of the alerts says. */
function configFor(receiver: string): string {
  return stringify({
    route: { receiver: 'webhook', group_by: ['alertname', 'severity'], ...quick },
    receivers: [{ name: 'webhook', webhook_configs: [{ url: receiver, send_resolved: true }] }],
  });
}

/** Whether Prometheus or Alertmanager answers at `url`. */
export async function isReady(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/-/ready`).catch(() => undefined);
  return answer?.ok === true;
}
