/** `holdfast run` as a process: the page for those whom the policy names, and one sentence where that cannot be. */
import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulator, type Simulator } from '../../src/simulator/index.js';
import { writePolicy } from '../support/policy-files.js';
import { holdfast, startRun, until, type RunningDaemon } from '../support/processes.js';
import { etcdModel, rigUsers } from '../support/rig.js';
import { approverToken, viewerToken } from '../support/web.js';

let folder: string;
let simulator: Simulator;
let daemon: RunningDaemon | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-page-run-'));
  const models = [etcdModel('data', 1)];
  const estate = { controllers: [{ name: 'lab', flavour: '4.0', users: rigUsers, models }] } as const;
  simulator = await startSimulator({ estate });
  await writeFile(join(folder, 'anna-token'), `${approverToken}\n`, { mode: 0o600 });
});
afterAll(async () => {
  await daemon?.end('SIGKILL');
  await simulator.close();
  await rm(folder, { recursive: true, force: true });
});

async function policy(web: string): Promise<string> {
  const more = `pace: { poll: 1s, pollIdle: 1s, slowFacts: 1s }\nweb: ${web}\n`;
  return writePolicy(folder, simulator.controller('lab'), { users: ['observer', 'auditor'], more });
}

const web = '{ tokens: [{ name: anna, file: anna-token, role: approver }] }';

describe('the page of a running daemon', () => {
  it('is for those whom the policy names, as of the policy read last', async () => {
    const running = startRun(await policy(web), join(folder, 'state'));
    daemon = running;
    const status = async (path: string, token?: string): Promise<number> => {
      const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
      return (await running.get(path, { headers })).status;
    };
    await until('it is ready', async () => (await status('/readyz')) === 200);
    expect([await status('/api/v1/report'), await status('/api/v1/report', viewerToken)]).toEqual([401, 401]);
    expect(await status('/api/v1/orders', approverToken)).toBe(200);
    await until('etcd is judged', async () => (await status('/places/lab/data/etcd', approverToken)) === 200);

    await writeFile(join(folder, 'anna-token'), `${viewerToken}\n`);
    running.child.kill('SIGHUP');
    await until('the new token counts', async () => (await status('/api/v1/orders', viewerToken)) === 200);
    expect(await status('/api/v1/orders', approverToken)).toBe(401);
    expect(await running.end('SIGTERM')).toBe(0);
    expect(running.log()).not.toMatch(new RegExp(`${approverToken}|${viewerToken}`));
  });

  test.each([
    [
      'nobody is asked who he is',
      '{}',
      ['--listen', '0.0.0.0:0'],
      'name web.tokens or web.oidc in the policy',
    ],
    [
      'tokens would go in clear',
      web,
      ['--listen', '0.0.0.0:0'],
      'name web.tls in the policy, or say web.proxied',
    ],
    ['a file is missing', '{ tokens: [{ name: a, file: gone, role: viewer }] }', [], 'web: tokens[0]: '],
  ])('is not served where %s: exit 1, and why', async (_what, given, more, sentence) => {
    const args = [
      'run',
      '--policy',
      await policy(given),
      '--state-dir',
      join(folder, 'other-state'),
      ...more,
    ];
    const { code, err } = await holdfast(args);
    expect([code, err]).toEqual([1, expect.stringContaining(sentence)]);
    expect(err).not.toContain('    at ');
  });
});
