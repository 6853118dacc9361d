/** `holdfast apply` as a process: what a person approves here and now is carried out, and nothing else. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Plan } from '../../src/core/plan.js';
import type { AuditRecord } from '../../src/core/ports/index.js';
import { startSimulator, type EstateSpec, type Simulator } from '../../src/simulator/index.js';
import { writePolicy } from '../support/policy-files.js';
import {
  holdfast,
  notedJuju,
  onTerminal,
  startRun,
  until,
  type NotedJuju,
  type Said,
} from '../support/processes.js';
import { rigUsers } from '../support/rig.js';

type ModelSpec = EstateSpec['controllers'][number]['models'][number];

const tracing = '<root>=INFO;juju.rpc=TRACE';

/** A model whose applications are open to the world and whose logging tells too much; the policy wants neither. */
function careless(name: string, apps: readonly string[] = ['ubuntu']): ModelSpec {
  return {
    name,
    users: { observer: 'read', remediator: 'admin' },
    config: { 'logging-config': tracing },
    applications: apps.map((app) => ({ name: app, charm: 'ubuntu', exposed: { '': ['10.0.0.0/8'] } })),
  };
}

const estate: EstateSpec = {
  controllers: [
    {
      name: 'lab',
      flavour: '4.0',
      cloud: { name: 'stack', type: 'openstack' },
      users: rigUsers,
      models: [
        ...['typed', 'scripted', 'filtered', 'changed', 'refused', 'window'].map((name) => careless(name)),
        careless('wide', ['one', 'two', 'three']),
      ],
    },
  ],
};

/** A policy that speaks of one model only. */
const rulesFor = (model: string): string => `pace:
  { poll: 500ms, pollIdle: 500ms, slowFacts: 500ms, verifyLook: 200ms, quiet: 500ms, retryFirst: 200ms }
rules:
  - { match: { model: ${model}, control: JUJU-APP-02 }, mode: propose }
  - { match: { model: ${model}, control: JUJU-MODEL-04 }, mode: propose }
limits:
  - { match: {}, perHour: 1000, percent: 100 }
  - { match: { model: wide }, applications: 2 }
windows:
  - { name: freeze, kind: deny, cron: "* * * * *", duration: 2m, timeZone: UTC, match: { model: window } }
`;

let folder: string;
let simulator: Simulator;
let juju: NotedJuju;
/** What is held goes on waiting for a while: meanwhile the others run. */
let held: Promise<Said>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-apply-'));
  simulator = await startSimulator({ estate });
  juju = await notedJuju(folder);
  held = planned('window').then((plans) => run('apply', 'window', '--approve', hashOf(plans)));
  held.catch(() => undefined);
});
afterAll(async () => {
  await simulator.close();
  await rm(folder, { recursive: true, force: true });
});

function lab() {
  return simulator.controller('lab').operations;
}

/** Each model has a journal of its own, so that several commands may run at once. */
function stateOf(model: string): string {
  return join(folder, model, 'state');
}

async function policyFor(model: string): Promise<string> {
  const place = join(folder, model);
  await mkdir(place, { recursive: true });
  const users = ['observer', 'auditor', 'remediator'];
  return writePolicy(place, simulator.controller('lab'), { users, more: rulesFor(model) });
}

/** Runs a command on one model, as its policy has it. */
async function run(command: string, model: string, ...more: readonly string[]): Promise<Said> {
  const policy = await policyFor(model);
  const argv = [command, '--policy', policy, '--state-dir', stateOf(model), ...more];
  return holdfast(argv, juju.variables);
}

interface PlanList {
  readonly items: readonly Plan[];
  readonly splits: readonly { readonly plan: string; readonly parts: readonly Plan[] }[];
}

/** The plans as `holdfast plan` saves them. */
async function planned(
  model: string,
  ...more: readonly string[]
): Promise<PlanList & { readonly text: string }> {
  const { code, out, err } = await run('plan', model, '--format', 'json', ...more);
  if (code !== 2) throw new Error(`plan ended with ${code}: ${err}`);
  return { ...(JSON.parse(out) as PlanList), text: out };
}

function hashOf({ items }: PlanList): string {
  const [plan] = items;
  if (plan === undefined || items.length > 1) throw new Error(`${items.length} plans`);
  return plan.hash;
}

async function callsIn(model: string): Promise<readonly string[]> {
  return (await juju.calls()).filter((call) => call.includes(`lab:admin/${model} `));
}

describe('apply', () => {
  it('carries out what is approved by its hash, verifies it, and ends with 0', async () => {
    const hash = hashOf(await planned('scripted'));
    const { code, out, err } = await run('apply', 'scripted', '--approve', hash, '--as', 'ann');
    expect([code, out]).toEqual([0, expect.stringMatching(/^(Succeeded .*\n.*\n){2}$/)]);
    expect(err).toMatch(/Running +juju unexpose -m lab:admin\/scripted ubuntu/);
    expect([...(await callsIn('scripted'))].sort()).toEqual([
      'model-config -m lab:admin/scripted logging-config=<root>=INFO',
      'unexpose -m lab:admin/scripted ubuntu',
    ]);
    expect((await juju.calls()).length).toBe(2);
  });

  it('stands in the audit trail, in the name of the person', async () => {
    const argv = ['audit-log', '--state-dir', stateOf('scripted'), '--format', 'json'];
    const { out } = await holdfast(argv, { HOME: folder });
    const { items } = JSON.parse(out) as { items: readonly AuditRecord[] };
    expect(items[0]).toMatchObject({ actor: 'ann', event: 'PlanApproved', why: 'holdfast apply' });
    expect(items.filter(({ event }) => event === 'ChangeVerified')).toHaveLength(2);
  });

  it('leaves to itself what the filter leaves out, in the same model too', async () => {
    const only = ['filtered', '--control', 'JUJU-APP-02'] as const;
    const { code } = await run('apply', ...only, '--approve', hashOf(await planned(...only)));
    expect([code, await callsIn('filtered')]).toEqual([0, ['unexpose -m lab:admin/filtered ubuntu']]);
  });

  it('leaves a plan alone whose estate has changed meanwhile, and says so with 2', async () => {
    const only = ['changed', '--control', 'JUJU-MODEL-04'] as const;
    const plans = await planned(...only);
    const file = join(folder, 'plan.json');
    await writeFile(file, plans.text);
    lab().setModelConfig('changed', { 'logging-config': '<root>=WARNING;juju.rpc=TRACE' });
    const { code, out } = await run('apply', 'changed', '--plan', file, '--approve', hashOf(plans));
    expect([code, await callsIn('changed')]).toEqual([2, []]);
    expect(out).toContain('nothing is done here that was not approved');

    const fresh = await run('apply', ...only, '--approve', hashOf(plans));
    expect([fresh.code, await callsIn('changed')]).toEqual([2, []]);
    expect(fresh.err).toContain(`no plan has the hash ${hashOf(plans)} now: nothing is done for it`);
  });

  it('has nothing to do where it was put right meanwhile, and ends with 0', async () => {
    const only = ['changed', '--control', 'JUJU-MODEL-04'] as const;
    const plans = await planned(...only);
    const file = join(folder, 'mended.json');
    await writeFile(file, plans.text);
    lab().setModelConfig('changed', { 'logging-config': '<root>=INFO' });
    const { code, out } = await run('apply', 'changed', '--plan', file, '--approve', hashOf(plans));
    expect([code, out, await callsIn('changed')]).toEqual([0, 'Nothing to do.\n', []]);
  });

  it('ends with 1 when juju refuses, and tells what it said', async () => {
    const only = ['refused', '--control', 'JUJU-APP-02'] as const;
    const hash = hashOf(await planned(...only));
    lab().disableCommands('refused', 'all', 'freeze of the year');
    const blocked = await run('apply', ...only, '--approve', hash);
    expect([blocked.code, blocked.out]).toEqual([2, expect.stringContaining('freeze of the year')]);
    lab().enableCommands('refused', 'all');
    await juju.reject(true);
    const { code, out } = await run('apply', ...only, '--approve', hash);
    await juju.reject(false);
    expect([code, out]).toEqual([1, expect.stringMatching(/^NeedsReview .*\n.*the moon is not right/)]);
  });

  it('is held by a window like the daemon, and says until when', async () => {
    const { code, out, err } = await held;
    expect([code, await callsIn('window')]).toEqual([2, []]);
    expect(out.replaceAll(/\s+/g, ' ')).toContain('window freeze denies changes');
    expect(err.replaceAll(/\s+/g, ' ')).toContain('held: window: window freeze denies changes');
    const orders = await holdfast(['orders', '--state-dir', stateOf('window')], { HOME: folder });
    expect(orders.out).not.toContain('lab:window');
  });

  it('offers the parts of a plan that reaches too far, and carries out the part that is approved', async () => {
    const only = ['wide', '--control', 'JUJU-APP-02'] as const;
    const { splits } = await planned(...only);
    const [first, second] = splits[0]?.parts ?? [];
    const { code, err } = await run('apply', ...only, '--approve', first?.hash ?? '');
    expect(err).toContain(`hash ${second?.hash ?? 'none'}`);
    expect(err.replaceAll(/\s+/g, ' ')).toContain(
      'reaches too far, and none of it is done. Each part can be approved',
    );
    expect([code, await callsIn('wide')]).toEqual([
      2,
      first?.actions.map(({ argv }) => argv.slice(1).join(' ')),
    ]);
  });

  it('asks on a terminal for each plan by its id, and takes only that for a yes', async () => {
    const argv = ['apply', '--policy', await policyFor('typed'), '--state-dir', stateOf('typed')];
    const asked = /Type (\w{12}) to carry out/;
    const no = await onTerminal(argv, juju.variables, (text) => (asked.test(text) ? 'yes' : undefined));
    expect([no.code, no.out]).toEqual([2, expect.stringContaining('1 plan left alone: not approved')]);
    const yes = await onTerminal(argv, juju.variables, (text) => asked.exec(text)?.[1]);
    expect([yes.code, yes.out]).toEqual([0, expect.stringContaining('Succeeded')]);
  });

  it('refuses beside a daemon that runs on the same state', async () => {
    const daemon = startRun(await policyFor('window'), stateOf('window'), juju.variables);
    await until('it serves', async () => (await daemon.get('/healthz')).status === 200);
    const hash = hashOf(await planned('window'));
    const { code, err } = await run('apply', 'window', '--approve', hash);
    expect([code, err]).toEqual([1, expect.stringContaining('is in use by another holdfast')]);
    expect(await daemon.end('SIGTERM')).toBe(0);
  });
});
