import { describe, expect, it } from '@jest/globals';
import { action, remediationNamed, standingClock } from '../../test/support/journal-samples.js';
import { Place } from '../../test/support/rotation-place.js';
import { silentLog, silentTelemetry } from '../../test/support/silent.js';
import type { Action } from '../core/action/action.js';
import type { CallOptions, CliResult, JujuCli } from '../core/ports/index.js';
import { memoryStore, newMemory, type Memory } from '../store/memory.js';
import { Carrier } from './carrier.js';
import { Ledger } from './ledger.js';
import { Records } from './records.js';
import { RotationHistory } from './rotation/history.js';
import { alone } from './sharing/shares.js';

/** What stands in the journal of each process while it runs, and at the end. */
async function journaled(args: Action): Promise<readonly string[]> {
  const memory = newMemory();
  const store = memoryStore(memory);
  const clock = standingClock();
  const shares = alone(store);
  const ledger = new Ledger({ ...shares, clock, telemetry: silentTelemetry, onChange: () => undefined });
  const rotation = { rotator: new Place({}).rotator, history: new RotationHistory(store, clock) };
  const telling = { telemetry: silentTelemetry, log: silentLog };
  const carrier = new Carrier({ shares, ledger, records: new Records(clock), clock, rotation, ...telling });
  const plan = { hash: 'h', target: { kind: 'model', controller: 'prod', model: 'data' } } as const;
  const work = { action: { ...action, args }, about: [], plan };
  const times = { begun: 0, since: 0, notBefore: 0, patience: 0 };
  const pending = {
    ...work,
    n: ledger.nextStep('prod:data', work.action),
    ...times,
    ours: false,
    troubled: {},
  };
  const seen: string[] = [];
  const cli = watched(memory, seen);
  const remediation = remediationNamed(`prod:data|${action.id}`);
  const call = { cli, key: 'prod:data', pending, action: args, kind: 'do' } as const;
  await store.write({ type: 'remediation', remediation }, carrier.intent(call));
  await carrier.run(call);
  return [...seen, ...standing(memory)];
}

/** A `juju` with a process id, which looks into the journal before and after it has one. */
function watched(memory: Memory, seen: string[]): JujuCli {
  const run = async (argv: readonly string[], { onSpawn }: CallOptions = {}): Promise<CliResult> => {
    seen.push(...standing(memory).slice(-1));
    onSpawn?.(4711);
    await Promise.resolve();
    seen.push(...standing(memory).slice(-1));
    const said = { stdout: '', stderr: '', timedOut: false, durationMs: 1, summary: 'done' };
    return { outcome: 'done', argv, ...said };
  };
  return { controller: 'prod', run };
}

function standing({ steps }: Memory): readonly string[] {
  return [...steps.values()]
    .flatMap((own) => [...own.values()])
    .map(({ n, argv, state, pid }) => [n, argv[1], state, ...(pid === undefined ? [] : [pid])].join(' '));
}

describe('a process that changes something', () => {
  it('stands in the journal before it is begun, with its id while it runs, and with its end', async () => {
    expect(await journaled(action.args)).toEqual([
      '1 unexpose intent',
      '1 unexpose spawned 4711',
      '1 unexpose exited',
    ]);
  });

  it('so does each of those that change a password', async () => {
    const password: Action = { type: 'rotate-user-password', controller: 'prod', user: 'watch' };
    expect(await journaled(password)).toEqual([
      '2 change-user-password intent',
      '2 change-user-password spawned 4711',
      '1 change-user-password exited',
      '2 change-user-password exited',
    ]);
  });
});
