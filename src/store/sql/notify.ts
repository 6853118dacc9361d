/** Messages to be sent, and what was told, as rows: version 4 of the journal's tables. */
import type { OutboxMessage, Told } from '../../core/notify/message.js';
import type { Write } from '../../core/ports/index.js';
import type { Db, Trx } from './engine.js';
import { readJson } from './json.js';

export async function notifyTables({ schema }: Trx): Promise<void> {
  await schema
    .createTable('outbox')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('n', 'bigint', (column) => column.notNull())
    .addColumn('target', 'text', (column) => column.notNull())
    .addColumn('unit', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .execute();
  await schema
    .createTable('told')
    .addColumn('target', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('told_key', ['target', 'id'])
    .execute();
}

/** Rows of one statement: databases take only so many values at once. */
const atOnce = 500;

type Notified = Extract<Write, { type: 'outbox' | 'sent' | 'told' | 'untold' }>;

export async function applyNotified(trx: Trx, write: Notified): Promise<unknown> {
  switch (write.type) {
    case 'outbox':
      return putMessage(trx, write.entry);
    case 'sent':
      return trx.deleteFrom('outbox').where('id', '=', write.message).execute();
    case 'told':
      for (const part of partsOf(lastOfEach(write.told))) await putTold(trx, part);
      return undefined;
    case 'untold':
      for (const ids of partsOf(write.ids))
        await trx.deleteFrom('told').where('target', '=', write.target).where('id', 'in', ids).execute();
      return undefined;
  }
}

function putMessage(trx: Trx, entry: OutboxMessage): Promise<unknown> {
  const { target, unit, message } = entry;
  const standing = { target, unit, body: JSON.stringify(entry) };
  return trx
    .insertInto('outbox')
    .values((row) => ({
      id: message.id,
      n: row
        .selectFrom('outbox')
        .select((of) => of(of.fn.coalesce(of.fn.max('n'), of.lit(0)), '+', 1).as('n')),
      ...standing,
    }))
    .onConflict((there) => there.column('id').doUpdateSet(standing))
    .execute();
}

/** One statement of PostgreSQL may not write a row twice. */
function lastOfEach(told: readonly Told[]): readonly Told[] {
  return [...new Map(told.map((one) => [JSON.stringify([one.target, one.id]), one])).values()];
}

function putTold(trx: Trx, part: readonly Told[]): Promise<unknown> {
  return trx
    .insertInto('told')
    .values(part.map((one) => ({ target: one.target, id: one.id, body: JSON.stringify(one) })))
    .onConflict((there) =>
      there.columns(['target', 'id']).doUpdateSet((row) => ({ body: row.ref('excluded.body') })),
    )
    .execute();
}

export async function readOutbox(db: Db): Promise<readonly OutboxMessage[]> {
  const rows = await db.selectFrom('outbox').select('body').orderBy('n').orderBy('id').execute();
  return rows.map(({ body }) => readJson(body, 'a message') as OutboxMessage);
}

export async function readTold(db: Db): Promise<readonly Told[]> {
  const rows = await db.selectFrom('told').select('body').orderBy('target').orderBy('id').execute();
  return rows.map(({ body }) => readJson(body, 'what was told') as Told);
}

function partsOf<T>(all: readonly T[]): readonly (readonly T[])[] {
  const parts: (readonly T[])[] = [];
  for (let from = 0; from < all.length; from += atOnce) parts.push(all.slice(from, from + atOnce));
  return parts;
}
