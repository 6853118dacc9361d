/** A daemon and a command line under loads that nobody sane would lay on them. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from '@jest/globals';
import { startSimulator, type Simulator } from '../../src/simulator/index.js';
import { generateStatus } from '../support/generate-status.js';
import { writePolicy } from '../support/policy-files.js';
import { holdfast, startRun, until, type RunningDaemon } from '../support/processes.js';
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

  /** Milliseconds from a change on the controller to the daemon's telling of it. */
  async function latency(): Promise<number> {
    const { operations } = simulator.controller('lab');
    const told = (isEnd: boolean): number =>
      daemon
        .log()
        .split('\n')
        .filter((line) => line.includes('"JUJU-APP-02"') && line.includes('finding resolved') === isEnd)
        .length;
    const [opened, closed] = [told(false), told(true)];
    const began = performance.now();
    operations.expose('data', 'etcd');
    await until('the change is told', () => told(false) > opened);
    const took = performance.now() - began;
    operations.unexpose('data', 'etcd');
    await until('its end is told', () => told(true) > closed);
    return took;
  }

  it('are answered or turned away, and cost the loop no second', async () => {
    const quiet = [await latency(), await latency()];
    const paths = ['/', '/findings', '/models', '/report.json', '/api/v1/findings'];
    const answers = new Map<number | string, number>();
    const count = (what: number | string): unknown => answers.set(what, (answers.get(what) ?? 0) + 1);
    const load = Promise.all(
      Array.from({ length: 1000 }, async (_, n) => {
        const answer = await daemon.get(paths[n % paths.length] ?? '/').catch(() => undefined);
        await answer?.arrayBuffer().catch(() => undefined);
        count(answer?.status ?? 'cut off');
      }),
    );
    const loaded = [await latency()];
    await load;
    loaded.push(await latency());
    expect(answers.get(200) ?? 0).toBeGreaterThan(0);
    expect([...answers.keys()].filter((status) => ![200, 429, 503, 'cut off'].includes(status))).toEqual([]);
    expect([...answers.values()].reduce((sum, one) => sum + one, 0)).toBe(1000);
    // The poll is a second; the thousand pages together take several of them.
    expect(Math.max(...loaded)).toBeLessThan(Math.max(...quiet) + 2500);
    expect((await daemon.get('/healthz')).status).toBe(200);
  }, 60_000);
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

  async function policyWith(more: object): Promise<string> {
    const file = join(folder, 'holdfast.yaml');
    await writeFile(file, JSON.stringify({ kind: 'Policy', version: 'v1', ...more }));
    return file;
  }

  async function timed<T>(work: Promise<T>): Promise<readonly [T, number]> {
    const began = performance.now();
    return [await work, (performance.now() - began) / 1000];
  }

  it('with 1,000 waivers is applied in seconds, each of them counted', async () => {
    const status = join(folder, 'status.json');
    await writeFile(status, generateStatus({ applications: 100 }));
    const policy = await policyWith({ waivers: waivers(1000) });
    const argv = ['audit', '--status', status, '--policy', policy, '--format', 'json'];
    const [{ out, err }, seconds] = await timed(holdfast(argv, { HOME: folder, ...little }));
    expect([err, JSON.parse(out)]).toEqual(['', expect.objectContaining({ kind: 'Report' })]);
    expect(seconds).toBeLessThan(15);
  }, 60_000);

  it('of 10 MB as JSON is read within 256 MiB of heap', async () => {
    const policy = await policyWith({ waivers: waivers(1000, 'x'.repeat(10_000)) });
    const [{ code, err }, seconds] = await timed(
      holdfast(['policy', 'check', policy], { HOME: folder, ...little }),
    );
    expect([code, err]).toEqual([expect.any(Number), expect.not.stringMatching(/heap|unexpected/)]);
    expect(seconds).toBeLessThan(15);
  }, 60_000);

  test.each([
    ['10 MB of YAML', 10, 'is not JSON, and larger than the 8 MiB that are read of anything else'],
    ['65 MB of anything', 65, 'is larger than 64 MiB: is it the right file?'],
  ])('of %s is refused at once, with what to do', async (_what, megabytes, sentence) => {
    const file = join(folder, 'holdfast.yaml');
    const line = `# ${'x'.repeat(97)}\n`;
    await writeFile(file, `kind: Policy\nversion: v1\n${line.repeat(megabytes * 10_000 * 1.05)}`);
    const [{ code, err }, seconds] = await timed(
      holdfast(['policy', 'check', file], { HOME: folder, ...little }),
    );
    expect([code, err]).toEqual([1, expect.stringContaining(sentence)]);
    expect(err.split('\n')).toHaveLength(2);
    expect(seconds).toBeLessThan(10);
  });
});
