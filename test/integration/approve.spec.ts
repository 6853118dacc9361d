/** The program as persons use it: a daemon that asks, commands beside it that answer, and days on which things break. */
import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { AuditRecord, Remediation } from '../../src/core/ports/index.js';
import { systemClock } from '../../src/main/system.js';
import type { Report } from '../../src/core/report/types.js';
import { startSimulator, type EstateSpec, type Simulator } from '../../src/simulator/index.js';
import { writePolicy } from '../support/policy-files.js';
import {
  holdfast,
  notedJuju,
  startRun,
  until,
  type NotedJuju,
  type RunningDaemon,
  type Said,
} from '../support/processes.js';
import { rigUsers } from '../support/rig.js';
import { smallDisk } from '../support/small-disk.js';

type ModelSpec = EstateSpec['controllers'][number]['models'][number];

/** A model with an application that is open to the world, which the policy does not allow. */
function opened(name: string): ModelSpec {
  return {
    name,
    users: { observer: 'read', remediator: 'admin' },
    config: { 'logging-config': '<root>=INFO' },
    applications: [{ name: 'ubuntu', exposed: { '': ['10.0.0.0/8'] } }],
  };
}

const names = ['approved', 'denied', 'paused', 'cleared', 'killed', 'stopped'];
const estate: EstateSpec = {
  controllers: [
    {
      name: 'lab',
      flavour: '4.0',
      cloud: { name: 'stack', type: 'openstack' },
      users: rigUsers,
      models: [...names.map(opened), { ...opened('calm'), applications: [{ name: 'ubuntu' }] }],
    },
  ],
};

const pace = 'pace: { poll: 1s, pollIdle: 1s, slowFacts: 1s, probe: 2s, quiet: 2s, retryFirst: 1s }\n';
const asking = `${pace}rules:
  - { match: { control: JUJU-APP-02 }, mode: enforce, disruptive: approval }
limits:
  - { match: {}, perHour: 1000 }
  - { match: { model: cleared }, attempts: 1 }
`;
const mending = `${pace}rules:
  - { match: { control: JUJU-MODEL-04 }, mode: enforce }
`;

let folder: string;
let simulator: Simulator;
let juju: NotedJuju;
const running: RunningDaemon[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-approve-'));
  simulator = await startSimulator({ estate });
  juju = await notedJuju(folder);
});
afterAll(async () => {
  await Promise.all(running.map((one) => one.end('SIGKILL')));
  await simulator.close();
  await rm(folder, { recursive: true, force: true });
});

function lab() {
  return simulator.controller('lab').operations;
}

async function policy(name: string, more: string): Promise<string> {
  const place = join(folder, name);
  await mkdir(place, { recursive: true });
  return writePolicy(place, simulator.controller('lab'), {
    users: ['observer', 'auditor', 'remediator'],
    more,
  });
}

function start(file: string, state: string): RunningDaemon {
  const daemon = startRun(file, state, juju.variables);
  running.push(daemon);
  return daemon;
}

async function newest(daemon: RunningDaemon, model: string): Promise<Remediation | undefined> {
  const { items } = await daemon.json<{ items: readonly Remediation[] }>('/remediations.json');
  return items.findLast(({ target }) => target.model === model);
}

async function stands(daemon: RunningDaemon, model: string, wanted: string): Promise<Remediation> {
  let found: Remediation | undefined;
  const isSo = async (): Promise<boolean> => {
    found = await newest(daemon, model);
    return `${found?.state ?? ''}(${found?.reason ?? ''})` === wanted;
  };
  await until(`${model} is ${wanted}`, isSo).catch((error: unknown) => {
    throw new Error(`${String(error)}, but it is ${JSON.stringify(found)}\n${daemon.log().slice(-2000)}`);
  });
  if (found === undefined) throw new Error('nothing stands there');
  return found;
}

async function callsIn(model: string): Promise<readonly string[]> {
  return (await juju.calls()).filter((call) => call.includes(`lab:admin/${model} `));
}

describe('a daemon that asks, and persons who answer', () => {
  let state: string;
  let file: string;
  let daemon: RunningDaemon;

  beforeAll(async () => {
    state = join(folder, 'state');
    file = await policy('asking', asking);
    daemon = start(file, state);
    await until('it is ready', async () => (await daemon.get('/readyz')).status === 200);
  });
  afterAll(async () => {
    expect(await daemon.end('SIGTERM')).toBe(0);
  });

  function person(...argv: readonly string[]): Promise<Said> {
    return holdfast([...argv, '--state-dir', state], { HOME: folder });
  }

  async function trail(): Promise<readonly AuditRecord[]> {
    const { out } = await person('audit-log', '--format', 'json', '--limit', '1000');
    return (JSON.parse(out) as { items: readonly AuditRecord[] }).items;
  }

  it('changes nothing until somebody says yes, by name and with a reason; then does it and verifies it', async () => {
    const { planHash } = await stands(daemon, 'approved', 'WaitingApproval(ApprovalNeeded)');
    const orders = await person('orders');
    expect(orders.code).toBe(2);
    expect(orders.out).toContain(`holdfast approve ${planHash.slice(0, 12)}`);
    expect(orders.out).toContain('juju unexpose -m lab:admin/approved ubuntu');
    expect(await juju.calls()).toEqual([]);

    const approved = await person('approve', planHash, '--as', 'ann', '--reason', 'agreed in CHG-1043');
    expect([approved.code, approved.err]).toEqual([0, '']);
    await stands(daemon, 'approved', 'Succeeded(Verified)');
    expect(await callsIn('approved')).toEqual(['unexpose -m lab:admin/approved ubuntu']);
    expect((await juju.calls()).length).toBe(1);
  });

  it('the audit trail is whole, and says who, when, why, which command, with what outcome and evidence', async () => {
    const verdict = await person('audit-log', '--verify');
    expect([verdict.code, verdict.out]).toEqual([0, expect.stringContaining('whole')]);
    const told = await trail();
    expect(told.map(({ event, actor }) => `${actor} ${event}`)).toEqual([
      'ann PlanApproved',
      'holdfast ChangeBegun',
      'holdfast CallEnded',
      'holdfast ChangeVerified',
    ]);
    const [yes, begun, ended, verified] = told;
    expect(yes).toMatchObject({
      why: 'agreed in CHG-1043',
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      body: { argv: [['juju', 'unexpose', '-m', 'lab:admin/approved', 'ubuntu']] },
    });
    expect(begun).toMatchObject({
      body: {
        argv: ['juju', 'unexpose', '-m', 'lab:admin/approved', 'ubuntu'],
        seen: [{ control: 'JUJU-APP-02', outcome: 'fail' }],
      },
    });
    expect(ended).toMatchObject({ body: { outcome: 'done', exitCode: 0 } });
    expect(verified).toMatchObject({ body: { seen: [{ control: 'JUJU-APP-02', outcome: 'pass' }] } });
  });

  it('a no is heard, also after a yes, and a yes after it again', async () => {
    const { planHash } = await stands(daemon, 'denied', 'WaitingApproval(ApprovalNeeded)');
    const id = planHash.slice(0, 12);
    await person('deny', id, '--as', 'bob', '--reason', 'not this week');
    const { message } = await stands(daemon, 'denied', 'WaitingApproval(PlanDenied)');
    expect(message).toMatch(/^denied by bob until .*: not this week$/);
    expect((await person('orders')).out).toContain('denied by bob until');
    await person('approve', id, '--as', 'ann');
    await stands(daemon, 'denied', 'Succeeded(Verified)');
  });

  it('a pause holds what is approved, until it is lifted', async () => {
    const { planHash } = await stands(daemon, 'paused', 'WaitingApproval(ApprovalNeeded)');
    const pause = await person('pause', '--model', 'paused', '--as', 'ann', '--reason', 'incident 77');
    await person('approve', planHash, '--as', 'ann');
    const { message } = await stands(daemon, 'paused', 'WaitingDependency(Paused)');
    expect(message).toBe('ann paused all changes here until it is lifted: incident 77');
    const [, id = ''] = /holdfast resume (p-\w+)/.exec(pause.out) ?? [];
    expect((await person('resume', id, '--as', 'ann')).code).toBe(0);
    await stands(daemon, 'paused', 'Succeeded(Verified)');
  });

  it('what failed too often is left alone, and tried again once it is cleared', async () => {
    const { planHash } = await stands(daemon, 'cleared', 'WaitingApproval(ApprovalNeeded)');
    await juju.fail(true);
    await person('approve', planHash, '--as', 'ann');
    await stands(daemon, 'cleared', 'Quarantined(AttemptsExhausted)');
    const before = (await callsIn('cleared')).length;
    expect((await person('orders')).out).toContain('JUJU-APP-02 on lab:cleared/ubuntu');
    await juju.fail(false);
    expect((await callsIn('cleared')).length).toBe(before);
    const cleared = await person('clear', 'JUJU-APP-02', '--as', 'ann', '--reason', 'the lock is gone');
    expect([cleared.code, cleared.err]).toEqual([0, '']);
    await stands(daemon, 'cleared', 'Succeeded(Verified)');
  });

  it('a second daemon on the same state is refused with a sentence, and so is apply', async () => {
    const second = start(file, state);
    await until('it has ended', () => second.child.exitCode !== null);
    expect(second.child.exitCode).toBe(1);
    expect(second.log()).toMatch(
      /^holdfast: \S+\/state is in use by another holdfast \(process \d+\): approve, pause or clear there, or end it first\n$/,
    );
  });

  it('killed while a change is under way, it goes on where it was, and repeats nothing', async () => {
    const { planHash } = await stands(daemon, 'killed', 'WaitingApproval(ApprovalNeeded)');
    await juju.linger(true);
    await person('approve', planHash, '--as', 'ann');
    await until('the command has done its work and lingers', () => juju.lingers());
    await daemon.end('SIGKILL');
    await juju.linger(false);

    daemon = start(file, state);
    await stands(daemon, 'killed', 'Succeeded(Verified)');
    expect(await callsIn('killed')).toEqual(['unexpose -m lab:admin/killed ubuntu']);
    const told = (await trail()).map(({ event }) => event);
    expect(told.slice(-4)).toEqual(['PlanApproved', 'ChangeBegun', 'CallEndUnseen', 'ChangeVerified']);
    expect((await person('audit-log', '--verify')).code).toBe(0);
  });

  it('told to stop while a change is under way, it finishes that, and ends with 0', async () => {
    const { planHash } = await stands(daemon, 'stopped', 'WaitingApproval(ApprovalNeeded)');
    await juju.linger(true, 3);
    await person('approve', planHash, '--as', 'ann');
    await until('the command has done its work and lingers', () => juju.lingers());
    expect(await daemon.end('SIGTERM')).toBe(0);
    await juju.linger(false);
    expect((await trail()).at(-1)).toMatchObject({ event: 'CallEnded', body: { outcome: 'done' } });
    daemon = start(file, state);
    await stands(daemon, 'stopped', 'Succeeded(Verified)');
    expect(await callsIn('stopped')).toHaveLength(1);
  });

  it('in the end nothing waits for a person', async () => {
    const { code, out } = await person('orders');
    expect([code, out]).toEqual([0, expect.stringContaining('Nothing waits for a person.')]);
  });
});

describe('a journal that cannot be used', () => {
  const trace = { 'logging-config': '<root>=INFO;juju.rpc=TRACE' };
  const quiet = { 'logging-config': '<root>=INFO' };

  afterEach(async () => {
    lab().setModelConfig('calm', quiet);
    await Promise.all(running.map((one) => one.end('SIGKILL')));
  });

  async function reasons(daemon: RunningDaemon): Promise<string> {
    const { reasons: all } = await daemon.json<{ reasons: readonly string[] }>('/readyz');
    return all.join('; ');
  }

  async function isJudged(daemon: RunningDaemon, outcome: string): Promise<boolean> {
    const { findings } = await daemon.json<Report>('/report.json');
    return findings.some(
      (one) => one.control === 'JUJU-MODEL-04' && one.target.model === 'calm' && one.outcome === outcome,
    );
  }

  it('is damaged: the daemon looks and judges on, says why it is not ready, and changes nothing', async () => {
    const [file, state] = [await policy('mending', mending), join(folder, 'damaged')];
    const first = start(file, state);
    await until('it is ready', async () => (await first.get('/readyz')).status === 200);
    await first.end('SIGTERM');
    const journal = await open(join(state, 'journal.sqlite'), 'r+');
    await journal.write(Buffer.alloc(8192, 'x'), 0, 8192, 4096);
    await journal.close();

    const before = await juju.calls();
    const daemon = start(file, state);
    lab().setModelConfig('calm', trace);
    await until('it judges', () => isJudged(daemon, 'fail'));
    expect((await daemon.get('/readyz')).status).toBe(503);
    expect(await reasons(daemon)).toMatch(
      /^nothing is changed: the journal \S+ is damaged \(.*\) and was left as it is/,
    );
    expect(await (await daemon.get('/metrics')).text()).toContain('holdfast_journal_ok 0');
    await systemClock.sleep(2500);
    expect(await juju.calls()).toEqual(before);
    expect(await daemon.end('SIGTERM')).toBe(0);
  });

  it('is on a full disk: nothing is changed until there is room', async () => {
    const disk = smallDisk(join(folder, 'disk'), 2000);
    if (disk === undefined) {
      process.stderr.write('not tested: this machine lets us mount no small disk\n');
      return;
    }
    const daemon = start(await policy('mending', mending), disk.folder);
    await until('it is ready', async () => (await daemon.get('/readyz')).status === 200);
    await fill(join(disk.folder, 'ballast'));
    const before = await juju.calls();
    lab().setModelConfig('calm', trace);
    await until('it says why', async () => (await reasons(daemon)).includes('is full: make room'));
    expect(await isJudged(daemon, 'fail')).toBe(true);
    expect(await juju.calls()).toEqual(before);
    disk.resize(20_000);
    await until('it is put right', () => isJudged(daemon, 'pass'));
    await until('it is ready again', async () => (await daemon.get('/readyz')).status === 200);
    expect(await daemon.end('SIGTERM')).toBe(0);
    disk.remove();
  });
});

/** Takes what room there is. */
async function fill(file: string): Promise<void> {
  for (const size of [100_000, 4096, 512]) {
    try {
      for (;;) await writeFile(file, Buffer.alloc(size), { flag: 'a' });
    } catch {
      // No room for so much at once.
    }
  }
}
