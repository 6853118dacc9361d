/** What every journal promises, wherever it is kept. */
import { expect, it } from '@jest/globals';
import type { AuditEntry, Journal, Store } from '../../src/core/ports/index.js';
import { StaleFence } from '../../src/core/ports/index.js';
import {
  approvalOf,
  at,
  entryNamed,
  hashNamed,
  markAt,
  messageNamed,
  pauseNamed,
  planNamed,
  quarantineNamed,
  remediationNamed,
  rotationOf,
  stepOf,
  toldNamed,
} from './journal-samples.js';

/** One journal, which daemons and persons may open as often as they like. */
export interface Kept {
  readonly store: () => Promise<Store>;
  readonly person: () => Promise<Journal>;
}

/** To be called where a group of tests is described; `make` gives a new journal. */
export function keepsPromises(make: () => Kept): void {
  it('keeps the latest state of a remediation in the place where it first stood', async () => {
    const store = await make().store();
    await store.write({ type: 'remediation', remediation: remediationNamed('r1') });
    await store.write({ type: 'remediation', remediation: remediationNamed('r2') });
    const verifying = remediationNamed('r1', { state: 'Verifying', note: 'roll back with this' });
    await store.write({ type: 'remediation', remediation: verifying });
    expect(await store.remediations(0)).toEqual([verifying, remediationNamed('r2')]);
    await store.close();
  });

  it('gives every remediation that is not at its end, and of the others those that ended last', async () => {
    const store = await make().store();
    const states = ['Succeeded', 'WaitingApproval', 'Failed', 'NeedsReview', 'Outdated'] as const;
    for (const [n, state] of states.entries())
      await store.write({
        type: 'remediation',
        // The first one of them ends last.
        remediation: remediationNamed(state, { state, updatedAt: at(n === 0 ? 100 : n) }),
      });
    const ids = async (ended: number) => (await store.remediations(ended)).map(({ id }) => id);
    expect(await ids(0)).toEqual(['WaitingApproval', 'NeedsReview']);
    expect(await ids(2)).toEqual(['Succeeded', 'WaitingApproval', 'NeedsReview', 'Outdated']);
    expect(await ids(9)).toEqual([...states]);
    await store.close();
  });

  it('gives the steps of one remediation in their order, each in its latest state', async () => {
    const store = await make().store();
    for (const id of ['r1', 'r2'])
      await store.write({ type: 'remediation', remediation: remediationNamed(id) });
    await store.write({ type: 'step', step: stepOf('r1', 10) });
    await store.write({ type: 'step', step: stepOf('r1', 2) }, { type: 'step', step: stepOf('r2', 1) });
    const exited = stepOf('r1', 2, { state: 'exited', outcome: 'done', pid: 7 });
    await store.write({ type: 'step', step: exited });
    expect(await store.steps('r1')).toEqual([exited, stepOf('r1', 10)]);
    expect(await store.steps('r3')).toEqual([]);
    await store.close();
  });

  it('takes a step before its remediation in one write, and refuses one that belongs to none', async () => {
    const store = await make().store();
    await store.write(
      { type: 'step', step: stepOf('r1', 1) },
      { type: 'remediation', remediation: remediationNamed('r1') },
    );
    await expect(store.write({ type: 'step', step: stepOf('r2', 1) })).rejects.toThrow();
    expect([await store.steps('r1'), await store.steps('r2')]).toEqual([[stepOf('r1', 1)], []]);
    expect(store.health()).toEqual({ state: 'ok' });
    await store.close();
  });

  it('writes all of a call or nothing of it', async () => {
    const store = await make().store();
    const mark = { type: 'mark', mark: markAt(0) } as const;
    const refused = { type: 'approval', approval: approvalOf('unknown') } as const;
    await expect(store.write(mark, { type: 'audit', entry: entryNamed('A') }, refused)).rejects.toThrow(
      `the journal has no plan ${hashNamed('unknown')}`,
    );
    expect(await store.marks(at(-1))).toEqual([]);
    expect(await store.auditLog({ limit: 9 })).toEqual([]);
    await store.close();
  });

  it('refuses a daemon from whom it was taken over, still lets it read, and lets persons write', async () => {
    const kept = make();
    const [before, person] = [await kept.store(), await kept.person()];
    await before.write({ type: 'remediation', remediation: remediationNamed('r1') });
    const after = await kept.store();
    expect(after.fence).toBeGreaterThan(before.fence);
    await expect(before.write({ type: 'mark', mark: markAt(0) })).rejects.toThrow(StaleFence);
    expect(before.health()).toMatchObject({ state: 'lost', reason: /taken over/ });
    expect(await before.remediations(0)).toEqual([remediationNamed('r1')]);
    await person.write({ type: 'pause', pause: pauseNamed('p1') });
    await after.write({ type: 'mark', mark: markAt(0) });
    expect([after.health(), person.health()]).toEqual([{ state: 'ok' }, { state: 'ok' }]);
    for (const one of [before, person, after]) await one.close();
  });

  it('finds plans by their hash and by its beginning', async () => {
    const store = await make().store();
    const plans = ['a', 'b', 'c'].map((name) => planNamed(name));
    for (const plan of plans) await store.write({ type: 'plan', plan });
    const [first] = plans;
    expect(await store.plan(hashNamed('a'))).toEqual(first);
    expect(await store.plan(hashNamed('d'))).toBeUndefined();
    expect(await store.plans(hashNamed('a').slice(0, 8))).toEqual([first]);
    expect((await store.plans('')).map(({ hash }) => hash)).toEqual(
      ['a', 'b', 'c'].map((name) => hashNamed(name)).sort(),
    );
    expect([await store.plans('%'), await store.plans('_'), await store.plans("'")]).toEqual([[], [], []]);
    await store.close();
  });

  it('keeps the last word on a plan, with the plan as it was shown', async () => {
    const kept = make();
    const [store, person] = [await kept.store(), await kept.person()];
    const shown = planNamed('plan', { createdAt: at(0) });
    await store.write({ type: 'plan', plan: shown });
    await person.write({ type: 'approval', approval: approvalOf('plan') });
    await store.write({ type: 'plan', plan: planNamed('plan', { createdAt: at(5), findings: [] }) });
    expect((await store.orders()).decisions).toEqual([{ ...approvalOf('plan'), plan: shown }]);
    const denial = approvalOf('plan', { id: 'd', decision: 'deny', by: 'bert', reason: 'not on a Sunday' });
    await person.write({ type: 'approval', approval: denial });
    expect((await store.orders()).decisions).toMatchObject([{ decision: 'deny', by: 'bert' }]);
    for (const one of [store, person]) await one.close();
  });

  it('tells what persons said to a daemon that asked before, and the same object when nobody said anything', async () => {
    const kept = make();
    const [store, person] = [await kept.store(), await kept.person()];
    await store.write(
      { type: 'quarantine', quarantine: quarantineNamed('q2', { since: at(2) }) },
      { type: 'quarantine', quarantine: quarantineNamed('q1', { since: at(1) }) },
    );
    const before = await store.orders();
    expect(before.quarantines.map(({ id }) => id)).toEqual(['q1', 'q2']);
    expect(await store.orders()).toBe(before);
    await person.write(
      { type: 'clear', quarantine: 'q2' },
      { type: 'pause', pause: pauseNamed('p1', { model: 'data', until: at(9), reason: 'release' }) },
    );
    const after = await store.orders();
    expect(after.quarantines.map(({ id }) => id)).toEqual(['q1']);
    expect(after.pauses).toEqual([pauseNamed('p1', { model: 'data', until: at(9), reason: 'release' })]);
    await person.write({ type: 'resume', pause: 'p1' }, { type: 'clear', quarantine: 'unknown' });
    expect((await store.orders()).pauses).toEqual([]);
    for (const one of [store, person]) await one.close();
  });

  it('gives what was said at one moment in the order of its names, by their bytes in any language', async () => {
    const store = await make().store();
    for (const id of ['a', 'B', 'c'])
      await store.write(
        { type: 'quarantine', quarantine: quarantineNamed(id) },
        { type: 'pause', pause: pauseNamed(id) },
        { type: 'rotation', rotation: rotationOf(id) },
      );
    const { quarantines, pauses } = await store.orders();
    expect(quarantines.map(({ id }) => id)).toEqual(['B', 'a', 'c']);
    expect(pauses.map(({ id }) => id)).toEqual(['B', 'a', 'c']);
    expect((await store.rotations()).map(({ user }) => user)).toEqual(['B', 'a', 'c']);
    await store.close();
  });

  it('gives marks from a moment on, oldest first, whatever the precision of their times', async () => {
    const store = await make().store();
    const times = ['2026-11-22T12:00:00.500Z', '2026-11-22T12:00:00Z', '2026-11-22T11:59:59Z'];
    for (const time of times) await store.write({ type: 'mark', mark: { ...markAt(0), at: time } });
    const found = await store.marks('2026-11-22T12:00:00Z');
    expect(found.map((mark) => mark.at)).toEqual(['2026-11-22T12:00:00Z', '2026-11-22T12:00:00.500Z']);
    await store.close();
  });

  it('numbers audit records without gaps, each following the hash of the one before it', async () => {
    const kept = make();
    const [store, person] = [await kept.store(), await kept.person()];
    await store.write({ type: 'audit', entry: entryNamed('A') }, { type: 'audit', entry: entryNamed('B') });
    await person.write({ type: 'audit', entry: entryNamed('C', { actor: 'anna' }) });
    const records = await store.auditLog({ limit: 9 });
    expect(records.map(({ seq, event, kind, version }) => [seq, event, kind, version])).toEqual([
      [1, 'A', 'AuditRecord', 'v1'],
      [2, 'B', 'AuditRecord', 'v1'],
      [3, 'C', 'AuditRecord', 'v1'],
    ]);
    expect(records.map(({ prevHash }) => prevHash)).toEqual([
      '0'.repeat(64),
      ...records.slice(0, 2).map(({ hash }) => hash),
    ]);
    expect(await person.verifyChain()).toEqual({ state: 'whole', first: 1, last: 3, hash: records[2]?.hash });
    for (const one of [store, person]) await one.close();
  });

  it('gives the audit records asked for, always in their order', async () => {
    const store = await make().store();
    for (const n of [1, 2, 3, 4])
      await store.write({ type: 'audit', entry: entryNamed(String(n), { at: at(n) }) });
    const numbers = async (query: Parameters<Store['auditLog']>[0]) =>
      (await store.auditLog(query)).map(({ seq }) => seq);
    expect(await numbers({ limit: 2 })).toEqual([1, 2]);
    expect(await numbers({ limit: 2, newest: true })).toEqual([3, 4]);
    expect(await numbers({ limit: 9, after: 3 })).toEqual([4]);
    expect(await numbers({ limit: 9, since: at(2) })).toEqual([2, 3, 4]);
    expect(await numbers({ limit: 1, since: at(2), newest: true })).toEqual([4]);
    expect(await numbers({ limit: 0, newest: true })).toEqual([]);
    await store.close();
  });

  it.each<[string, Partial<AuditEntry>]>([
    ['half a character', { why: 'bad \ud800 text', body: { '\udfff': ['\ud800'] } }],
    ['an invisible end', { actor: 'a\0b', body: { deep: { text: 'x\0y' } } }],
    ['what JSON does not know', { body: { nothing: undefined, number: NaN } }],
    [
      'a name that objects have by themselves',
      { body: JSON.parse('{"__proto__": {"x": "\\u0000"}}') as object as Record<string, unknown> },
    ],
  ])('can verify a record with %s in it', async (_what, more) => {
    const store = await make().store();
    await store.write({ type: 'audit', entry: entryNamed('Odd', more) });
    expect(await store.verifyChain()).toMatchObject({ state: 'whole', last: 1 });
    await store.close();
  });

  it('keeps messages in the order in which they were written until they are sent, also when one is handed on', async () => {
    const store = await make().store();
    for (const id of ['c', 'a', 'b']) await store.write({ type: 'outbox', entry: messageNamed(id) });
    await store.write(
      { type: 'outbox', entry: { ...messageNamed('c'), unit: 'other' } },
      { type: 'sent', message: 'a' },
    );
    expect(await store.outbox()).toEqual([{ ...messageNamed('c'), unit: 'other' }, messageNamed('b')]);
    await store.close();
  });

  it('keeps what was told, target by target, until it is taken back, however much it is', async () => {
    const store = await make().store();
    const ids = Array.from({ length: 1200 }, (_one, n) => `id-${String(n).padStart(4, '0')}`);
    await store.write({ type: 'told', told: ids.map((id) => toldNamed(id)) });
    await store.write(
      { type: 'told', told: [toldNamed('id-0001', { at: at(9) }), toldNamed('id-0001', { target: 'mail' })] },
      { type: 'untold', target: 'chat', ids: ids.slice(2) },
    );
    expect(await store.told()).toEqual([
      toldNamed('id-0000'),
      toldNamed('id-0001', { at: at(9) }),
      toldNamed('id-0001', { target: 'mail' }),
    ]);
    await store.close();
  });

  it('takes the last where the same was told twice in one write', async () => {
    const store = await make().store();
    await store.write({
      type: 'told',
      told: [toldNamed('a'), toldNamed('b'), toldNamed('a', { at: at(9) })],
    });
    expect(await store.told()).toEqual([toldNamed('a', { at: at(9) }), toldNamed('b')]);
    await store.close();
  });

  it('begins with an empty trail that is whole', async () => {
    const store = await make().store();
    expect(await store.verifyChain()).toEqual({ state: 'whole', first: 1, last: 0, hash: '0'.repeat(64) });
    await store.close();
  });
}
