/** Each safety rail once in the real daemon: what it holds back, what a person sees of it, and how it goes on. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Policy, PolicyRule } from '../../src/core/policy/policy.js';
import type { LimitRule, WindowRule } from '../../src/core/policy/rails.js';
import type { Journal, Remediation, Store, StoreHealth } from '../../src/core/ports/index.js';
import { railNames, type RailName } from '../../src/core/rails/rail.js';
import { guides } from '../../src/guides/index.js';
import type { EstateSpec } from '../../src/simulator/index.js';
import { memoryJournal, memoryStore, newMemory } from '../../src/store/memory.js';
import { lockOutGuide } from '../support/lock-out-guide.js';
import { runCli } from '../support/cli.js';
import { enforced, rigUsers, startRig, wideLimits, type Rig } from '../support/rig.js';
import { stumblingJuju } from '../support/stumbling-juju.js';

type ModelSpec = EstateSpec['controllers'][number]['models'][number];

const tracing = '<root>=INFO;juju.rpc=TRACE';
const quiet = '<root>=INFO';
const logging = 'JUJU-MODEL-04';
const clients = 'ETCD-ENC-01';
const users = { observer: 'read', remediator: 'admin' } as const;

/** A model whose logging is to be put right, which disturbs nobody. */
function traced(name: string, text = tracing): ModelSpec {
  return { name, users, config: { 'logging-config': text }, applications: [{ name: 'ubuntu' }] };
}

/** A model with etcd whose clients talk in clear; putting that right restarts it. */
function inClear(name: string, units: number, apps: readonly string[] = ['etcd']): ModelSpec {
  return {
    name,
    users,
    config: { 'logging-config': quiet },
    applications: [
      ...apps.map((app) => ({ name: app, charm: 'charmed-etcd', channel: '3.6/stable', units })),
      { name: 'ca', charm: 'self-signed-certificates', channel: '1/stable' },
    ],
    relations: apps.map((app) => [`${app}:peer-certificates`, 'ca:certificates'] as const),
  };
}

const models = [
  ...['proposed', 'terraformed', 'paused', 'quarantined', 'broken', 'fought'].map((name) => traced(name)),
  ...['capped', 'busy', 'written'].map((name) => traced(name, quiet)),
  ...['careful', 'windowed'].map((name) => inClear(name, 3)),
  inClear('single', 1),
  inClear('wide', 3, ['etcd1', 'etcd2', 'etcd3']),
];
const estate = {
  controllers: [
    { name: 'lab', flavour: '4.0', cloud: { name: 'stack', type: 'openstack' }, users: rigUsers, models },
  ],
} as const;

const rules: readonly PolicyRule[] = [
  { match: { control: logging }, ...enforced },
  { match: { control: clients }, ...enforced, params: { provider: 'ca' } },
  { match: { control: 'OWN-01' }, ...enforced },
  { match: { model: 'busy', control: 'JUJU-APP-02' }, ...enforced },
  { match: { model: 'proposed', control: logging }, mode: 'propose' },
  { match: { model: 'careful', control: clients }, disruptive: 'approval' },
];
const limits: readonly LimitRule[] = [
  wideLimits,
  { match: { model: 'quarantined' }, attempts: 1 },
  { match: { model: 'broken' }, failures: 1, failureWindow: 60, coolDown: 8 },
  { match: { model: 'fought' }, flips: 1 },
  { match: { model: 'capped' }, perHour: 1 },
  { match: { model: 'wide' }, applications: 2 },
];

/** What the policy says once everything is to go on. */
function lifted(policy: Policy): Policy {
  return {
    ...policy,
    rules: rules.filter(({ mode }) => mode !== 'propose'),
    limits: [wideLimits, { match: { model: 'wide' }, applications: 2 }],
    windows: [{ ...nights, cron: '* * * * *' }],
    managedBy: [],
  };
}

/** Opens half a day from now. */
const nights: WindowRule = {
  name: 'nights',
  kind: 'allow',
  match: { model: 'windowed' },
  cron: `0 ${(new Date().getUTCHours() + 12) % 24} * * *`,
  duration: 3600,
  timeZone: 'UTC',
};

const rows: string[] = [];
const memory = newMemory();
const juju = stumblingJuju('lab:admin/quarantined', 'lab:admin/broken');
let health: StoreHealth = { state: 'ok' };
let rig: Rig;
let persons: Journal;

/** A journal whose disk fills up when a test says so. */
function journal(): Store {
  const store = memoryStore(memory);
  return {
    ...store,
    health: () => (health.state === 'ok' ? store.health() : health),
    write: (...writes) =>
      health.state === 'ok' ? store.write(...writes) : Promise.reject(new Error(health.reason)),
  };
}

beforeAll(async () => {
  persons = memoryJournal(memory);
  await persons.write({
    type: 'pause',
    pause: { id: 'p-1', model: 'paused', by: 'ann', at: '2026-11-22T06:00:00Z', reason: 'incident 77' },
  });
  rig = await startRig({
    ...{ estate, rules, limits, windows: [nights], store: journal(), around: juju.around },
    guides: [...guides, lockOutGuide],
    managedBy: [{ match: { model: 'terraformed' }, tool: 'terraform' }],
    pace: { quiet: 2 },
    speed: 4,
  });
  lab().setStatus('busy', 'ubuntu', { status: 'maintenance', message: 'compacting' });
  await rig.until('all is read', () => rig.daemon.readiness().ready);
  lab().expose('busy', 'ubuntu');
});

afterAll(async () => {
  const file = process.env['RAILS_TABLE'];
  if (file !== undefined) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `| rail | state (reason) | message |\n|---|---|---|\n${rows.join('\n')}\n`);
  }
  await rig.close();
});

function lab() {
  return rig.simulator.controller('lab').operations;
}

/** The newest remediation in a model; `undefined` stands for the controller itself. */
function newest(model: string | undefined): Remediation | undefined {
  return rig.daemon.remediations().findLast(({ target }) => target.model === model);
}

/** Waits until something is held like this in a model, and notes what a person reads of it. */
async function held(rail: RailName, model: string | undefined, stands: string): Promise<Remediation> {
  const of = (one: Remediation | undefined): string => `${one?.state ?? ''}(${one?.reason ?? ''})`;
  await rig
    .until(`${rail}: ${stands} in ${model ?? 'lab'}`, () => of(newest(model)) === stands)
    .catch((error: unknown) => {
      throw new Error(`${String(error)}; it is ${of(newest(model))}: ${newest(model)?.message ?? ''}`);
    });
  const found = newest(model);
  if (found === undefined) throw new Error('nothing is held');
  note(rail, of(found), found.message);
  return found;
}

function note(rail: RailName, stands: string, message: string): void {
  rows.push(`| ${rail} | ${stands} | ${message} |`);
}

/** The rails that hold a step of this model's plan, as the daemon says. */
function holding(model: string | undefined): readonly RailName[] {
  const plan = rig.daemon.plans().find(({ target }) => target.model === model);
  const verdicts = rig.daemon.rails(plan?.hash ?? '').flatMap((step) => step.verdicts);
  return [...new Set(verdicts.flatMap(({ rail, hold }) => (hold === undefined ? [] : [rail])))];
}

async function metric(line: string): Promise<number> {
  const found = (await rig.metrics()).split('\n').find((one) => one.startsWith(`holdfast_${line} `));
  return Number(found?.split(' ').at(-1));
}

/** What `holdfast` answers beside the running daemon. */
async function holdfast(...argv: readonly string[]): Promise<string> {
  const open = () => Promise.resolve({ ...persons, close: () => Promise.resolve() });
  const services = { now: () => Date.now(), journal: { open, userName: () => 'ann' } };
  const { out, err } = await runCli(argv, { services });
  if (err !== '') throw new Error(err);
  return out.replaceAll(/\s+/g, ' ');
}

function breakerOf(model: string): string {
  return `breaker_open{controller="lab",target_model="${model}"}`;
}

/** All that is planned for the model is done, and seen to be. */
function mended(model: string): Promise<void> {
  const own = () => rig.daemon.remediations().filter(({ target }) => target.model === model);
  const isMended = () => own().length > 0 && own().every(({ state }) => over.has(state));
  return rig.until(`${model} is mended`, isMended).catch((error: unknown) => {
    throw new Error(
      `${String(error)}: ${JSON.stringify(own().map(({ state, message }) => [state, message]))}`,
    );
  });
}

const over: ReadonlySet<string> = new Set(['Succeeded', 'Outdated']);

describe('what holds, and what a person reads of it', () => {
  it('mode: the policy only proposes', async () => {
    await held('mode', 'proposed', 'Proposed(ModePropose)');
    expect(holding('proposed')).toEqual(['mode']);
  });

  it('managed: what Terraform owns is only proposed', async () => {
    const { message } = await held('managed', 'terraformed', 'Proposed(ManagedByTerraform)');
    expect(holding('terraformed')).toContain('managed');
    expect(message).toContain('managed by Terraform: change it there');
  });

  it('self: our own identity is not touched, whoever asks', async () => {
    await held('self', undefined, 'Proposed(OurOwnIdentity)');
    expect(holding(undefined)).toEqual(['self']);
    expect(await metric('rail_holds{rail="self"}')).toBe(1);
  });

  it('pause: by whom and why', async () => {
    const { message } = await held('pause', 'paused', 'WaitingDependency(Paused)');
    expect(message).toBe('ann paused all changes here until it is lifted: incident 77');
    expect(await metric('pauses')).toBe(1);
    expect(await holdfast('orders')).toContain('p-1 changes on model paused, by ann since');
  });

  it('order: nothing while the units of an application are at work', async () => {
    await held('order', 'busy', 'WaitingDependency(UnitsNotIdle)');
    expect(holding('busy')).toEqual(['order']);
  });

  it('window: what restarts waits for its window', async () => {
    const { message } = await held('window', 'windowed', 'WaitingWindow(WindowClosed)');
    expect(message).toMatch(/^outside of window nights; next at \d{4}-\d\d-\d\d \d\d:00Z$/);
  });

  it('approval: what restarts waits for a person', async () => {
    const { planHash, message } = await held('approval', 'careful', 'WaitingApproval(ApprovalNeeded)');
    expect(message).toBe('needs an approval: it is disruptive');
    expect(await metric('rail_holds{rail="approval"}')).toBe(1);
    expect(await holdfast('orders')).toContain(`holdfast approve ${planHash.slice(0, 12)}`);
  });

  it('preflight: a restart that is a full outage needs an approval, though the policy lets it through', async () => {
    const { message } = await held('preflight', 'single', 'WaitingApproval(SingleUnitOutage)');
    expect(message).toBe('etcd has one unit: restarting it is a full outage of etcd');
  });

  it('blast-radius: a plan that reaches too far is refused whole, and its parts are offered', async () => {
    const { message } = await held('blast-radius', 'wide', 'WaitingApproval(BlastRadiusExceeded)');
    expect(message).toContain('3 applications, 2 allowed (1 too many). None of it is done');
    const steps = rig.daemon.remediations().filter(({ target }) => target.model === 'wide');
    expect(steps.map(({ state }) => state)).toEqual(Array(3).fill('WaitingApproval'));
    expect(await holdfast('orders')).toContain('lab:wide (part 1 of 2): 2 steps');
    expect(await metric('approvals_waiting')).toBe(3);
  });

  it('quarantine: what failed too often is left alone', async () => {
    const { message } = await held('quarantine', 'quarantined', 'Quarantined(AttemptsExhausted)');
    expect(message).toMatch(/^1 attempt: .*state changing too quickly/);
    await rig.until('it is held', () => holding('quarantined').includes('quarantine'));
    expect(await metric('quarantines')).toBeGreaterThanOrEqual(1);
    expect(await holdfast('orders')).toContain('JUJU-MODEL-04 on lab:quarantined since');
  });

  it('breaker: after failures nothing is tried for a while', async () => {
    await held('breaker', 'broken', 'WaitingDependency(BreakerOpen)');
    expect(holding('broken')).toContain('breaker');
    expect(await metric(breakerOf('broken'))).toBe(1);
    expect(await metric(breakerOf('paused'))).toBe(0);
  });

  it('hourly-cap: enough was changed on the controller within the hour', async () => {
    lab().setModelConfig('capped', { 'logging-config': tracing });
    const { message } = await held('hourly-cap', 'capped', 'WaitingDependency(HourlyCapReached)');
    expect(message).toMatch(/^\d+ changes? on lab in the last hour, 1 allowed: next at /);
  });

  it('fight: what somebody keeps undoing is left alone until they settle it', async () => {
    await mended('fought');
    lab().setModelConfig('fought', { 'logging-config': tracing });
    const { message } = await held('fight', 'fought', 'Quarantined(FoughtOver)');
    expect(message).toContain(
      'came back once within 24h after Holdfast put it right: somebody else undoes it',
    );
    expect(holding('fought')).toContain('fight');
  });
});

describe('how it goes on', () => {
  it('a person lifts the pause, approves plans and a part, clears, and the policy is changed', async () => {
    expect(await holdfast('resume', 'p-1')).toContain('lifted p-1');
    expect(await holdfast('clear', logging, '--all')).toMatch(/cleared q-.* cleared q-/);
    const orders = await holdfast('orders');
    for (const place of ['lab:careful', 'lab:single', 'lab:wide \\(part 1 of 2\\)']) {
      const [, plan = ''] = new RegExp(`(\\w{12}) ${place}: `).exec(orders) ?? [];
      expect(await holdfast('approve', plan, '--reason', 'CHG-1')).toContain('Approved');
    }
    await juju.in();
    lab().setStatus('busy', 'ubuntu', { status: 'active' });
    await rig.daemon.reload(lifted(rig.policy));
  });

  it.each(models.map(({ name }) => name).filter((name) => name !== 'written'))(
    'in model %s everything is put right',
    (model) => mended(model),
  );

  it('and the metrics say that nothing is held but what nobody may lift', async () => {
    await rig.until('nothing else is held', () =>
      rig.daemon.held().every(({ rail, first }) => rail === 'self' && first),
    );
    for (const gauge of ['quarantines', 'approvals_waiting', 'pauses']) expect(await metric(gauge)).toBe(0);
    expect(await metric(breakerOf('broken'))).toBe(0);
  });

  it('journal: what cannot be written down is not done, judging goes on, and so does the rest afterwards', async () => {
    health = { state: 'full', reason: 'the disk of the journal is full: make room' };
    lab().setModelConfig('written', { 'logging-config': tracing });
    await rig.until('it is held', () => holding('written').includes('journal'));
    const { ready, reasons } = rig.daemon.readiness();
    expect([ready, reasons]).toEqual([false, [`nothing is changed: ${health.reason}`]]);
    expect(await metric('journal_ok')).toBe(0);
    expect(newest('written')).toBeUndefined();
    expect(await metric('rail_holds{rail="journal"}')).toBeGreaterThanOrEqual(1);
    note('journal', 'held by rail journal, not ready', reasons.join('; '));
    health = { state: 'ok' };
    await mended('written');
    expect([await metric('journal_ok'), rig.daemon.readiness().ready]).toEqual([1, true]);
  });

  it('every rail was seen', () => {
    const seen = new Set(rows.map((row) => row.split(' ')[1]));
    expect(railNames.filter((rail) => !seen.has(rail))).toEqual([]);
  });
});
