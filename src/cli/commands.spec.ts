import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { openEstate, runCli, type Surroundings } from '../../test/support/cli.js';
import type { Plan } from '../core/plan.js';
import type { Remediation } from '../core/ports/index.js';
import type { ApplyRequest, DemoOptions, RunOptions } from './services.js';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-cli-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function file(name: string, content: string): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

function plansIn(text: string): readonly Plan[] {
  return (JSON.parse(text) as { items: Plan[] }).items;
}

const head = 'kind: Policy\nversion: v1\n';

describe('help', () => {
  test.each([
    ...[
      'audit',
      'plan',
      'rehearse',
      'apply',
      'diff',
      'policy',
      'policy check',
      'policy init',
      'snapshot',
      'run',
      'notify',
      'demo',
    ],
    ...['explain', 'controls', 'completion'],
  ])('of %s shows an example, fits a terminal and exits 0', async (name) => {
    const { code, out } = await runCli([...name.split(' '), '--help']);
    expect([code, out.includes('Examples:'), out.includes(`  holdfast ${name}`)]).toEqual([0, true, true]);
    expect(out.split('\n').filter((line) => line.length > 84)).toEqual([]);
  });

  it('of the program shows how to start', async () => {
    const { code, out } = await runCli(['--help']);
    expect([code, out.includes('Start here:')]).toEqual([0, true]);
  });

  it('suggests the command that was meant', async () => {
    const { code, err } = await runCli(['audti']);
    expect([code, err.includes('Did you mean audit?')]).toEqual([1, true]);
  });

  it('tells the version', async () => {
    expect((await runCli(['--version'])).out).toBe('1.2.3\n');
  });
});

describe('plan', () => {
  const plan = ['plan', '--status', '-'];

  it('shows order, command, effect, risk, undo and who is cut off, and exits 2', async () => {
    const { code, out } = await runCli(plan);
    expect(code).toBe(2);
    expect(out).toMatch(/Plan [\da-f]{12} for prod:data: 1 step against 1 violation/);
    expect(out).toContain(' 1. juju unexpose -m prod:admin/data kafka');
    expect(out).toContain('cuts off: clients from outside');
    expect(out).toContain('undo:  juju expose -m prod:admin/data kafka --to-cidrs 0.0.0.0/0');
    expect(out).toContain('needs: kafka in the model');
    expect(out).toContain('risk:  medium, restarts or cuts off');
  });

  it('exits 0 when nothing is to do', async () => {
    const { code, out } = await runCli(plan, { snapshot: openEstate(['etcd']) });
    expect([code, out]).toEqual([0, 'Nothing to do by a plan.\n']);
  });

  it('does not plan where the policy only observes, and says so', async () => {
    const { code, out } = await runCli([...plan, '--policy', file('observe.yaml', head)]);
    expect([
      code,
      out.replaceAll('\n', ' ').includes('the policy only observes there: set mode: propose'),
    ]).toEqual([0, true]);
  });

  it('gives the same hash for the same estate', async () => {
    const hashes = await Promise.all(
      [1, 2].map(async () =>
        plansIn((await runCli([...plan, '--format', 'json'])).out).map(({ hash }) => hash),
      ),
    );
    expect(hashes[0]).toEqual(hashes[1]);
  });
});

describe('apply', () => {
  const apply = ['apply', '--status', '-'];

  function applying(state: Remediation['state'], more: Surroundings = {}) {
    const asked: ApplyRequest[] = [];
    const services = {
      journal: { userName: () => 'ann', open: () => Promise.reject(new Error('no journal is needed')) },
      apply: (request: ApplyRequest) => {
        asked.push(request);
        return Promise.resolve(request.plans.map((plan) => remediation(plan, state)));
      },
    };
    return { asked, surroundings: { ...more, services } };
  }

  function remediation(plan: Plan, state: Remediation['state']): Remediation {
    const { target, hash } = plan;
    const at = '2026-11-22T06:00:00Z';
    const [action] = plan.actions;
    if (action === undefined) throw new Error('a plan without actions');
    return {
      id: 'r',
      planHash: hash,
      actionId: 'a',
      target,
      controls: [],
      argv: ['juju', 'x'],
      action,
      findings: [],
      state,
      reason: 'R',
      message: 'said',
      attempts: 1,
      startedAt: at,
      updatedAt: at,
    };
  }

  it('refuses where nothing may be changed', async () => {
    const { code, err } = await runCli(apply);
    expect([code, err.includes('apply is not available in this build')]).toEqual([1, true]);
  });

  it('carries out nothing that nobody approved', async () => {
    const { asked, surroundings } = applying('Succeeded');
    const { code, err } = await runCli(apply, surroundings);
    expect([code, asked.length, err.includes('--approve')]).toEqual([1, 0, true]);
  });

  it('carries out the plan whose id a person types', async () => {
    const questions: string[] = [];
    const ask = (question: string) => {
      questions.push(question);
      return Promise.resolve(/Type (\w+)/.exec(question)?.[1] ?? '');
    };
    const { asked, surroundings } = applying('Succeeded', { io: { interactive: true, ask } });
    const { code, out } = await runCli(apply, surroundings);
    expect([code, asked.length, questions.length]).toEqual([0, 1, 1]);
    expect(out).toContain('Succeeded');
  });

  it('leaves a plan alone when something else is typed, and exits 2', async () => {
    const { asked, surroundings } = applying('Succeeded', {
      io: { interactive: true, ask: () => Promise.resolve('yes') },
    });
    const { code, out } = await runCli(apply, surroundings);
    expect([code, asked.length, out]).toEqual([2, 0, '1 plan left alone: not approved\n']);
  });

  test.each([
    ['0 when all is verified', 'Succeeded', 0],
    ['1 when something failed', 'Failed', 1],
    ['2 when something was held', 'WaitingWindow', 2],
    ['1 when something needs a look', 'NeedsReview', 1],
    ['1 when it was undone', 'RolledBack', 1],
  ] as const)('exits %s', async (_name, state, code) => {
    const { out } = await runCli(['plan', '--status', '-', '--format', 'json']);
    const [plan] = plansIn(out);
    const { surroundings } = applying(state);
    expect((await runCli([...apply, '--approve', plan!.hash], surroundings)).code).toBe(code);
  });

  it('takes a saved plan, and refuses one that was changed', async () => {
    const { out } = await runCli(['plan', '--status', '-', '--format', 'json']);
    const [plan] = plansIn(out);
    const { asked, surroundings } = applying('Succeeded');
    const saved = ['apply', '--plan', file('plan.json', out), '--approve', plan!.hash];
    expect((await runCli(saved, surroundings)).code).toBe(0);
    expect(asked[0]?.plans).toEqual([plan]);
    const changed = [
      'apply',
      '--plan',
      file('changed.json', out.replaceAll('kafka', 'etcd')),
      '--approve',
      plan!.hash,
    ];
    const { code, err } = await runCli(changed, surroundings);
    expect([code, err.includes('was changed after it was made')]).toEqual([1, true]);
  });
});

describe('run', () => {
  it('needs a policy', async () => {
    const { code, err } = await runCli(['run']);
    expect([code, err.includes('--policy FILE')]).toEqual([1, true]);
  });

  it('hands over what the options and the environment say, options first', async () => {
    const given: RunOptions[] = [];
    const services = { run: (options: RunOptions) => Promise.resolve(given.push(options) - 1) };
    const variables = { HOLDFAST_POLICY: '/p.yaml', HOLDFAST_LISTEN: '0.0.0.0:1' };
    expect(
      (await runCli(['run', '--listen', '[::1]:0', '--state-dir', '/s'], { services, variables })).code,
    ).toBe(0);
    expect(given[0]).toMatchObject({
      policyFile: '/p.yaml',
      environment: { listen: { host: '::1', port: 0 }, stateDir: '/s' },
    });
  });
});

describe('demo', () => {
  it('hands over its options, with defaults', async () => {
    const given: DemoOptions[] = [];
    const services = { demo: (options: DemoOptions) => Promise.resolve(given.push(options) - 1) };
    await runCli(['demo'], { services });
    await runCli(['demo', '--once', '--port', '0', '--seed', '7', '--speed', '2.5'], { services });
    expect(given.map(({ once, port, seed, speed }) => [once, port, seed, speed])).toEqual([
      [false, 8420, 1, 1],
      [true, 0, 7, 2.5],
    ]);
  });

  test.each([
    ['--port', '70000'],
    ['--port', 'x'],
    ['--seed', '-1'],
    ['--speed', '0'],
  ])('refuses %s %s', async (option, value) => {
    const { code, err } = await runCli(['demo', option, value]);
    expect([code, err.includes(option)]).toEqual([1, true]);
  });
});

describe('explain', () => {
  it('tells everything, whatever the case of the name', async () => {
    const { code, out } = await runCli(['explain', 'toy-net-01']);
    expect(code).toBe(0);
    for (const part of [
      'Guide to toys',
      'What is reachable is attacked.',
      'declared (list of string, default [])',
      'Applications that may be exposed.',
      'ExposedUndeclared',
      'lose their access',
      'https://documentation.ubuntu.com/juju/',
    ])
      expect(out).toContain(part);
  });

  it('gives the same to programs', async () => {
    const { out } = await runCli(['explain', 'TOY-NET-01', '--format', 'json']);
    expect(JSON.parse(out)).toMatchObject({
      kind: 'Control',
      version: 'v1',
      id: 'TOY-NET-01',
      parameters: [{ name: 'declared', default: [] }],
    });
  });

  it('suggests the control that was meant', async () => {
    const { code, err } = await runCli(['explain', 'TOY-NET-1']);
    expect([code, err.includes('did you mean TOY-NET-01?')]).toEqual([1, true]);
  });
});

describe('controls', () => {
  it('lists every control under its guide', async () => {
    const { out } = await runCli(['controls']);
    expect(
      out
        .split('\n')
        .slice(0, 4)
        .map((line) => line.trim().split(/ +/)[0]),
    ).toEqual(['Guide', 'TOY-TRUST-01', 'TOY-NET-01', 'TOY-REV-01']);
  });

  it('lists only those wanted', async () => {
    const { out } = await runCli(['controls', '--severity', 'high', '--format', 'json']);
    expect((JSON.parse(out) as { items: { id: string }[] }).items.map(({ id }) => id)).toEqual([
      'TOY-NET-01',
    ]);
  });
});
