import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { openEstate, runCli, type Surroundings } from '../../test/support/cli.js';
import { application, model, prod, unit } from '../../test/support/world.js';
import type { Plan } from '../core/plan.js';
import type { Mark } from '../core/ports/index.js';
import { railNames } from '../core/rails/rail.js';
import type { JournalView } from './services.js';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-plan-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const enforcing = 'defaults: { mode: enforce, disruptive: allow }\n';

async function plan(policy: string | undefined, more: Surroundings = {}, format: readonly string[] = []) {
  const file = join(folder, 'policy.yaml');
  if (policy !== undefined) writeFileSync(file, `kind: Policy\nversion: v1\n${policy}`);
  const named = policy === undefined ? [] : ['--policy', file];
  const snapshot = openEstate(['kafka', 'postgresql', 'etcd']);
  return (await runCli(['plan', '--status', '-', ...named, ...format], { snapshot, ...more })).out;
}

interface Printed {
  readonly items: readonly Plan[];
  readonly steps: readonly {
    readonly plan: string;
    readonly action: string;
    readonly held?: { readonly reason: string };
    readonly rails: readonly { readonly rail: string; readonly held: boolean; readonly note: string }[];
  }[];
  readonly splits: readonly { readonly plan: string; readonly parts: readonly Plan[] }[];
}

async function printed(policy: string, more: Surroundings = {}): Promise<Printed> {
  return JSON.parse(await plan(policy, more, ['--format', 'json'])) as Printed;
}

function journal(view: Partial<JournalView>): Surroundings {
  const nothing: JournalView = {
    orders: { decisions: [], quarantines: [], pauses: [] },
    marks: [],
    health: { state: 'ok' },
  };
  return { services: { journalView: () => Promise.resolve({ ...nothing, ...view }) } };
}

function flat(text: string): string {
  return text.replace(/\s+/g, ' ');
}

const windows =
  'windows: [{ name: nights, kind: allow, cron: "0 2 * * *", duration: 2h, timeZone: Europe/Berlin }]\n';
const pause = { id: 'p', by: 'ann', at: '2026-11-22T05:00:00Z' };

describe('a plan', () => {
  it('says that nothing holds a step back, and how far it reaches', async () => {
    const out = await plan(enforcing);
    expect(flat(out)).toContain(
      'limits: 2 of 5 applications, 2 of 30 units, 2 of 20 actions; 0 changes in the last hour, 20 allowed',
    );
    expect(out).toContain('    now:   nothing holds it back\n');
    expect(flat(out)).toContain(`clear: ${railNames.join(', ')}`);
  });

  test.each<[string, string, Surroundings, string]>([
    [
      'the next opening of its windows',
      enforcing + windows,
      {},
      'held: window: outside of window nights; next at 2026-11-23 02:00 Europe/Berlin (01:00Z)',
    ],
    [
      'that a person has to approve it',
      'defaults: { mode: enforce }',
      {},
      'now: WaitingApproval (ApprovalNeeded) held: approval: needs an approval: it is disruptive',
    ],
    ['that the policy only proposes', 'defaults: { mode: propose }', {}, 'now: Proposed (ModePropose)'],
    [
      'that Terraform owns it',
      `${enforcing}managedBy: [{ match: { application: kafka }, tool: terraform }]`,
      {},
      'held: managed: prod:data/kafka is managed by Terraform',
    ],
    [
      'who paused it',
      enforcing,
      journal({ orders: { decisions: [], quarantines: [], pauses: [pause] } }),
      'held: pause: ann paused all changes here until it is lifted',
    ],
    [
      'that the journal is of no use',
      enforcing,
      journal({ health: { state: 'full', reason: 'no space' } }),
      'now: WaitingDependency (JournalFull)',
    ],
    [
      'that too much was changed lately',
      `${enforcing}limits: [{ perHour: 1 }]`,
      journal({
        marks: [
          { at: '2026-11-22T05:30:00Z', kind: 'attempt', controller: 'prod', model: 'cos' } satisfies Mark,
        ],
      }),
      'held: hourly-cap: 1 change on prod in the last hour, 1 allowed: next at 2026-11-22T06:30:00Z',
    ],
  ])('says %s', async (_name, policy, more, expected) => {
    expect(flat(await plan(policy, more))).toContain(expected);
  });

  it('shows the parts that can be approved where it reaches too far', async () => {
    const { splits, items } = await printed(`${enforcing}limits: [{ applications: 1 }]`);
    const out = await plan(`${enforcing}limits: [{ applications: 1 }]`);
    expect(out).toContain('part 1 of 2, 1 step: kafka');
    for (const part of splits[0]?.parts ?? []) expect(out).toContain(`hash ${part.hash}`);
    expect(splits.map((split) => [split.plan, split.parts.length])).toEqual([[items[0]?.hash, 2]]);
    expect(flat(out)).toContain('held: blast-radius: 2 applications, 1 allowed');
  });

  it('keeps to 80 columns', async () => {
    const out = await plan(`${windows}limits: [{ applications: 1 }]\ndefaults: { mode: propose }\n`);
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it('tells programs the word of every rail on every step', async () => {
    const { steps, items } = await printed(enforcing + windows);
    expect(steps.map(({ plan: hash, action }) => [hash, action])).toEqual(
      items.flatMap(({ hash, actions }) => actions.map(({ id }) => [hash, id])),
    );
    for (const { rails, held } of steps) {
      expect(rails.map(({ rail }) => rail)).toEqual(railNames);
      expect(rails.filter((rail) => rail.held)).toEqual([
        {
          rail: 'window',
          held: true,
          state: 'WaitingWindow',
          reason: 'WindowClosed',
          message: 'outside of window nights; next at 2026-11-23 02:00 Europe/Berlin (01:00Z)',
          until: '2026-11-23T01:00:00Z',
          note: 'outside of window nights; next at 2026-11-23 02:00 Europe/Berlin (01:00Z)',
        },
      ]);
      expect(held?.reason).toBe('WindowClosed');
    }
  });

  it('says nothing of rails where no policy governs, but what the estate itself has against it', async () => {
    const out = await plan(undefined);
    expect(out).not.toMatch(/^ +(now|held|clear|limits): /m);
    expect(out).not.toContain('mind:');
    const kafka = application({
      exposure: { exposed: true },
      units: { 'kafka/0': unit('kafka/0', { workload: 'error' }) },
    });
    const snapshot = prod({ models: { data: model({ applications: { kafka } }) } });
    expect(await plan(undefined, { snapshot })).toContain(
      '    mind:  kafka/0 is in error: put that right first\n',
    );
  });
});
