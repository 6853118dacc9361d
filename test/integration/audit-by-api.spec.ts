/** `audit --policy`: the built program against a controller on a real socket, credentials from files. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Report } from '../../src/core/report/types.js';
import { startSimulator, type SimulatedController, type Simulator } from '../../src/simulator/index.js';
import { writePolicy } from '../support/policy-files.js';
import { etcdModel, rigUsers } from '../support/rig.js';

const launcher = fileURLToPath(new URL('../../bin/holdfast', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

describe('an audit of a controller by its API', () => {
  let folder: string;
  let simulator: Simulator;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-api-'));
    const models = [etcdModel('data')];
    simulator = await startSimulator({
      estate: { controllers: [{ name: 'lab', flavour: '3.6', users: [...rigUsers], models }] },
    });
  });
  afterAll(async () => {
    await simulator.close();
    await rm(folder, { recursive: true, force: true });
  });

  function policyFor(controller: SimulatedController, users: readonly string[]): Promise<string> {
    return writePolicy(folder, controller, { users });
  }

  function holdfast(args: readonly string[]): Promise<Ended> {
    const child = spawn(launcher, args, { env: { PATH: process.env['PATH'], HOME: folder } });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => (stdout += String(chunk)));
    child.stderr.on('data', (chunk) => (stderr += String(chunk)));
    return new Promise((resolve) => {
      child.on('close', (code) => {
        resolve({ code, stdout, stderr });
      });
    });
  }

  it('sees what a status file does not show: users, settings, access', async () => {
    const policy = await policyFor(simulator.controller('lab'), ['observer', 'auditor']);
    const { code, stdout, stderr } = await holdfast(['audit', '--policy', policy, '--format', 'json']);
    expect([code, stderr]).toEqual([2, '']);
    const { findings, source } = JSON.parse(stdout) as Report;
    expect(source).toMatchObject({ road: 'api', name: 'lab' });
    const outcome = (control: string) => findings.find((finding) => finding.control === control)?.outcome;
    expect(['JUJU-USER-01', 'JUJU-CTRL-01', 'JUJU-USER-03'].map(outcome)).not.toContain('unknown');
  });

  it('names the controller and exits 1 when the password is wrong, without telling it', async () => {
    const policy = await policyFor({ ...simulator.controller('lab'), credentials: {} }, ['observer']);
    const { code, stdout, stderr } = await holdfast(['audit', '--policy', policy]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/holdfast: controller lab could not be read: /);
    expect(stderr).not.toContain('wrong');
  });

  it('names the controller and exits 1 when nothing listens there', async () => {
    const nowhere = { ...simulator.controller('lab'), addresses: ['127.0.0.1:1'] };
    const policy = await policyFor(nowhere, ['observer']);
    const { code, stderr } = await holdfast(['audit', '--policy', policy]);
    expect([code, stderr.includes('controller lab could not be read')]).toEqual([1, true]);
  });
});
