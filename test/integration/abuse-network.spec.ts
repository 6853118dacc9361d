/** The daemon as a process when the network under it misbehaves: names that are gone, new certificates, IPv6 alone. */
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Report } from '../../src/core/report/types.js';
import { startSimulator, type Simulator } from '../../src/simulator/index.js';
import { writePolicy } from '../support/policy-files.js';
import { startRun, until, type RunningDaemon } from '../support/processes.js';
import { rigUsers } from '../support/rig.js';
import { tlsFront, type FrontOptions, type TlsFront } from '../support/tls-front.js';

const named = new URL('../support/named-hosts.js', import.meta.url).href;
let folder: string;
let simulator: Simulator;
let front: TlsFront;
let daemon: RunningDaemon | undefined;
let isOpen: boolean;

beforeEach(async () => {
  isOpen = false;
  folder = await mkdtemp(join(tmpdir(), 'holdfast-network-'));
  const models = [{ name: 'data', users: { observer: 'read' } as const, applications: [{ name: 'ubuntu' }] }];
  simulator = await startSimulator({
    estate: { controllers: [{ name: 'lab', flavour: '4.0', users: rigUsers, models }] },
  });
});
afterEach(async () => {
  await daemon?.end('SIGKILL');
  await front.close();
  await simulator.close();
  await rm(folder, { recursive: true, force: true });
});

const quick = 'pace: { poll: 1s, pollIdle: 1s, slowFacts: 1s, maxAge: 3s, callDeadline: 2s }\n';

async function policyBehind(options: Partial<FrontOptions>): Promise<string> {
  front = await tlsFront({ simulator, controller: 'lab', ...options });
  const { addresses, caCert, ...rest } = simulator.controller('lab');
  expect(caCert).not.toBe(front.ca());
  const shown = { ...rest, addresses, caCert: front.ca() };
  return writePolicy(folder, shown, { users: ['observer', 'auditor'], more: quick });
}

interface Ready {
  readonly isReady: boolean;
  readonly text: string;
}

async function ready(): Promise<Ready> {
  const answer = await daemon?.get('/readyz');
  return { isReady: answer?.status === 200, text: (await answer?.text()) ?? '' };
}

function untilReady(): Promise<void> {
  return until('it is ready', async () => (await ready()).isReady);
}

function untilSaid(sentence: RegExp): Promise<void> {
  return until(`it says ${String(sentence)}`, async () => {
    const { isReady, text } = await ready();
    return !isReady && sentence.test(`${text}\n${daemon?.log() ?? ''}`);
  });
}

async function outcomeOf(control: string): Promise<string | undefined> {
  const report = await daemon?.json<Report>('/report.json');
  return report?.findings.find((finding) => finding.control === control)?.outcome;
}

/** Opens the application, or closes it again, which has to be found. */
async function untilFollows(): Promise<void> {
  const { operations } = simulator.controller('lab');
  isOpen = !isOpen;
  if (isOpen) operations.expose('data', 'ubuntu');
  else operations.unexpose('data', 'ubuntu');
  const now = isOpen;
  await until('the change is found', async () => ((await outcomeOf('JUJU-APP-02')) === 'fail') === now);
}

describe('a controller that is reached by its name', () => {
  it('is told to be away while the name cannot be looked up, and followed again once it can', async () => {
    const hosts = join(folder, 'hosts');
    const there = 'juju.example.com 127.0.0.1\n';
    await writeFile(hosts, '');
    const policy = await policyBehind({ name: 'juju.example.com' });
    const variables = { HOME: folder, HOSTS: hosts, NODE_OPTIONS: `--import=${named}` };
    daemon = startRun(policy, join(folder, 'state'), variables);
    await untilSaid(
      /controller lab is not connected.*juju\.example\.com\S*: its name cannot be looked up just now/s,
    );
    await writeFile(hosts, there);
    await untilReady();

    await writeFile(hosts, '');
    await untilFollows();
    front.drop();
    await untilSaid(/controller lab is not connected|not been read lately/);
    await until('it is unknown', async () => (await outcomeOf('JUJU-APP-02')) === 'unknown');
    await writeFile(hosts, there);
    await untilReady();
    await untilFollows();
    expect(await daemon.end('SIGTERM')).toBe(0);
  });
});

describe('a controller whose certificate is replaced', () => {
  it('is followed on, by the same CA at once and by a new one as soon as its file is replaced', async () => {
    const policy = await policyBehind({});
    daemon = startRun(policy, join(folder, 'state'), { HOME: folder });
    await untilReady();

    await front.renew();
    await untilFollows();
    front.drop();
    await untilReady();
    await untilFollows();

    await front.replaceCa();
    front.drop();
    await untilSaid(/not signed by the CA that we trust/);
    await writeFile(join(folder, 'ca.pem'), 'half of it');
    await untilSaid(/not signed by the CA that we trust/);
    await writeFile(join(folder, 'new.pem'), front.ca());
    await rename(join(folder, 'new.pem'), join(folder, 'ca.pem'));
    await untilReady();
    await untilFollows();
    expect(await daemon.end('SIGTERM')).toBe(0);
  });
});

describe('a machine that speaks IPv6 alone', () => {
  it('follows its controller and serves its page', async () => {
    const policy = await policyBehind({ host: '::1' });
    expect(simulator.controller('lab').addresses).toEqual([`[::1]:${front.port}`]);
    daemon = startRun(policy, join(folder, 'state'), { HOME: folder }, { listen: '[::1]:0' });
    await untilReady();
    await untilFollows();
    expect(daemon.log()).toMatch(/"address":"\[::1\]:\d+"/);
    expect(await daemon.end('SIGTERM')).toBe(0);
  });
});
