/** Batches of writes of which each is whole or not there at all. */
import type { Journal, Write } from '../../src/core/ports/index.js';
import { approvalOf, entryNamed, markAt, planNamed, remediationNamed, stepOf } from './journal-samples.js';

/** The n-th batch of a writer: every kind of write that several writers could get in each other's way with. */
export function batchOf(writer: string, n: number): readonly Write[] {
  const id = `${writer}-${n}`;
  const all: readonly Write[] = [
    { type: 'audit', entry: entryNamed('Begun', { actor: writer, body: { n } }) },
    { type: 'remediation', remediation: remediationNamed(id) },
    { type: 'step', step: stepOf(id, 1, { by: writer }) },
    { type: 'mark', mark: markAt(n % 60, { application: writer }) },
    // The same rows for all of them, in one order here and in the other there.
    { type: 'plan', plan: planNamed('shared') },
    { type: 'plan', plan: planNamed('too') },
    { type: 'approval', approval: approvalOf('shared', { by: writer }) },
    { type: 'audit', entry: entryNamed('Ended', { actor: writer, body: { n } }) },
  ];
  const [plans, rest] = [all.slice(4, 6), all.filter((_one, at) => at < 4 || at > 5)];
  return n % 2 === 0 ? all : [...plans.toReversed(), ...rest.toReversed()];
}

/** What of a writer's batches is there; throws where one of them is there in part. */
export async function batchesOf(writer: string, journal: Journal): Promise<number> {
  const records = await journal.auditLog({ limit: 1_000_000 });
  const mine = records.filter(({ actor }) => actor === writer).length;
  const remediations = (await journal.remediations(0)).filter(({ id }) => id.startsWith(`${writer}-`));
  const marks = (await journal.marks('2000-01-01T00:00:00Z')).filter(
    ({ application }) => application === writer,
  );
  if (mine !== remediations.length * 2 || marks.length !== remediations.length)
    throw new Error(`${writer}: ${mine} records, ${remediations.length} remediations, ${marks.length} marks`);
  for (const { id } of remediations)
    if ((await journal.steps(id)).length !== 1) throw new Error(`${id} has no step`);
  return remediations.length;
}
