import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import {
  at,
  entryNamed,
  markAt,
  pauseNamed,
  quarantineNamed,
  standingClock,
  target,
} from '../../../test/support/journal-samples.js';
import { runCli, type Ran } from '../../../test/support/cli.js';
import type { Journal, Write } from '../../core/ports/index.js';
import { findingId } from '../../core/report/build.js';
import { defaultRetention } from '../../core/policy/rails.js';
import { journalAccess, journalFile } from '../../main/journal.js';
import { memoryJournal, newMemory } from '../../store/memory.js';
import { openStore } from '../../store/sqlite/open.js';

async function journalWith(...writes: readonly Write[]): Promise<Journal> {
  const journal = memoryJournal(newMemory());
  await journal.write(...writes);
  return journal;
}

/** Runs a command on a journal, as `anna`, an hour after noon on the journal's day. */
async function on(journal: Journal, ...argv: readonly string[]): Promise<Ran> {
  const access = { open: () => Promise.resolve(journal), userName: () => 'anna' };
  return runCli(argv, { services: { journal: access, now: () => Date.parse(at(60)) } });
}

const kafka = { ...target, kind: 'application', application: 'kafka' } as const;
const etcd = { ...kafka, application: 'etcd' } as const;

function quarantines(): Promise<Journal> {
  return journalWith(
    { type: 'quarantine', quarantine: quarantineNamed('q-1', { target: kafka }) },
    { type: 'quarantine', quarantine: quarantineNamed('q-2', { target: etcd }) },
    { type: 'quarantine', quarantine: quarantineNamed('q-3', { control: 'TOY-TRUST-01', target: etcd }) },
  );
}

async function left(journal: Journal): Promise<readonly string[]> {
  return (await journal.orders()).quarantines.map(({ id }) => id);
}

describe('clear', () => {
  test.each([
    ['by control and application', ['TOY-NET-01', '--application', 'etcd'], ['q-1', 'q-3']],
    ['by the id', ['q-1'], ['q-2', 'q-3']],
    ['by a control that is in quarantine once', ['toy-trust-01'], ['q-1', 'q-2']],
    ['all that fit', ['TOY-NET-01', '--model', 'data', '--controller', 'prod', '--all'], ['q-3']],
  ])('ends a quarantine %s', async (_how, argv, expected) => {
    const journal = await quarantines();
    const { code, out } = await on(journal, 'clear', ...argv);
    expect([code, out.includes('cleared q-'), await left(journal)]).toEqual([0, true, expected]);
  });

  it('lets earlier failures count no more, and writes down who did it and why', async () => {
    const journal = await quarantines();
    await on(journal, 'clear', 'q-1', '--reason', 'CA is back', '--as', 'bert');
    expect(await journal.marks(at(0))).toEqual([
      {
        ...markAt(60),
        kind: 'cleared',
        model: 'data',
        application: 'kafka',
        control: 'TOY-NET-01',
        finding: findingId('TOY-NET-01', kafka),
      },
    ]);
    expect(await journal.auditLog({ limit: 9 })).toMatchObject([
      {
        actor: 'bert',
        event: 'QuarantineCleared',
        why: 'CA is back',
        body: { quarantine: 'q-1', target: kafka },
      },
    ]);
  });

  test.each([
    [
      'several that fit',
      ['TOY-NET-01'],
      '2 quarantines fit TOY-NET-01: q-1 (TOY-NET-01 prod:data/kafka), q-2',
    ],
    ['none that fits', ['TOY-NET-01', '--model', 'other'], 'nothing that is quarantined fits TOY-NET-01'],
  ])('refuses %s, and names them', async (_what, argv, message) => {
    const journal = await quarantines();
    const { code, err } = await on(journal, 'clear', ...argv);
    expect([code, err.includes(message), (await left(journal)).length]).toEqual([1, true, 3]);
  });

  it('says that nothing is quarantined', async () => {
    expect((await on(await journalWith(), 'clear', 'X')).err).toContain('nothing is quarantined');
  });
});

describe('pause and resume', () => {
  test.each([
    ['everything', [], {}, 'all changes, by anna'],
    [
      'a model for a time',
      ['--model', 'data', '--for', '2h'],
      { model: 'data', until: at(180) },
      'changes on model data, by anna',
    ],
    [
      'a controller until a moment',
      ['--controller', 'prod', '--until', '2026-11-22T16:00:00+01:00'],
      { controller: 'prod', until: at(180) },
      'changes on prod, by anna',
    ],
  ])('pause %s, until it is lifted', async (_what, argv, expected, text) => {
    const journal = await journalWith();
    const { code, out } = await on(journal, 'pause', ...argv, '--reason', 'incident 77');
    const { pauses } = await journal.orders();
    expect(pauses).toMatchObject([{ ...expected, by: 'anna', at: at(60), reason: 'incident 77' }]);
    expect([code, out.includes(text), out.includes(`holdfast resume ${pauses[0]?.id ?? 'none'}`)]).toEqual([
      0,
      true,
      true,
    ]);
    expect((await on(journal, 'orders')).out).toContain(`Paused: 1\n  ${pauses[0]?.id ?? 'none'}`);
    expect((await on(journal, 'resume')).code).toBe(0);
    expect((await journal.orders()).pauses).toEqual([]);
    expect((await journal.auditLog({ limit: 9 })).map(({ event, why }) => [event, why])).toEqual([
      ['Paused', 'incident 77'],
      ['Resumed', expect.stringMatching(/^anna resumed (all )?changes/)],
    ]);
  });

  test.each([
    ['a time that is over', ['pause', '--until', at(59)], 'is over already'],
    ['a time that is none', ['pause', '--until', 'tomorrow'], '--until: "tomorrow" is no time'],
    ['two ends', ['pause', '--until', at(90), '--for', '1h'], 'give one of them'],
    ['a pattern', ['pause', '--model', 'da*'], 'patterns are not known here'],
    ['to lift what is not paused', ['resume', 'p-9'], 'there is no pause p-9: there is a (all changes'],
    ['to choose among several', ['resume'], '2 pauses are in force'],
    ['one and all', ['resume', 'a', '--all'], 'not both'],
  ])('refuse %s', async (_what, argv, message) => {
    const journal = await journalWith(
      { type: 'pause', pause: pauseNamed('a') },
      { type: 'pause', pause: pauseNamed('b', { until: at(90) }) },
      { type: 'pause', pause: pauseNamed('over', { until: at(60) }) },
    );
    const { code, err } = await on(journal, ...argv);
    expect([code, err.includes(message), err]).toEqual([1, true, err]);
    expect((await journal.orders()).pauses.length).toBe(3);
  });

  it('lift all of them', async () => {
    const journal = await journalWith(
      { type: 'pause', pause: pauseNamed('a') },
      { type: 'pause', pause: pauseNamed('b') },
    );
    const { out } = await on(journal, 'resume', '--all', '--format', 'json');
    expect(JSON.parse(out)).toMatchObject({ kind: 'PauseList', items: [{ id: 'a' }, { id: 'b' }] });
    expect((await on(journal, 'resume')).err).toContain('nothing is paused');
  });
});

describe('audit-log', () => {
  function trail(): Promise<Journal> {
    return journalWith(
      { type: 'audit', entry: entryNamed('ChangeBegun', { at: at(0), why: 'etcd gets TLS' }) },
      { type: 'audit', entry: entryNamed('Paused', { at: at(30), actor: 'an\u001b[2Jna' }) },
    );
  }

  it('tells who did what, when and why, and nothing that a terminal would obey', async () => {
    const { code, out } = await on(await trail(), 'audit-log');
    expect(code).toBe(0);
    expect(out).toContain(`1  ${at(0)}  ChangeBegun by holdfast\n        etcd gets TLS`);
    expect(out).toContain('Paused by an·[2Jna');
  });

  test.each([
    ['a span', ['--since', '45m'], [2]],
    ['a moment', ['--since', at(0)], [1, 2]],
    ['a day', ['--since', '2026-11-22'], [1, 2]],
    ['a number', ['--limit', '1'], [2]],
  ])('gives the records within %s to programs, with their hashes', async (_what, argv, expected) => {
    const journal = await trail();
    const { out } = await on(journal, 'audit-log', '--format', 'json', ...argv);
    const { kind, items } = JSON.parse(out) as { kind: string; items: { seq: number }[] };
    const all = await journal.auditLog({ limit: 9 });
    expect([kind, items]).toEqual(['AuditLog', all.filter(({ seq }) => expected.includes(seq))]);
  });

  it('says that the trail is whole, with the hash to keep elsewhere', async () => {
    const journal = await trail();
    const [, last] = await journal.auditLog({ limit: 9 });
    const { code, out } = await on(journal, 'audit-log', '--verify');
    expect([code, out]).toEqual([
      0,
      `The audit trail is whole: records 1 to 2.\nLast hash: ${last?.hash ?? 'none'}\n`,
    ]);
  });

  it('exits 2 and names the first record that was altered', async () => {
    const memory = newMemory();
    const journal = memoryJournal(memory);
    for (const event of ['A', 'B', 'C']) await journal.write({ type: 'audit', entry: entryNamed(event) });
    const [, second] = memory.audit;
    memory.audit[1] = { ...second!, why: 'nothing happened' };
    const { code, out } = await on(journal, 'audit-log', '--verify');
    expect([code, out.includes('broken: record 2 was altered')]).toEqual([2, true]);
    const { out: json } = await on(journal, 'audit-log', '--verify', '--format', 'json');
    expect(JSON.parse(json)).toMatchObject({ kind: 'AuditVerdict', state: 'broken', seq: 2 });
  });

  test.each([
    ['a number that is none', ['--limit', 'all'], '--limit: "all" is no such number'],
    ['a time that is none', ['--since', 'yesterday'], '--since: "yesterday" is no duration'],
    ['a day that is none', ['--since', '2026-13-45'], '--since: "2026-13-45" is no time'],
  ])('refuses %s', async (_what, argv, message) => {
    const { code, err } = await on(await trail(), 'audit-log', ...argv);
    expect([code, err.includes(message)]).toEqual([1, true]);
  });

  it('says that there are no records', async () => {
    expect((await on(await journalWith(), 'audit-log')).out).toBe('No records.\n');
  });
});

describe('on a journal in a file', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-cli-journal-'));
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test.each([
    ['orders'],
    ['approve', 'abcd'],
    ['deny', 'abcd'],
    ['clear', 'X'],
    ['pause'],
    ['resume'],
    ['audit-log'],
  ])('%s says in a sentence that there is none yet', async (...argv) => {
    const { code, err } = await runCli(argv, {
      services: { journal: journalAccess({}) },
      variables: { HOLDFAST_STATE_DIR: folder },
    });
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(/^holdfast: there is no journal [^\n]+ yet: [^\n]+\n$/),
    ]);
  });

  it('is heard by a daemon that has it open', async () => {
    const stateDir = join(folder, 'state');
    const options = { clock: standingClock(), retention: defaultRetention };
    const store = await openStore(journalFile(stateDir), options);
    expect((await store.orders()).pauses).toEqual([]);
    const argv = ['pause', '--as', 'anna', '--state-dir', stateDir];
    expect((await runCli(argv, { services: { journal: journalAccess({}) } })).code).toBe(0);
    expect((await store.orders()).pauses).toMatchObject([{ by: 'anna' }]);
    await store.close();
  });
});

describe('help', () => {
  test.each(['orders', 'approve', 'deny', 'clear', 'pause', 'resume', 'audit-log'])(
    'of %s shows examples and exits 0',
    async (name) => {
      const { code, out } = await runCli([name, '--help']);
      expect([code, out.includes('Examples:'), out.includes(`holdfast ${name}`)]).toEqual([0, true, true]);
    },
  );

  it('is completed by the shell', async () => {
    const { out } = await runCli(['completion', 'bash']);
    for (const name of ['orders', 'approve', 'audit-log']) expect(out).toContain(`"${name}")`);
  });
});
