/** How the daemon looks into units: by which road, and as whom. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { controllerCertificate } from '../../test/support/certificate.js';
import { fakeKubelet, type FakeKubelet } from '../../test/support/fake-kubelet.js';
import { writeKubeconfig } from '../../test/support/kubeconfig.js';
import { application, controller, estate, model, unit } from '../../test/support/world.js';
import { readEnvironment } from '../config/environment.js';
import { clusterDefaults } from '../core/policy/clusters.js';
import { workloadDefaults, type WorkloadRule } from '../core/policy/workload.js';
import { inquiries, looksOf } from '../workload/collect/inquiries.js';
import { insideAs } from './inside.js';
import { systemClock } from './system.js';

let folder: string;
let server: FakeKubelet;
let ca: string;
let kubeconfig: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-main-inside-'));
  const certificate = await controllerCertificate(['localhost']);
  ca = certificate.caCert;
  server = await fakeKubelet({ ...certificate, root: folder });
  kubeconfig = await writeKubeconfig(folder, { url: `https://localhost:${server.port}`, ca });
});

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

function inside() {
  return insideAs({
    environment: readEnvironment({}),
    clock: systemClock,
    followed: () => undefined,
    mayProbe: (address) => address === '127.0.0.1',
  });
}

const rule: WorkloadRule = { match: {}, ...workloadDefaults };
const inquiry = inquiries.find(({ id }) => id === 'zookeeper on Kubernetes');
const looks = inquiry === undefined ? [] : looksOf(inquiry);

describe('units are looked into', () => {
  it('by nobody where the policy names no prober', () => {
    expect(inside().readerFor('prod', rule)).toMatchObject({
      permission: expect.stringContaining('identities.prober'),
    });
  });

  it('through the cluster that the rule names, by its kubeconfig', async () => {
    const through = { ...clusterDefaults, name: 'k8s', kubeconfig };
    const reader = inside().readerFor('prod', { ...rule, through });
    if (!('look' in reader)) throw new Error(reader.reason);
    const [first] = await reader.look({ model: 'prod:admin/data', unit: 'keeper/0' }, looks);
    expect(first).toEqual({
      missing:
        'there is no /etc/zookeeper/zoo.cfg and /etc/zookeeper/zookeeper-dynamic.properties on the unit',
    });
    expect(server.asked[0]?.path).toBe('/api/v1/namespaces/data/pods/keeper-0/exec');
  });

  it('through no cluster whose access cannot be used, and it is said why', async () => {
    const through = { ...clusterDefaults, name: 'k8s', kubeconfig: join(folder, 'none') };
    const reader = inside().readerFor('prod', { ...rule, through });
    if (!('look' in reader)) throw new Error(reader.reason);
    const [first] = await reader.look({ model: 'prod:admin/data', unit: 'keeper/0' }, looks);
    expect(first).toEqual({ missing: expect.stringContaining('none') });
  });
});

describe('etcd is asked for its users', () => {
  const units = (address: string) => {
    const etcd = application({
      charm: { name: 'charmed-etcd' },
      units: { 'etcd/0': unit('etcd/0', { address }) },
    });
    const models = { data: model({ applications: { etcd } }) };
    const app = estate({ controllers: { prod: controller({ models }) } }).controllers['prod']?.models['data']
      ?.applications['etcd'];
    if (app === undefined) throw new Error('no etcd');
    return app;
  };

  it.each([
    ['at addresses that a unit may have only', '169.254.169.254', 'no unit has an address that can be asked'],
    ['and what does not answer is told', '127.0.0.1', 'no unit of etcd told its users: '],
  ])('%s', async (_, address, reason) => {
    const usersOf = inside().usersAs?.({ ca, user: 'audit', password: 'only-for-this-test', port: 1 });
    const fact = await usersOf?.(units(address));
    expect(fact).toMatchObject({ unknown: { reason: expect.stringContaining(reason) } });
    expect(JSON.stringify(fact)).not.toContain('only-for-this-test');
  });
});
