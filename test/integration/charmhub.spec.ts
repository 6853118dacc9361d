/** Charmhub asked through a real process of `juju`, by a daemon and by the built program. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { charmhubDefaults } from '../../src/core/policy/charmhub.js';
import type { Report, ReportFinding } from '../../src/core/report/types.js';
import { installJuju } from '../../src/simulator/install-juju.js';
import { startSimulator, type Simulator } from '../../src/simulator/index.js';
import { builtJuju, etcdModel, rigUsers, startRig, type Rig } from '../support/rig.js';
import { writePolicy } from '../support/policy-files.js';

const launcher = fileURLToPath(new URL('../../bin/holdfast', import.meta.url));
const estate = {
  controllers: [{ name: 'lab', flavour: '3.6', users: [...rigUsers], models: [etcdModel('data', 1)] }],
} as const;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-charmhub-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A store in which etcd's channel has held a newer revision for long. */
function otherStore(): string {
  const file = join(folder, 'store.json');
  const bases = [{ name: 'ubuntu', channel: '24.04' }];
  const newer = { revision: 5000, 'released-at': '2026-01-01T00:00:00Z', architectures: ['amd64'], bases };
  const info = { name: 'charmed-etcd', publisher: 'Somebody', channels: { '3.6': { stable: [newer] } } };
  writeFileSync(file, JSON.stringify({ 'charmed-etcd': info }));
  return pathToFileURL(file).href;
}

function says(findings: readonly ReportFinding[], control: string): string | undefined {
  const found = findings.find(
    (finding) => finding.control === control && finding.target.application === 'etcd',
  );
  return found === undefined ? undefined : `${found.outcome} ${found.reason}`;
}

describe('a daemon', () => {
  async function judged(jujuVariables: Readonly<Record<string, string>>, wanted: string): Promise<void> {
    const rig: Rig = await startRig({ estate, rules: [], charmhub: charmhubDefaults, jujuVariables });
    try {
      await rig.until(
        `etcd's charm is judged: ${wanted}`,
        () => wanted === says(rig.daemon.report().findings, 'ETCD-UPG-01'),
      );
    } finally {
      await rig.close();
    }
  }

  it('sees that the charm is current', async () => {
    await judged({}, 'pass AsRequired');
  });

  it('sees that it is behind, with the address of another Charmhub', async () => {
    await judged({ CHARMHUB_URL: otherStore() }, 'fail CharmBehindTooLong');
  });

  it('says why where no Charmhub answers', async () => {
    await judged({ CHARMHUB_URL: 'file:///nowhere/store.json' }, 'unknown CharmhubNotReached');
  });
});

describe('an audit', () => {
  let simulator: Simulator;
  let variables: NodeJS.ProcessEnv;

  beforeAll(async () => {
    simulator = await startSimulator({ estate });
    const { juju3, juju4 } = await installJuju(join(folder, 'bin'), { entry: builtJuju });
    variables = {
      PATH: process.env['PATH'],
      HOME: folder,
      XDG_CACHE_HOME: join(folder, 'cache'),
      HOLDFAST_JUJU_3: juju3,
      HOLDFAST_JUJU_4: juju4,
    };
  });
  afterAll(() => simulator.close());

  async function audit(
    env: NodeJS.ProcessEnv,
    ...args: readonly string[]
  ): Promise<{ readonly out: string; readonly err: string }> {
    const child = spawn(launcher, args, { env });
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk) => (out += String(chunk)));
    child.stderr.on('data', (chunk) => (err += String(chunk)));
    await new Promise((resolve) => child.on('close', resolve));
    return { out, err };
  }

  const live = { users: ['observer', 'auditor'], more: 'charmhub: { mode: live }\n' };

  it('asks once, keeps the answer, and hands it on in a recording and a snapshot', async () => {
    const policy = await writePolicy(folder, simulator.controller('lab'), live);
    const raw = join(folder, 'raw');
    const saved = join(folder, 'snapshot.json');
    const made = await audit(variables, 'snapshot', '--policy', policy, '--raw', raw, '--output', saved);
    expect(made.err).toContain('wrote');
    expect(readdirSync(join(folder, 'cache/holdfast/charmhub')).sort()).toContain('charmed-etcd.json');
    const roads = [
      ['--policy', policy],
      ['--recording', raw],
      ['--snapshot', saved],
    ];
    for (const road of roads) {
      const { out } = await audit(variables, 'audit', ...road, '--format', 'json');
      const { findings } = JSON.parse(out) as Report;
      expect([road[0], says(findings, 'ETCD-UPG-01')]).toEqual([road[0], 'pass AsRequired']);
      expect([road[0], says(findings, 'JUJU-APP-07')]).toEqual([road[0], 'pass AsRequired']);
    }
  });

  it('asks as the person who is logged in', async () => {
    const { uuid, addresses, caCert, credentials } = simulator.controller('lab');
    const home = join(folder, 'juju-data');
    mkdirSync(home);
    const controllers = { lab: { uuid, 'api-endpoints': addresses, 'ca-cert': caCert, cloud: 'lab' } };
    const put = (name: string, content: object) => {
      writeFileSync(join(home, name), JSON.stringify(content));
    };
    put('controllers.yaml', { controllers, 'current-controller': 'lab' });
    put('accounts.yaml', {
      controllers: { lab: { user: 'auditor', password: credentials['auditor']?.password } },
    });
    const policy = join(folder, 'live.yaml');
    writeFileSync(policy, `kind: Policy\nversion: v1\n${live.more}`);
    const own = {
      ...variables,
      XDG_CACHE_HOME: join(folder, 'other-cache'),
      JUJU_DATA: home,
      PATH: `${join(folder, 'bin')}:${variables['PATH'] ?? ''}`,
    };
    const { out, err } = await audit(own, 'audit', '--juju', '--policy', policy, '--format', 'json');
    expect(err).toBe('');
    const { findings } = JSON.parse(out) as Report;
    expect(says(findings, 'ETCD-UPG-01')).toBe('pass AsRequired');
  });

  it('asks nobody where the policy does not say so', async () => {
    const policy = await writePolicy(folder, simulator.controller('lab'), { users: live.users });
    const { out } = await audit(variables, 'audit', '--policy', policy, '--format', 'json');
    const { findings } = JSON.parse(out) as Report;
    expect(says(findings, 'JUJU-APP-07')).toBe('unknown PublisherNotSeen');
    expect(says(findings, 'ETCD-UPG-01')).toBe('unknown NothingOffered');
  });

  it('fetches data for a machine without a way to Charmhub, which pass there', async () => {
    const file = join(folder, 'charmhub.json');
    const { err } = await audit(variables, 'data', 'fetch', 'charmed-etcd', '--output', file);
    expect(err).toContain('wrote');
    const policy = await writePolicy(folder, simulator.controller('lab'), { users: live.users });
    const { out } = await audit(variables, 'audit', '--policy', policy, '--data', file, '--format', 'json');
    const { findings } = JSON.parse(out) as Report;
    expect(says(findings, 'ETCD-UPG-01')).toBe('pass AsRequired');
    expect(says(findings, 'JUJU-APP-07')).toBe('pass AsRequired');
    const none = await audit(variables, 'data', 'fetch', 'no-such-charm');
    expect([none.out, none.err]).toEqual(['', expect.stringContaining('knows no charm no-such-charm')]);
  });

  it('keeps no more than what was said of the charm', () => {
    const kept = readFileSync(join(folder, 'cache/holdfast/charmhub/charmed-etcd.json'), 'utf8');
    expect(JSON.parse(kept)).toMatchObject({
      kind: 'CharmListing',
      fact: { value: { publisher: 'Canonical' } },
    });
  });
});
