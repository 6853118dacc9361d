/** The built program as a process on a simulated estate, with a person who approves, for changes of passwords. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { Report } from '../../src/core/report/types.js';
import type { Remediation } from '../../src/core/ports/index.js';
import { instant } from '../../src/core/time.js';
import { scaledClock } from '../../src/main/demo/scaled-clock.js';
import { systemClock } from '../../src/main/system.js';
import { startSimulator, type EstateSpec, type Simulator } from '../../src/simulator/index.js';
import type { SimApplication, SimController, SimTask } from '../../src/simulator/world/state.js';
import { openJournal } from '../../src/store/sqlite/open.js';
import { ask } from './ask.js';
import { patience } from './patience.js';
import { writePolicy } from './policy-files.js';
import { documentOf, until } from './processes.js';
import { recordingJuju, type RecordingJuju } from './recording-juju.js';

const launcher = fileURLToPath(new URL('../../bin/holdfast', import.meta.url));

interface Running {
  readonly child: ChildProcess;
  readonly log: () => string;
}

/** One estate with its folder, policy and journal, on which the program is started again and again. */
export class Stage {
  readonly folder: string;
  readonly simulator: Simulator;
  readonly juju: RecordingJuju;
  readonly policyFile: string;
  readonly logs: string[] = [];
  running: Running | undefined;

  constructor(parts: Pick<Stage, 'folder' | 'simulator' | 'juju' | 'policyFile'>) {
    this.folder = parts.folder;
    this.simulator = parts.simulator;
    this.juju = parts.juju;
    this.policyFile = parts.policyFile;
  }

  static async make(estate: EstateSpec, more: string): Promise<Stage> {
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-rotation-'));
    const simulator = await startSimulator({ estate, clock: scaledClock(systemClock, 4) });
    const juju = await recordingJuju(folder);
    const identities = ['observer', 'auditor', 'remediator'];
    const policyFile = await writePolicy(folder, simulator.controller('lab'), { users: identities, more });
    return new Stage({ folder, simulator, juju, policyFile });
  }

  get state(): string {
    return join(this.folder, 'state');
  }

  get controller(): SimController {
    const found = this.simulator.world.controllers.get('lab');
    if (found === undefined) throw new Error('the estate has the controller lab');
    return found;
  }

  get applications(): readonly SimApplication[] {
    return [...this.controller.models.values()].flatMap(({ applications }) => [...applications.values()]);
  }

  application(name: string): SimApplication {
    const found = this.applications.find((one) => one.name === name);
    if (found === undefined) throw new Error(`the estate has the application ${name}`);
    return found;
  }

  get tasks(): readonly SimTask[] {
    const operations = [...this.controller.models.values()].flatMap((model) => model.tasks);
    return operations.flatMap(({ tasks }) => tasks);
  }

  start(): Running {
    const args = ['run', '--policy', this.policyFile, '--listen', '127.0.0.1:0', '--state-dir', this.state];
    const child = spawn(launcher, args, {
      env: {
        PATH: process.env['PATH'],
        HOME: this.folder,
        HOLDFAST_JUJU_4: this.juju.juju,
        HOLDFAST_LOG_LEVEL: 'debug',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let log = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (log += String(chunk)));
    this.running = { child, log: () => log };
    child.once('exit', () => this.logs.push(log));
    return this.running;
  }

  async page(): Promise<string> {
    const found = (): string | undefined => /"address":"([^"]+)"/.exec(this.running?.log() ?? '')?.[1];
    await until(`it listens: ${this.running?.log() ?? ''}`, () => found() !== undefined);
    return `http://${found() ?? ''}`;
  }

  async report(): Promise<Report> {
    const page = await this.page();
    return (await (await documentOf(() => ask(`${page}/report.json`))).json()) as Report;
  }

  /** A person approves whatever waits for that, again and again. */
  async approveAll(): Promise<readonly Remediation[]> {
    const journal = openJournal(join(this.state, 'journal.sqlite'));
    const opened = await journal;
    try {
      const waiting = await opened.remediations(100);
      const hashes = new Set(
        waiting.flatMap(({ state, planHash }) => (state === 'WaitingApproval' ? [planHash] : [])),
      );
      for (const planHash of hashes) {
        const now = Date.now();
        const word = { id: `a-${planHash.slice(0, 8)}-${now}`, planHash, by: 'ann' };
        const approval = {
          ...word,
          decision: 'approve',
          at: instant(now),
          expiresAt: instant(now + 3_600_000),
        } as const;
        await opened.write({ type: 'approval', approval });
      }
      return waiting;
    } finally {
      await opened.close();
    }
  }

  async untilApproved(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
    const deadline = Date.now() + patience;
    let last: readonly Remediation[] = [];
    while (!(await holds())) {
      if (Date.now() > deadline)
        throw new Error(
          `waited ${patience / 1000} s until ${what}: ${last.map(({ state, actionId, reason, message }) => `${actionId} ${state} ${reason} ${message}`).join('\n')}`,
        );
      last = await this.approveAll().catch(() => last);
      await systemClock.sleep(300);
    }
  }

  async stop(): Promise<void> {
    const { child } = this.running ?? {};
    if (child?.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }

  async close(): Promise<void> {
    await this.stop();
    await this.simulator.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

export async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

export function passwordIn(text: string): string {
  return String((parse(text) as { password?: unknown }).password);
}
