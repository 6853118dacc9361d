/** The built daemon as a process, and those whom it tells as real servers. */
import { DatabaseSync } from 'node:sqlite';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/main/system.js';
import { startSimulator, type Simulator } from '../../src/simulator/index.js';
import { listener, type Listener } from '../support/listener.js';
import { writePolicy } from '../support/policy-files.js';
import { startRun, until, type RunningDaemon } from '../support/processes.js';
import { rigUsers } from '../support/rig.js';

interface Told {
  readonly id: string;
  readonly sort: string;
  readonly at: string;
  readonly counts: { readonly firing: number; readonly resolved: number };
  readonly firing: readonly { readonly id: string; readonly labels: Readonly<Record<string, string>> }[];
  readonly resolved: readonly { readonly id: string }[];
}

const ubuntu = { name: 'ubuntu', charm: 'ubuntu' };
const secrets = ['hooks-own-secret-key', 'T0/B0/slack-secret', 'bearer-secret-token'];

let folder: string;
let simulator: Simulator;
let hook: Listener;
let dead: Listener;
let policyFile: string;
const running: RunningDaemon[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-notify-'));
  const model = {
    name: 'data',
    users: { observer: 'read' as const },
    applications: [ubuntu],
  };
  simulator = await startSimulator({
    estate: { controllers: [{ name: 'lab', flavour: '3.6', users: rigUsers, models: [model] }] },
  });
  unprotect(false);
  hook = await listener();
  dead = await listener();
  dead.answer = () => 'never';
  const [key = '', slack = '', bearer = ''] = secrets;
  for (const [name, text] of [
    ['key', key],
    ['slack', `${dead.url}/${slack}`],
    ['bearer', bearer],
  ] as const)
    await writeFile(join(folder, name), `${text}\n`, { mode: 0o600 });
  policyFile = await writePolicy(folder, simulator.controller('lab'), {
    users: ['observer', 'auditor'],
    more: `pace: { poll: 1s, pollIdle: 1s, slowFacts: 1s }
notify:
  gather: 1s
  perHour: 3600
  targets:
    - { name: chat, type: slack, urlFile: slack }
    - { name: siem, type: webhook, url: '${hook.url}/in', secretFile: key, bearerTokenFile: bearer }
  routes: [{ match: {}, to: [chat, siem] }]
`,
  });
});

afterEach(async () => {
  for (const daemon of running.splice(0)) await daemon.end('SIGKILL');
  for (const one of [hook, dead, simulator]) await one.close();
  await rm(folder, { recursive: true, force: true });
});

function run(): RunningDaemon {
  const daemon = startRun(policyFile, join(folder, 'state'), { HOME: folder });
  running.push(daemon);
  return daemon;
}

/** What the webhook took, each message once. */
function told(): readonly Told[] {
  const all = hook.heard.filter((_one, n) => taken.has(n)).map(({ body }) => JSON.parse(body) as Told);
  return [...new Map(all.map((one) => [one.id, one])).values()];
}

/** Which requests were answered well, by their place. */
const taken = new Set<number>();

function answer(isUp: () => boolean): void {
  taken.clear();
  hook.answer = () => {
    if (!isUp()) return { status: 503 };
    taken.add(hook.heard.length - 1);
    return { status: 200 };
  };
}

function outbox(): number {
  const database = new DatabaseSync(join(folder, 'state', 'journal.sqlite'), { readOnly: true });
  try {
    return Number(database.prepare("select count(*) as n from outbox where target = 'siem'").get()?.['n']);
  } finally {
    database.close();
  }
}

/** Nothing keeps the model from being destroyed; or something does. */
function unprotect(isOpen: boolean): void {
  const { operations } = simulator.controller('lab');
  if (isOpen) operations.enableCommands('data', 'destroy-model');
  else operations.disableCommands('data', 'destroy-model');
}

describe('a daemon that tells people', () => {
  it('delivers everything once and in order though the target was down and the daemon was killed meanwhile', async () => {
    let isUp = true;
    answer(() => isUp);
    const first = run();
    await until('the target was told what stands open', () => told().length === 1);
    const [begin] = told();
    expect(begin?.sort).toBe('begin');

    isUp = false;
    unprotect(true);
    await until('a message waits in the journal', () => outbox() === 1);
    await until('it was tried', () => hook.heard.length > taken.size);
    expect(await first.end('SIGKILL')).toBe('SIGKILL');
    expect(outbox()).toBe(1);

    const second = run();
    await until('it was tried again', () => hook.heard.length > taken.size + 1);
    unprotect(false);
    await until('the end of it waits, too', () => outbox() >= 2);
    isUp = true;
    await until('all was told', () => outbox() === 0);

    const [, opened, ...rest] = told();
    expect(opened).toMatchObject({ sort: 'changes' });
    const ids = (opened?.firing ?? []).map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(0);
    expect(rest.flatMap(({ resolved }) => resolved.map(({ id }) => id))).toEqual(expect.arrayContaining(ids));
    expect(rest.flatMap(({ firing }) => firing.map(({ id }) => id)).filter((id) => ids.includes(id))).toEqual(
      [],
    );
    const keys = hook.heard.map(({ headers }) => headers['idempotency-key']);
    expect(new Set(keys).size).toBe(told().length);
    const times = told().map(({ at }) => at);
    expect(times).toEqual([...times].sort());

    for (const { log } of [first, second]) for (const text of secrets) expect(log()).not.toContain(text);
    expect(await second.end('SIGTERM')).toBe(0);
  });

  it('is held up in nothing by a target that never answers', async () => {
    answer(() => true);
    const started = Date.now();
    const daemon = run();
    await until('the dead one was tried', () => dead.heard.length > 0);
    await until('the other was told', () => told().length === 1);
    const began = Date.now();
    // Less than an answer is waited for (10 s), unless the machine is so busy that the start took its time, too.
    const soon = Math.max(9000, 5 * (began - started));
    unprotect(true);
    await until('the other was told of the drift', () => told().length >= 2);
    expect(Date.now() - began).toBeLessThan(soon);
    expect((await daemon.get('/readyz')).status).toBe(200);
    const metrics = await (await daemon.get('/metrics')).text();
    expect(metrics).toMatch(/target="siem"[^\n]*outcome="delivered"[^\n]*\} [2-9]/);
    for (const text of secrets) {
      expect(metrics).not.toContain(text);
      expect(await (await daemon.get('/report.json')).text()).not.toContain(text);
    }
    await systemClock.sleep(100);
    const stopping = Date.now();
    expect(await daemon.end('SIGTERM')).toBe(0);
    expect(Date.now() - stopping).toBeLessThan(soon);
  });
});
