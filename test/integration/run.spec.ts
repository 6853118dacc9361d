/** `holdfast run`: the built program as a process, with signals and over HTTP. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Report } from '../../src/core/report/types.js';
import { startSimulator, type Simulator } from '../../src/simulator/index.js';
import { ask } from '../support/ask.js';
import { writePolicy } from '../support/policy-files.js';
import { until } from '../support/processes.js';
import { etcdModel, rigUsers } from '../support/rig.js';

const launcher = fileURLToPath(new URL('../../bin/holdfast', import.meta.url));

describe('the daemon as a process', () => {
  let folder: string;
  let simulator: Simulator;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-run-'));
    const estate = {
      controllers: [{ name: 'lab', flavour: '4.0', users: rigUsers, models: [etcdModel('data')] }],
    } as const;
    simulator = await startSimulator({ estate });
  });
  afterAll(async () => {
    await simulator.close();
    await rm(folder, { recursive: true, force: true });
  });

  function policy(more: string): Promise<string> {
    return writePolicy(folder, simulator.controller('lab'), { users: ['observer', 'auditor'], more });
  }

  interface Running {
    readonly child: ChildProcess;
    /** What it has logged so far. */
    readonly log: () => string;
  }

  function run(policyFile: string): Running {
    const args = [
      'run',
      '--policy',
      policyFile,
      '--listen',
      '127.0.0.1:0',
      '--state-dir',
      join(folder, 'state'),
    ];
    const child = spawn(launcher, args, {
      env: { PATH: process.env['PATH'], HOME: folder },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let log = '';
    child.stderr.on('data', (chunk) => (log += String(chunk)));
    return { child, log: () => log };
  }

  async function addressOf({ log }: Running): Promise<string> {
    const found = (): string | undefined => /"address":"([^"]+)"/.exec(log())?.[1];
    await until('it listens', () => found() !== undefined);
    return `http://${found() ?? ''}`;
  }

  it('watches, answers, takes another policy at SIGHUP, and ends at SIGTERM with exit 0', async () => {
    const file = await policy('pace: { poll: 1s, pollIdle: 1s, slowFacts: 1s }\n');
    const daemon = run(file);
    const page = await addressOf(daemon);
    await until('it is ready', async () => (await ask(`${page}/readyz`)).status === 200);
    const report = async (): Promise<Report> => (await (await ask(`${page}/report.json`)).json()) as Report;
    const judged = async (): Promise<string | undefined> =>
      (await report()).findings.find((finding) => finding.control === 'JUJU-USER-01')?.outcome;
    await until('users are judged', async () => (await judged()) === 'fail');
    expect((await ask(`${page}/healthz`)).status).toBe(200);
    expect(await (await ask(`${page}/metrics`)).text()).toContain('holdfast_ready 1');

    await appendFile(
      file,
      'rules:\n  - { match: { control: JUJU-USER-01 }, params: { superusers: [admin, auditor, remediator] } }\n',
    );
    daemon.child.kill('SIGHUP');
    await until('the new policy holds', async () => (await judged()) === 'pass');

    await appendFile(file, 'nonsense: true\n');
    daemon.child.kill('SIGHUP');
    await until('the mistake is told', () => daemon.log().includes('policy not reloaded'));
    expect(await judged()).toBe('pass');

    daemon.child.kill('SIGTERM');
    expect((await once(daemon.child, 'exit'))[0]).toBe(0);
    expect(daemon.log()).not.toContain(simulator.controller('lab').credentials['observer']?.password);
  });

  it('refuses to share an estate whose journal is a file of one machine', async () => {
    const daemon = run(await policy('sharing: { namespace: ops }\n'));
    expect((await once(daemon.child, 'exit'))[0]).toBe(1);
    expect(daemon.log()).toContain('which takes a journal that all of them use');
  });
});
