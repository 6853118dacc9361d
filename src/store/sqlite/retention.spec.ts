import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  approvalOf,
  at,
  entryNamed,
  markAt,
  noon,
  pauseNamed,
  planNamed,
  remediationNamed,
  standingClock,
  stepOf,
} from '../../../test/support/journal-samples.js';
import type { Store } from '../../core/ports/index.js';
import { instant } from '../../core/time.js';
import { openJournal, openStore } from './open.js';

const day = 86_400;
const retention = { remediations: 10 * day, audit: 20 * day };
const clock = standingClock();
let folder: string;
let file: string;
let store: Store;

beforeEach(async () => {
  clock.set(noon);
  folder = mkdtempSync(join(tmpdir(), 'holdfast-retention-'));
  file = join(folder, 'journal.sqlite');
  store = await openStore(file, { clock, retention });
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

/** Lets days pass, and the daemon write something. */
async function daysLater(days: number): Promise<void> {
  clock.set(noon + days * day * 1000);
  await store.write({
    type: 'audit',
    entry: entryNamed(`Day${days}`, { at: instant(clock.now()) }),
  });
}

describe('retention', () => {
  it('removes what is at its end with all that belongs to it, and nothing that is still on its way', async () => {
    for (const [id, state] of [
      ['done', 'Succeeded'],
      ['held', 'NeedsReview'],
    ] as const)
      await store.write(
        { type: 'remediation', remediation: remediationNamed(id, { state, planHash: planNamed(id).hash }) },
        { type: 'plan', plan: planNamed(id) },
        { type: 'step', step: stepOf(id, 1) },
        { type: 'approval', approval: approvalOf(id) },
      );
    await store.write({ type: 'mark', mark: markAt(0) });
    await store.write({ type: 'pause', pause: pauseNamed('over', { until: at(1) }) });
    await store.write({ type: 'pause', pause: pauseNamed('lasting') });
    await daysLater(11);
    expect((await store.remediations(9)).map(({ id }) => id)).toEqual(['held']);
    expect([await store.steps('done'), await store.steps('held')]).toEqual([[], [stepOf('held', 1)]]);
    expect((await store.plans('')).map(({ hash }) => hash)).toEqual([planNamed('held').hash]);
    expect(await store.marks(at(-1))).toEqual([]);
    const { decisions, pauses } = await store.orders();
    expect([decisions, pauses.map(({ id }) => id)]).toEqual([[], ['lasting']]);
  });

  it('keeps what is younger', async () => {
    await store.write({ type: 'remediation', remediation: remediationNamed('done', { state: 'Succeeded' }) });
    await daysLater(9);
    expect((await store.remediations(9)).map(({ id }) => id)).toEqual(['done']);
  });

  it('removes the beginning of the audit trail, says so in it, and what is left can be verified', async () => {
    await daysLater(1);
    await daysLater(15);
    const [, second] = await store.auditLog({ limit: 9 });
    await daysLater(30);
    const left = await store.auditLog({ limit: 9 });
    expect(left.map(({ seq, event }) => [seq, event])).toEqual([
      [2, 'Day15'],
      [3, 'Day30'],
      [4, 'AuditTrimmed'],
    ]);
    expect(left.at(-1)).toMatchObject({ actor: 'holdfast', body: { through: 1, hash: second?.prevHash } });
    expect(await store.verifyChain()).toMatchObject({ state: 'whole', first: 2, last: 4 });
  });

  it('can remove everything but its own word on it, and goes on from there', async () => {
    await daysLater(1);
    await daysLater(2);
    clock.set(noon + 60 * day * 1000);
    await store.write({ type: 'mark', mark: markAt(0) });
    await store.write({ type: 'audit', entry: entryNamed('Next') });
    expect((await store.auditLog({ limit: 9 })).map(({ event }) => event)).toEqual(['AuditTrimmed', 'Next']);
    expect(await store.verifyChain()).toMatchObject({ state: 'whole', first: 3, last: 4 });
  });

  it('leaves a beginning alone that was altered, so that somebody can look at it', async () => {
    await daysLater(1);
    await daysLater(2);
    const database = new DatabaseSync(file);
    database.exec("drop trigger audit_stays; update audit set why = 'nothing' where seq = 1");
    database.close();
    await daysLater(60);
    expect((await store.auditLog({ limit: 9 })).map(({ event }) => event)).toEqual(['Day1', 'Day2', 'Day60']);
    expect(await store.verifyChain()).toMatchObject({ state: 'broken', seq: 1 });
  });

  it('still shows a record removed right behind what retention removed', async () => {
    for (const days of [1, 15, 30]) await daysLater(days);
    await store.close();
    const database = new DatabaseSync(file);
    database.exec('drop trigger audit_is_kept; delete from audit where seq = 2');
    database.close();
    const journal = await openJournal(file);
    expect(await journal.verifyChain()).toMatchObject({ state: 'broken', seq: 2 });
    await journal.close();
    store = await openStore(file, { clock, retention });
  });
});
