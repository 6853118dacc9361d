/** The deployment without a charm: what Holdfast itself makes of the files that it would find in its container. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseListen } from '../../src/config/environment.js';
import { loadPolicy } from '../../src/config/policy/load.js';
import { refuseExposure } from '../../src/report/web/access/exposure.js';
import { webDefaults } from '../../src/core/policy/web.js';
import { authority } from '../e2e/lab/pki.js';
import { manifests } from '../support/rbac.js';

interface PodSpec {
  readonly serviceAccountName: string;
  readonly securityContext: Readonly<Record<string, unknown>>;
  readonly containers: readonly {
    readonly args: readonly string[];
    readonly env: readonly { readonly name: string; readonly value: string }[];
    readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
    readonly volumeMounts: readonly {
      readonly name: string;
      readonly mountPath: string;
      readonly readOnly?: boolean;
    }[];
    readonly securityContext: Readonly<Record<string, unknown>>;
  }[];
  readonly volumes: readonly {
    readonly name: string;
    readonly projected?: {
      readonly defaultMode: number;
      readonly sources: readonly {
        readonly configMap?: object;
        readonly secret?: { readonly items: readonly { readonly key: string; readonly path: string }[] };
      }[];
    };
  }[];
}

const objects = manifests('daemon/holdfast.yaml');
const of = (kind: string): unknown => objects.find((object) => object.kind === kind);
const pod = (of('Deployment') as { spec: { template: { spec: PodSpec } } }).spec.template.spec;
const [container] = pod.containers;
const { data } = of('ConfigMap') as { readonly data: Readonly<Record<string, string>> };
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-pod-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Lays the files out as the volume would. */
async function mounted(): Promise<string> {
  const ca = await authority('any');
  const leaf = await ca.issue('CN=holdfast');
  const secrets: Readonly<Record<string, string>> = {
    'prod-observer.yaml': 'username: observer\npassword: x\n',
    'operator-token': 'a'.repeat(64),
    'tls.crt': leaf.cert,
    'tls.key': leaf.key,
  };
  const write = (path: string, content: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content, { mode: 0o600 });
  };
  for (const [name, content] of Object.entries(data)) write(name, content === '' ? ca.cert : content);
  for (const { projected } of pod.volumes)
    for (const { secret } of projected?.sources ?? [])
      for (const { key, path } of secret?.items ?? []) write(path, secrets[key]!);
  return join(folder, 'holdfast.yaml');
}

describe('the plain deployment', () => {
  it('has a policy that Holdfast accepts, with every file that it names', async () => {
    const { policy } = loadPolicy(await mounted(), { credentials: 'required' });
    expect(policy.controllers.map(({ name }) => name)).toEqual(['prod']);
    const listen = container!.env.find(({ name }) => name === 'HOLDFAST_LISTEN')!.value;
    const place = parseListen(listen, 'HOLDFAST_LISTEN');
    expect(place.port).toBe(container!.ports[0]!.containerPort);
    expect(() => {
      refuseExposure(place, policy.web ?? webDefaults);
    }).not.toThrow();
  });

  it('starts the daemon with the policy where it is mounted, and can write its state and nothing else', () => {
    expect(container!.args).toEqual(['run', '--policy', '/etc/holdfast/holdfast.yaml']);
    expect(container!.volumeMounts).toEqual([
      { name: 'policy', mountPath: '/etc/holdfast', readOnly: true },
      { name: 'state', mountPath: '/var/lib/holdfast' },
      { name: 'tmp', mountPath: '/tmp' },
    ]);
    expect(container!.securityContext).toMatchObject({ readOnlyRootFilesystem: true });
  });

  it('runs as the user of the image, to whose group alone secrets are shown', () => {
    expect(pod.securityContext).toMatchObject({ runAsUser: 584_792, runAsGroup: 584_792, fsGroup: 584_792 });
    const modes = pod.volumes.flatMap(({ projected }) => projected?.defaultMode ?? []);
    expect(modes).toEqual([0o440]);
  });

  it('is who the roles of both profiles are bound to', () => {
    for (const profile of ['namespaced/holdfast.yaml', 'cluster-read/holdfast.yaml']) {
      const account = manifests(profile).find(({ kind }) => kind === 'ServiceAccount')!;
      expect(account.metadata).toMatchObject({ name: pod.serviceAccountName, namespace: 'holdfast' });
    }
  });
});
