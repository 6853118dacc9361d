import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from '@jest/globals';
import { runCli, type Ran } from '../../test/support/cli.js';
import { InputError } from '../core/input-error.js';
import { hashOf } from '../core/plan.js';
import type { Rehearsal, RehearsedStep } from '../core/rehearsal.js';
import { memoryJournal, newMemory } from '../store/memory.js';
import type { RehearseRequest, Services } from './services.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-rehearse-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const step: RehearsedStep = {
  argv: ['juju', 'unexpose', '-m', 'prod:admin/data', 'kafka'],
  effect: 'kafka is closed',
  controls: ['TOY-NET-01'],
  state: 'Succeeded',
  reason: 'Verified',
  message: 'kafka is closed',
  ranAt: 0,
  verifiedAt: 3725.2,
  holds: [{ rail: 'window', reason: 'WindowShut', message: 'not before 01:00' }],
  restarts: [{ unit: 'kafka/0', at: 7.3, seconds: 2.1 }],
  cutsOff: ['clients from outside'],
  clients: [{ client: 'web', application: 'kafka', secondsWithout: 2.1, breaks: 1 }],
};

function rehearsalOf(steps: readonly RehearsedStep[]): Rehearsal {
  return {
    ...{ kind: 'Rehearsal', version: 'v1', rehearsedAt: '2026-11-22T06:00:00Z' },
    tool: { name: 'holdfast', version: '1.2.3' },
    source: { road: 'status-file', name: 'status.json', takenAt: '2026-11-22T06:00:00Z' },
    policy: { hash: 'none' },
    plans: [{ target: { kind: 'model', controller: 'prod', model: 'data' }, seconds: 3725.2, steps }],
    compliance: {
      before: { score: 50, violations: 1, unknown: 2 },
      after: { score: 100, violations: 0, unknown: 2 },
      changes: [],
    },
    left: [],
    doubts: ['clients that Juju does not relate to an application are not seen'],
  };
}

async function on(
  steps: readonly RehearsedStep[],
  argv: readonly string[],
  more: Partial<Services> = {},
): Promise<Ran> {
  const rehearse = (): Promise<Rehearsal> => Promise.resolve(rehearsalOf(steps));
  return runCli(['rehearse', '--status', '-', ...argv], { services: { rehearse, ...more } });
}

describe('rehearse', () => {
  test.each([
    ['0 when every step worked', [step], 0],
    ['2 when one did not', [step, { ...step, state: 'WaitingDependency' as const }], 2],
    ['0 when nothing is to do', [], 0],
  ])('exits %s', async (_, steps, code) => {
    expect((await on(steps, [])).code).toBe(code);
  });

  it('tells times, restarts, rails and clients', async () => {
    const { out } = await on([step], []);
    expect(out).toContain('runs:     T+0:00');
    expect(out).toContain('held by:  window: not before 01:00');
    expect(out).toContain('restarts: kafka/0 T+0:07 for 2.1 s');
    expect(out).toContain('clients:  web is without kafka for 2.1 s in all');
    expect(out).toContain('outcome:  verified T+1:02:05');
  });

  it('hands on what is wanted, planned for even without a policy', async () => {
    const asked: RehearseRequest[] = [];
    const rehearse = (request: RehearseRequest): Promise<Rehearsal> => {
      asked.push(request);
      return Promise.resolve(rehearsalOf([]));
    };
    await on([], ['--control', 'TOY-NET-*'], { rehearse });
    const modes = asked.flatMap(({ findings }) =>
      findings.map(({ control, settings }) => [control.id, settings.mode]),
    );
    expect([modes, asked[0]?.governed]).toEqual([
      [
        ['TOY-NET-01', 'propose'],
        ['TOY-NET-01', 'propose'],
      ],
      false,
    ]);
  });

  it('keeps the result, and tells its hash for an attestation', async () => {
    const file = join(folder, 'rehearsal.json');
    const { err } = await on([step], ['--format', 'json', '--output', file]);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(rehearsalOf([step]));
    expect(err).toContain(`sha256 ${hashOf(rehearsalOf([step]))}`);
  });
});

describe('the journal', () => {
  it('notes who rehearsed what, and with what result', async () => {
    const journal = memoryJournal(newMemory());
    const access = { open: () => Promise.resolve(journal), userName: () => 'anna' };
    await on([step], [], { journal: access });
    expect(await journal.auditLog({ limit: 9 })).toMatchObject([
      {
        actor: 'anna',
        event: 'Rehearsed',
        body: {
          rehearsal: hashOf(rehearsalOf([step])),
          after: { score: 100 },
          plans: [{ steps: [{ argv: step.argv, state: 'Succeeded' }] }],
        },
      },
    ]);
  });

  const nowhere = {
    open: () => Promise.reject(new InputError('there is no journal')),
    userName: () => 'anna',
  };

  it('is not missed where no daemon ever ran', async () => {
    expect((await on([step], [], { journal: nowhere })).code).toBe(0);
  });

  it('is missed where it was named', async () => {
    const { code, err } = await on([step], ['--state-dir', folder], { journal: nowhere });
    expect([code, err.includes('there is no journal')]).toEqual([1, true]);
  });
});
