/** What every journal promises to daemons that share it, wherever it is kept. */
import { expect, it } from '@jest/globals';
import { StaleFence, type SharedStore } from '../../src/core/ports/index.js';
import { at, entryNamed, markAt, pauseNamed, remediationNamed, stepOf } from './journal-samples.js';

/** To be called where a group of tests is described; each call of what `make` gives opens one new journal again. */
export function sharesParts(make: () => () => SharedStore | Promise<SharedStore>): void {
  it('refuses who had a part before, and leaves who has another alone', async () => {
    const open = make();
    const [one, two] = [await open(), await open()];
    const [before, other] = [await one.take('a'), await one.take('b')];
    await before.write({ type: 'remediation', remediation: remediationNamed('r1') });
    const after = await two.take('a');
    expect(after.fence).toBeGreaterThan(before.fence);
    await expect(before.write({ type: 'mark', mark: markAt(0) })).rejects.toThrow(StaleFence);
    expect(before.health()).toMatchObject({ state: 'lost', reason: /taken over/ });
    await other.write({ type: 'mark', mark: markAt(1) });
    await after.write({ type: 'mark', mark: markAt(2) });
    expect([other.health(), after.health(), one.health()]).toEqual(Array(3).fill({ state: 'ok' }));
    expect(await after.marks(at(0))).toEqual([markAt(1), markAt(2)]);
    for (const journal of [one, two]) await journal.close();
  });

  it('can be taken again by who had it, and then counts only what he does with it now', async () => {
    const shared = await make()();
    const [first, second] = [await shared.take('a'), await shared.take('a')];
    await expect(first.write({ type: 'mark', mark: markAt(0) })).rejects.toThrow(StaleFence);
    await second.write({ type: 'mark', mark: markAt(1) });
    expect(await shared.marks(at(0))).toEqual([markAt(1)]);
    await shared.close();
  });

  it('tells every part what others wrote: orders, work and one trail', async () => {
    const open = make();
    const [one, two] = [await open(), await open()];
    const [a, b] = [await one.take('a'), await two.take('b')];
    expect((await a.orders()).pauses).toEqual([]);
    await two.write({ type: 'pause', pause: pauseNamed('p1') });
    expect((await a.orders()).pauses).toEqual([pauseNamed('p1')]);
    const step = stepOf('r1', 1, { by: 'holdfast-1', pid: 7 });
    await b.write(
      { type: 'remediation', remediation: remediationNamed('r1') },
      { type: 'step', step },
      { type: 'audit', entry: entryNamed('B') },
    );
    await a.write({ type: 'audit', entry: entryNamed('A') });
    expect([await a.remediations(0), await a.steps('r1')]).toEqual([[remediationNamed('r1')], [step]]);
    expect((await one.auditLog({ limit: 9 })).map(({ event }) => event)).toEqual(['B', 'A']);
    expect(await two.verifyChain()).toMatchObject({ state: 'whole', last: 2 });
    for (const journal of [one, two]) await journal.close();
  });

  it('goes on when a part is closed', async () => {
    const shared = await make()();
    await (await shared.take('a')).close();
    const store = await shared.take('b');
    await store.write({ type: 'mark', mark: markAt(0) });
    expect(await shared.marks(at(0))).toEqual([markAt(0)]);
    await shared.close();
  });
}
