/** A daemon and a command line under loads that nobody sane would lay on them. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from '@jest/globals';
import type { Report } from '../../src/core/report/types.js';
import { startSimulator, type Simulator } from '../../src/simulator/index.js';
import { generateStatus } from '../support/generate-status.js';
import { writePolicy } from '../support/policy-files.js';
import { holdfast, startRun, until, type RunningDaemon, type Said } from '../support/processes.js';
import { etcdModel, rigUsers } from '../support/rig.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-load-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a thousand requests at once', () => {
  let simulator: Simulator;
  let daemon: RunningDaemon;

  beforeEach(async () => {
    const models = [etcdModel('data'), etcdModel('more')];
    const cloud = { name: 'stack', type: 'openstack' } as const;
    const controllers = [{ name: 'lab', flavour: '4.0', cloud, users: rigUsers, models }] as const;
    simulator = await startSimulator({ estate: { controllers } });
    const more = 'pace: { poll: 1s, pollIdle: 1s, slowFacts: 60s }\n';
    const file = await writePolicy(folder, simulator.controller('lab'), {
      users: ['observer', 'auditor'],
      more,
    });
    daemon = startRun(file, join(folder, 'state'), { HOME: folder });
    await until('it is ready', async () => (await daemon.get('/readyz')).status === 200);
  });
  afterEach(async () => {
    await daemon.end('SIGKILL');
    await simulator.close();
  });

  /** Makes a change on the controller, takes it back, and waits until the daemon has told of both. */
  async function untilFollowed(): Promise<void> {
    const { operations } = simulator.controller('lab');
    const told = (isEnd: boolean): number =>
      daemon
        .log()
        .split('\n')
        .filter((line) => line.includes('"JUJU-APP-02"') && line.includes('finding resolved') === isEnd)
        .length;
    const [opened, closed] = [told(false), told(true)];
    operations.expose('data', 'etcd');
    await until('the change is told', () => told(false) > opened);
    operations.unexpose('data', 'etcd');
    await until('its end is told', () => told(true) > closed);
  }

  it('are answered or turned away, and do not keep the daemon from its work', async () => {
    const paths = ['/', '/findings', '/models', '/report.json', '/api/v1/findings'];
    const answers: (number | string)[] = [];
    let isFollowed = false;
    // A hundred ask again once they were answered: there is a crowd for as long as the daemon works.
    const ask = async (n: number): Promise<void> => {
      do {
        const answer = await daemon.get(paths[n % paths.length] ?? '/').catch(() => undefined);
        await answer?.arrayBuffer().catch(() => undefined);
        answers.push(answer?.status ?? 'cut off');
      } while (!isFollowed && n < 100);
    };
    const crowd = Promise.all(Array.from({ length: 1000 }, (_, n) => ask(n)));
    await untilFollowed();
    isFollowed = true;
    await crowd;
    expect(answers.length).toBeGreaterThanOrEqual(1000);
    expect(answers).toContain(200);
    expect(answers.filter((status) => ![200, 429, 503, 'cut off'].includes(status))).toEqual([]);
    expect((await daemon.get('/healthz')).status).toBe(200);
  });
});

describe('a policy of a size that nobody can read', () => {
  /** What the process may take of memory, MiB. */
  const little = { NODE_OPTIONS: '--max-old-space-size=256' };

  function waivers(count: number, reason = 'because'): object[] {
    return Array.from({ length: count }, (_, n) => ({
      id: `w${n}`,
      kind: 'waived',
      match: { model: 'fleet', application: `app${n}*`, control: 'JUJU-*' },
      reason,
      owner: 'anna',
      expires: '2999-01-01T00:00:00Z',
    }));
  }

  async function written(name: string, text: string): Promise<string> {
    const file = join(folder, name);
    await writeFile(file, text);
    return file;
  }

  function policyWith(name: string, waived: readonly object[]): Promise<string> {
    return written(name, JSON.stringify({ kind: 'Policy', version: 'v1', waivers: waived }));
  }

  interface Compared extends Said {
    /** How many times as long it took as with a small policy. */
    readonly times: number;
  }

  /** What the command says of the policy. */
  async function compared(argv: readonly string[], policy: string): Promise<Compared> {
    const small = await policyWith('small.yaml', waivers(1));
    const took: number[] = [];
    const take = async (file: string): Promise<Said> => {
      const began = performance.now();
      const said = await holdfast([...argv, file], { HOME: folder, ...little });
      took.push(performance.now() - began);
      return said;
    };
    await take(small);
    const said = await take(policy);
    const [usual = 0, now = 0] = took;
    return { ...said, times: now / usual };
  }

  /** With room for a busy machine; what takes the square of the time is far beyond. */
  const most = 20;

  it('with 1,000 waivers is applied, each of them counted', async () => {
    const status = await written('status.json', generateStatus({ applications: 100 }));
    const policy = await policyWith('holdfast.yaml', waivers(1000));
    const argv = ['audit', '--status', status, '--format', 'json', '--policy'];
    const { out, err, times } = await compared(argv, policy);
    const report = JSON.parse(out) as Report;
    expect([err, report.kind, report.waivers?.length]).toEqual(['', 'Report', 1000]);
    expect(times).toBeLessThan(most);
  });

  it('of 10 MB as JSON is read within 256 MiB of heap', async () => {
    const policy = await policyWith('holdfast.yaml', waivers(1000, 'x'.repeat(10_000)));
    const { code, err, times } = await compared(['policy', 'check'], policy);
    expect([code, err]).toEqual([expect.any(Number), expect.not.stringMatching(/heap|unexpected/)]);
    expect(times).toBeLessThan(most);
  });

  test.each([
    ['10 MB of YAML', 10, 'is not JSON, and larger than the 8 MiB that are read of anything else'],
    ['65 MB of anything', 65, 'is larger than 64 MiB: is it the right file?'],
  ])(
    'of %s is refused at once, with what to do',
    async (_what, megabytes, sentence) => {
      const line = `# ${'x'.repeat(97)}\n`;
      const text = `kind: Policy\nversion: v1\n${line.repeat(megabytes * 10_000 * 1.05)}`;
      const { code, err, times } = await compared(['policy', 'check'], await written('holdfast.yaml', text));
      expect([code, err]).toEqual([1, expect.stringContaining(sentence)]);
      expect(err.split('\n')).toHaveLength(2);
      expect(times).toBeLessThan(most);
    },
    60_000,
  );
});
