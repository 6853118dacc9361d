import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { isKnown, valueOf } from '../../src/core/fact.js';
import type { Log } from '../../src/core/ports/index.js';
import type { KubeSource } from '../../src/core/ports/kube.js';
import type { ClusterAccess } from '../../src/kube/access/cluster-access.js';
import { followCluster, type FollowClusterOptions } from '../../src/kube/observe/follow-cluster.js';
import { realClock } from '../support/real-clock.js';
import { silentLog } from '../support/silent.js';
import { Lab } from './lab/lab.js';
import { allowInData, grantObserver, newToken, observersRules, revokeTokens } from './lab/rights.js';
import { writeTable, type Row } from './lab/table.js';
import { Wire } from './lab/wire.js';
import { Witness } from './lab/witness.js';
import { Writer } from './lab/writer.js';

jest.setTimeout(180_000);

let lab: Lab;
let wire: Wire;
let folder: string;
let writer: Writer;
let source: KubeSource;
let witness: Witness;
let troubles: string[];
const rows: Row[] = [];

beforeAll(async () => {
  lab = await Lab.start();
  wire = await Wire.to(lab.port);
  folder = await mkdtemp(join(tmpdir(), 'holdfast-e2e-'));
  writer = new Writer(() => lab.admin);
  await grantObserver(lab.admin);
  await writer.rounds(10);
});

afterAll(async () => {
  writeTable(rows);
  await wire.close();
  await lab.close();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  await writeFile(file('token').file, await newToken(lab.admin));
  await writeFile(file('ca.crt').file, lab.servingCa);
});

afterEach(() => source.close());

function file(name: string): { readonly file: string } {
  return { file: join(folder, name) };
}

function accessWith(credential: Pick<ClusterAccess, 'token' | 'clientCertificate'>): ClusterAccess {
  return { name: 'lab', server: new URL(wire.url), ca: file('ca.crt'), ...credential };
}

async function renewCertificate(seconds: number): Promise<void> {
  const { cert, key } = await lab.observersCertificate(seconds);
  await writeFile(file('client.crt').file, cert);
  await writeFile(file('client.key').file, key);
}

/** Follows the namespace `data` as its observer, through the wire, until all is known. */
async function observe(
  settings: FollowClusterOptions['settings'] = {},
  options: Partial<FollowClusterOptions> = {},
): Promise<void> {
  troubles = [];
  const log: Log = {
    ...silentLog,
    warn: (fields) => troubles.push(String((fields as { trouble?: unknown }).trouble)),
    child: () => log,
  };
  source = followCluster({
    access: accessWith({ token: file('token') }),
    namespaces: ['data'],
    version: '0.0.0',
    clock: realClock(),
    random: { next: () => Math.random() },
    log,
    ...options,
    settings: { pageSize: 5, ...settings },
  });
  witness = new Witness(source);
  source.start();
  await until('all is known', () => source.health().connected);
  await until('the witness is up to date', async () => (await witness.missed(lab.admin)).length === 0);
}

async function until(what: string, holds: () => boolean | Promise<boolean>, seconds = 60): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await holds())) {
    if (Date.now() > end)
      throw new Error(
        `waited in vain until ${what}: ${JSON.stringify(source.health())} ${troubles.join('; ')}`,
      );
    await sleep(20);
  }
}

const listsRead = (): number => source.health().watches.reduce((sum, { lists }) => sum + lists, 0);

/** `act` makes the trouble and changes, and answers with the moment from which the recovery counts. */
async function recovers(trouble: string, since: string, act: () => Promise<number>): Promise<void> {
  const before = { changes: writer.changes, lists: listsRead() };
  const from = await act();
  const changes = writer.changes - before.changes;
  await until(
    `recovered from: ${trouble}`,
    async () => source.health().connected && (await witness.missed(lab.admin)).length === 0,
  ).catch(async (error: unknown) => {
    throw new Error(`missed: ${(await witness.missed(lab.admin)).join(', ')}`, { cause: error });
  });
  const seconds = (Date.now() - from) / 1000;
  // What came while it recovered must be there for good, and what comes now must be seen too.
  await writer.rounds(5);
  await until('later changes are seen', async () => (await witness.missed(lab.admin)).length === 0, 5);
  const missed = await witness.missed(lab.admin);
  rows.push({ trouble, seconds, since, changes, missed: missed.length, relists: listsRead() - before.lists });
  expect(missed).toEqual([]);
}

describe('a real API server', () => {
  it('is read with no more rights than listing and watching, page by page', async () => {
    await observe();
    await until('the version', () => isKnown(source.current().version));
    const { version, apiGroups, namespaces, clusterRoles } = source.current();
    expect(valueOf(version)?.gitVersion).toMatch(/^v1\.\d+\.\d+/);
    expect(valueOf(apiGroups)).toContain('networking.k8s.io');
    expect(Object.keys(valueOf(clusterRoles) ?? {})).toContain('cluster-admin');
    const data = namespaces['data'];
    expect(data && valueOf(data.namespace)?.labels).toEqual({ 'kubernetes.io/metadata.name': 'data' });
    expect(data && valueOf(data.roles)?.['observer']?.rules).toHaveLength(observersRules.length);
    expect(troubles).toEqual([]);
  });

  it('tells what is not allowed by its permission, and a grant ends it', async () => {
    await allowInData(lab.admin, observersRules.slice(0, -1));
    await observe({ refusedRetryMs: 1000 });
    const roles = () => source.current().namespaces['data']?.roles ?? source.current().version;
    expect(roles()).toMatchObject({
      unknown: { permission: 'list and watch roles.rbac.authorization.k8s.io in namespace data' },
    });
    expect(isKnown(source.current().nodes)).toBe(true);
    await allowInData(lab.admin, observersRules);
    await until('the grant is seen', () => 'value' in roles(), 10);
  });

  it('answers access reviews about oneself, and refuses those about others by their permission', async () => {
    const checks = [
      { verb: 'list', group: '', resource: 'pods', namespace: 'data' },
      { verb: 'list', group: '', resource: 'secrets', namespace: 'data' },
    ];
    await observe({}, { juju: { subject: { user: 'juju', groups: [] }, checks } });
    const answers = await source.review('self', checks);
    expect(answers.map(({ allowed }) => allowed)).toEqual([true, false]);
    await until('the refusal', () => 'permission' in (gapOf(source) ?? {}));
    expect(gapOf(source)?.permission).toBe('create subjectaccessreviews.authorization.k8s.io');
  });
});

function gapOf(of: KubeSource): { readonly permission?: string } | undefined {
  const fact = of.current().jujuAccess;
  return 'unknown' in fact ? fact.unknown : undefined;
}

describe('nothing is missed, and following goes on, when', () => {
  it('connections are dropped again and again', async () => {
    await observe();
    await recovers('connections dropped 5 times', 'the last drop', async () => {
      for (let drop = 0; drop < 5; drop += 1) {
        await writer.rounds(10);
        wire.cut();
        await writer.rounds(5);
      }
      wire.cut();
      return Date.now();
    });
  });

  it('a watch falls silent on a connection that stays open', async () => {
    await observe({ silenceMs: 5000 });
    await recovers('watch silenced (limit 5 s, not 300)', 'the silence', async () => {
      const from = Date.now();
      wire.freeze();
      await writer.rounds(20);
      return from;
    });
    expect(source.health().watches.some(({ silences }) => silences > 0)).toBe(true);
  });

  it('the API server is killed and comes back', async () => {
    await observe();
    await recovers('API server killed, restarted', 'ready again', async () => {
      await writer.rounds(10);
      await lab.endApi('SIGKILL');
      await lab.startApi();
      const from = Date.now();
      await writer.rounds(10);
      return from;
    });
  });

  it('the API server is restarted in order, with a certificate of a new CA', async () => {
    await observe();
    await recovers('API server restarted, new CA', 'new CA in its file', async () => {
      await lab.endApi('SIGTERM');
      await lab.renewServing();
      await lab.startApi();
      await writer.rounds(10);
      await until('the old CA does not fit', () =>
        troubles.some((trouble) => /certificate|SIGNATURE/i.test(trouble)),
      );
      await writeFile(file('ca.crt').file, lab.servingCa);
      return Date.now();
    });
  });

  it('the token is revoked and renewed', async () => {
    await observe({ watchSeconds: 2 });
    await recovers('token revoked, renewed', 'new token in its file', async () => {
      await revokeTokens(lab.admin);
      await until('the token is refused', () => troubles.includes('Unauthorized'));
      await writer.rounds(10);
      await writeFile(file('token').file, await newToken(lab.admin));
      return Date.now();
    });
  });

  it('the client certificate expires and is renewed', async () => {
    await renewCertificate(6);
    const clientCertificate = { certificate: file('client.crt'), key: file('client.key') };
    await observe({ watchSeconds: 2 }, { access: accessWith({ clientCertificate }) });
    await recovers('client certificate expired, renewed', 'new one in its file', async () => {
      await until('it is refused', () => troubles.includes('Unauthorized'));
      await writer.rounds(10);
      await renewCertificate(3600);
      return Date.now();
    });
  });

  it('etcd forgets what it has not told yet, and no watch cache remembers it', async () => {
    await lab.endApi('SIGTERM');
    await lab.startApi(['--watch-cache=false']);
    await observe();
    await recovers('410 (compacted, no watch cache)', 'connections work again', async () => {
      wire.refuse(true);
      wire.cut();
      await writer.rounds(10);
      await lab.compact();
      wire.refuse(false);
      return Date.now();
    });
    expect(troubles.join('\n')).toMatch(/resource ?version.* too old|compacted/i);
  });
});
