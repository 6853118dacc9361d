/**
 * Looks into a unit through Kubernetes: a real kube-apiserver with its real authorisation in the middle, a kubelet of our own
 * behind it, which runs the command on files as the charm writes them. Left as a table in build/e2e/kube-exec.txt.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { canary } from '../../src/simulator/charms/disk.js';
import { podExec } from '../../src/kube/exec/pod-exec.js';
import { systemClock } from '../../src/main/system.js';
import type { LookAnswer, WorkloadReader } from '../../src/core/ports/workload-reader.js';
import { inquiryFor, looksOf } from '../../src/workload/collect/inquiries.js';
import { kubeReader } from '../../src/workload/collect/kube-reader.js';
import { controllerCertificate } from '../support/certificate.js';
import { columns } from '../support/columns.js';
import { fakeKubelet, type FakeKubelet } from '../support/fake-kubelet.js';
import { simulatedUnits } from '../support/simulated-units.js';
import { must } from './lab/calls.js';
import { Lab } from './lab/lab.js';
import { allowInData, grantObserver, newToken, observersRules } from './lab/rights.js';

let lab: Lab;
let kubelet: FakeKubelet;
let root: string;
let token: string;
const table: (readonly string[])[] = [];

const unit = simulatedUnits().find(({ name }) => name === 'encrypted kafka3/0');
const inquiry =
  unit && inquiryFor({ name: unit.charm, track: unit.track, subordinateTo: [] }, unit.endpoints);
const looks = inquiry === undefined ? [] : looksOf(inquiry);

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'holdfast-kube-exec-'));
  for (const { path, text, mode } of unit?.disk.files ?? []) {
    mkdirSync(dirname(root + path), { recursive: true });
    writeFileSync(root + path, text, { mode });
  }
  kubelet = await fakeKubelet({ ...(await controllerCertificate(['127.0.0.1'])), root });
  lab = await Lab.start();
  await grantObserver(lab.admin);
  await makePod();
  token = await newToken(lab.admin);
}, 180_000);

afterAll(async () => {
  await lab.close();
  await kubelet.close();
  await rm(root, { recursive: true, force: true });
  const head = ['rights on pods/exec', 'pod', 'answered of looks', 'what came of it'];
  writeFileSync(
    join(import.meta.dirname, '../../build/e2e/kube-exec.txt'),
    `looks into a unit through Kubernetes (API server real, kubelet ours)\n${columns([head, ...table])}`,
  );
});

/** A node whose kubelet is ours, and the pod of a unit on it. */
async function makePod(): Promise<void> {
  await must(lab.admin, 'POST', '/api/v1/nodes', { metadata: { name: 'lab-node' } });
  await must(lab.admin, 'PATCH', '/api/v1/nodes/lab-node/status', {
    status: {
      addresses: [{ type: 'InternalIP', address: '127.0.0.1' }],
      daemonEndpoints: { kubeletEndpoint: { Port: kubelet.port } },
    },
  });
  const containers = ['charm', 'kafka'].map((name) => ({ name, image: 'registry.example/none' }));
  await must(lab.admin, 'POST', '/api/v1/namespaces/data/pods', {
    metadata: { name: 'kafka3-0' },
    spec: { nodeName: 'lab-node', automountServiceAccountToken: false, containers },
  });
}

function reader(deadlineMs = 20_000): WorkloadReader {
  const access = {
    name: 'lab',
    server: new URL(lab.admin.url),
    ca: { text: lab.servingCa },
    token: { text: token },
  };
  const exec = podExec({
    access: () => Promise.resolve(access),
    clock: systemClock,
    userAgent: 'holdfast/e2e',
    deadlineMs,
  });
  return kubeReader(exec);
}

async function look(name: string, rights: readonly string[]): Promise<readonly LookAnswer[]> {
  await allowInData(lab.admin, [
    ...observersRules,
    ...(rights.length === 0 ? [] : [{ apiGroups: [''], resources: ['pods/exec'], verbs: rights }]),
  ]);
  const answers = await settled(() => reader().look({ model: `lab:admin/data`, unit: name }, looks), rights);
  const missing = answers.find((answer) => 'missing' in answer);
  const seen = answers.filter((answer) => 'text' in answer).length;
  const why =
    missing === undefined || !('missing' in missing)
      ? 'all seen'
      : `${missing.missing}${missing.permission === undefined ? '' : `; needs ${missing.permission}`}`;
  table.push([rights.join(', ') || 'none', name, `${seen} of ${looks.length}`, why]);
  return answers;
}

/** New rights take a moment to be known to the API server. */
async function settled(
  ask: () => Promise<readonly LookAnswer[]>,
  rights: readonly string[],
): Promise<readonly LookAnswer[]> {
  let answers = await ask();
  const isRefused = (): boolean =>
    answers.some((answer) => 'missing' in answer && answer.permission !== undefined);
  for (let tries = 0; tries < 40 && isRefused() === (rights.length === 2); tries += 1) {
    await systemClock.sleep(100);
    answers = await ask();
  }
  return answers;
}

describe('through a real API server', () => {
  it('a look shows what the charm wrote, and no password', async () => {
    const answers = await look('kafka3/0', ['get', 'create']);
    const [settings] = answers;
    expect(settings).toEqual({ text: expect.stringContaining('listeners=') });
    expect(JSON.stringify(answers)).not.toContain(canary);
    const [asked] = kubelet.asked.slice(-1);
    expect(asked?.path).toBe('/exec/data/kafka3-0/charm');
    expect(asked?.command.slice(0, 2)).toEqual(['/bin/bash', '-c']);
    expect(asked?.authorization ?? '').not.toContain(token);
  }, 60_000);

  it('without the right nothing is run, and the right is named', async () => {
    const before = kubelet.asked.length;
    const answers = await look('kafka3/0', []);
    expect(answers[0]).toMatchObject({
      missing: expect.stringContaining('forbidden'),
      permission: "get and create on pods/exec in the namespace data, for Holdfast's account on the cluster",
    });
    expect(kubelet.asked).toHaveLength(before);
  }, 60_000);

  test.each([['get'], ['create']])(
    '%s alone is not enough',
    async (verb) => {
      const before = kubelet.asked.length;
      const answers = await look('kafka3/0', [verb]);
      expect(answers[0]).toMatchObject({ permission: expect.stringContaining('get and create') });
      expect(kubelet.asked).toHaveLength(before);
    },
    60_000,
  );

  test('a pod that is not there is told', async () => {
    const answers = await look('kafka3/7', ['get', 'create']);
    expect(answers[0]).toEqual({ missing: expect.stringContaining('not found') });
  }, 60_000);

  test('a kubelet that says nothing is not waited for without end', async () => {
    await look('kafka3/0', ['get', 'create']);
    kubelet.fault = 'mute';
    const [answer] = await reader(1500).look({ model: 'lab:admin/data', unit: 'kafka3/0' }, looks);
    kubelet.fault = undefined;
    table.push([
      'get, create',
      'kafka3/0, kubelet silent',
      `0 of ${looks.length}`,
      answer !== undefined && 'missing' in answer ? answer.missing : '',
    ]);
    expect(answer).toEqual({ missing: 'no answer in time' });
  }, 60_000);
});
