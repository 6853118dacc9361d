/** Real servers around several units: Leases of a kube-apiserver, a journal in PostgreSQL, a simulated controller. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { SharedStore } from '../../../src/core/ports/index.js';
import { defaultRetention } from '../../../src/core/policy/rails.js';
import { installJuju } from '../../../src/simulator/install-juju.js';
import { startSimulator, type Simulator } from '../../../src/simulator/index.js';
import { openShared } from '../../../src/store/postgres/open.js';
import { writePolicy } from '../../support/policy-files.js';
import { PostgresServer } from '../../support/postgresql-server.js';
import { realClock } from '../../support/real-clock.js';
import { rigUsers } from '../../support/rig.js';
import { must } from '../lab/calls.js';
import { Lab } from '../lab/lab.js';
import { UnitProcess, type UnitFiles } from './unit.js';

const builtJuju = fileURLToPath(new URL('../../../dist/simulator/juju.js', import.meta.url));
const namespace = 'holdfast';

export class Bench {
  readonly lab: Lab;
  readonly simulator: Simulator;
  readonly journal: SharedStore;
  /** Every process that was started, the newest of each unit last. */
  readonly processes: UnitProcess[] = [];
  readonly #postgres: PostgresServer;
  readonly #files: UnitFiles;

  private constructor(parts: {
    lab: Lab;
    simulator: Simulator;
    journal: SharedStore;
    postgres: PostgresServer;
    files: UnitFiles;
  }) {
    this.lab = parts.lab;
    this.simulator = parts.simulator;
    this.journal = parts.journal;
    this.#postgres = parts.postgres;
    this.#files = parts.files;
  }

  static async start(models: number): Promise<Bench> {
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-sharing-'));
    const [lab, postgres] = await Promise.all([Lab.start(), PostgresServer.start()]);
    try {
      return await Bench.#around({ folder, lab, postgres }, models);
    } catch (error) {
      await Promise.all([lab.close(), postgres.remove()]);
      throw error;
    }
  }

  static async #around(
    { folder, lab, postgres }: { folder: string; lab: Lab; postgres: PostgresServer },
    models: number,
  ): Promise<Bench> {
    const simulator = await startSimulator({ estate: estateOf(models) });
    const access = await postgres.database();
    const database = join(folder, 'database');
    await writeFile(database, postgres.url(access), { mode: 0o600 });
    const juju = await installJuju(join(folder, 'bin'), { entry: builtJuju });
    await mayLease(lab);
    await writeKubeconfig(lab, join(folder, 'kubeconfig'));
    const users = ['observer', 'auditor', 'remediator'];
    const policy = await writePolicy(folder, simulator.controller('lab'), { users, more: policyText });
    const journal = openShared({ access: () => access, clock: realClock(), retention: defaultRetention });
    return new Bench({ lab, simulator, journal, postgres, files: { folder, policy, database, juju } });
  }

  startUnit(name: string): UnitProcess {
    const started = new UnitProcess(name, this.#files);
    this.processes.push(started);
    return started;
  }

  /** The newest process of a unit. */
  unit(name: string): UnitProcess {
    const found = this.processes.findLast((one) => one.name === name);
    if (found === undefined) throw new Error(`${name} was never started`);
    return found;
  }

  running(): readonly UnitProcess[] {
    return this.processes.filter((one) => !one.isOver);
  }

  /** Parts that a running unit looks after. */
  held(): readonly string[] {
    return this.running().flatMap((one) => one.held());
  }

  async until(what: string, holds: () => boolean | Promise<boolean>, ms: number): Promise<void> {
    const deadline = Date.now() + ms;
    while (!(await holds())) {
      if (Date.now() > deadline) throw new Error(`waited ${ms / 1000} s until ${what}`);
      await sleep(100);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.running().map((one) => one.end('SIGKILL')));
    await this.journal.close();
    await this.simulator.close();
    await this.#postgres.remove();
    await this.lab.close();
    await rm(this.#files.folder, { recursive: true, force: true });
  }
}

function estateOf(models: number): Parameters<typeof startSimulator>[0]['estate'] {
  const made = Array.from({ length: models }, (_, n) => ({
    name: `m${n}`,
    users: { observer: 'read', remediator: 'admin' } as const,
    config: { 'logging-config': '<root>=INFO' },
    applications: [],
  }));
  return { controllers: [{ name: 'lab', flavour: '4.0', users: rigUsers, models: made }] };
}

const policyText = `
defaults: { mode: observe, disruptive: allow }
rules:
  - { match: { control: JUJU-MODEL-04 }, mode: enforce }
limits:
  - { match: {}, applications: 1000, percent: 100, units: 10000, actions: 1000, perHour: 100000, attempts: 1000, failures: 1000, flips: 1000 }
pace: { poll: 6s, pollIdle: 6s, slowFacts: 8s, verifyLook: 1s, quiet: 1s, retryFirst: 1s, callDeadline: 5s, cliDeadline: 10s, verifyDeadline: 60s }
sharing: { kubeconfig: kubeconfig, namespace: ${namespace} }
`;

/** All that a unit needs there: reading the Leases of one namespace, and writing them. */
async function mayLease({ admin }: Lab): Promise<void> {
  const rbac = `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}`;
  const metadata = { name: 'holdfast-sharing' };
  await must(admin, 'POST', '/api/v1/namespaces', { metadata: { name: namespace } });
  await must(admin, 'POST', `${rbac}/roles`, {
    metadata,
    rules: [
      { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['list', 'create', 'update'] },
    ],
  });
  await must(admin, 'POST', `${rbac}/rolebindings`, {
    metadata,
    subjects: [{ kind: 'User', name: 'observer' }],
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: metadata.name },
  });
}

async function writeKubeconfig(lab: Lab, file: string): Promise<void> {
  const { cert, key } = await lab.observersCertificate(86_400);
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const server = `https://127.0.0.1:${lab.port}`;
  const config = {
    'current-context': 'lab',
    contexts: [{ name: 'lab', context: { cluster: 'c', user: 'u' } }],
    clusters: [{ name: 'c', cluster: { server, 'certificate-authority-data': base64(lab.servingCa) } }],
    users: [{ name: 'u', user: { 'client-certificate-data': base64(cert), 'client-key-data': base64(key) } }],
  };
  await writeFile(file, JSON.stringify(config), { mode: 0o600 });
}
