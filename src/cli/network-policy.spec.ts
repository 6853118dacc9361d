import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCli } from '../../test/support/cli.js';
import { onKubernetes } from '../../test/support/cluster.js';
import { application, relate } from '../../test/support/world.js';
import { policiesForEstate } from '../guides/kubernetes/network-policy/for-estate.js';
import type { NetworkPolicyRequest } from './services.js';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-network-policy-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const snapshot = onKubernetes({
  applications: {
    pg: application({ charm: { name: 'postgresql-k8s', track: '14' }, endpoints: ['database'] }),
    web: application({ charm: { name: 'web-k8s' }, endpoints: ['db'] }),
  },
  relations: [relate('web:db', 'pg:database', 'postgresql_client')],
});
const services = {
  networkPolicies: (request: NetworkPolicyRequest) =>
    Promise.resolve().then(() => policiesForEstate(request)),
};

function run(...argv: readonly string[]) {
  return runCli(['network-policy', '--status', '-', ...argv], { snapshot, services });
}

describe('network-policy', () => {
  it('prints the policies, with the client that is related', async () => {
    const { code, out, err } = await run();
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('name: "holdfast-pg"');
    expect(out).toContain('"app.kubernetes.io/name": "web"');
    expect(out).toContain('  egress:\n');
  });

  it('writes them into a file', async () => {
    const file = join(folder, 'policies.yaml');
    const { code, out, err } = await run('--output', file);
    expect([code, out, err]).toEqual([0, '', `wrote ${file}\n`]);
    expect(readFileSync(file, 'utf8')).toContain('kind: NetworkPolicy');
  });

  it('leaves out what leaves the pods when asked to', async () => {
    const { out } = await run('--no-egress');
    expect(out).not.toContain('egress:');
  });

  it('says so when no model is called so', async () => {
    const { code, err } = await run('--model', 'nope');
    expect([code, err]).toEqual([
      1,
      'holdfast: no model on Kubernetes is called nope: look at the names with juju models\n',
    ]);
  });

  it('says so where this build writes none', async () => {
    const { code, err } = await runCli(['network-policy', '--status', '-'], { snapshot });
    expect([code, err]).toEqual([1, 'holdfast: network-policy is not available in this build\n']);
  });

  it('shows examples and fits a terminal', async () => {
    const { code, out } = await runCli(['network-policy', '--help']);
    expect([code, out.includes('Examples:')]).toEqual([0, true]);
    expect(out.split('\n').filter((line) => line.length > 84)).toEqual([]);
  });
});
