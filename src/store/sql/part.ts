/** Who works on which part of the estate: version 3 of the journal's tables. The whole is the part without a name. */
import { sql } from 'kysely';
import { StaleFence } from '../../core/ports/index.js';
import type { Db, Trx } from './engine.js';

/** A part as its holder took it. */
export interface Held {
  readonly part: string;
  readonly fence: number;
  /** Tells this taking from every other, also where a database that was restored gives the same fence again. */
  readonly holder: string;
}

export interface Taking {
  readonly part: string;
  readonly holder: string;
  /** ms since the epoch. */
  readonly now: number;
}

export async function partTable(trx: Trx): Promise<void> {
  await trx.schema
    .createTable('part')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('fence', 'bigint', (column) => column.notNull())
    .addColumn('writes', 'bigint', (column) => column.notNull())
    .addColumn('holder', 'text', (column) => column.notNull())
    .addColumn('taken_ms', 'bigint', (column) => column.notNull())
    .execute();
  await sql`insert into part select '', fence, writes, '', 0 from daemon`.execute(trx);
  await trx.schema.dropTable('daemon').execute();
}

/** Takes a part over from whoever has it; waits for a write of theirs that is under way. */
export async function takePart(db: Db, { part, holder, now }: Taking): Promise<Held> {
  const { fence } = await db
    .insertInto('part')
    .values({ name: part, fence: 1, writes: 0, holder, taken_ms: now })
    .onConflict((there) =>
      there
        .column('name')
        .doUpdateSet((row) => ({ fence: row('part.fence', '+', 1), writes: 0, holder, taken_ms: now })),
    )
    .returning('fence')
    .executeTakeFirstOrThrow();
  return { part, fence, holder };
}

/**
 * Holds that a daemon still has its part, and lets no other take it before the transaction ends.
 * @throws StaleFence
 */
export async function holdPart(trx: Trx, { part, fence, holder }: Held): Promise<void> {
  const { numUpdatedRows } = await trx
    .updateTable('part')
    .set((row) => ({ writes: row('writes', '+', 1) }))
    .where('name', '=', part)
    .where('fence', '=', fence)
    .where('holder', '=', holder)
    .executeTakeFirst();
  if (numUpdatedRows > 0n) return;
  const row = await trx.selectFrom('part').select('fence').where('name', '=', part).executeTakeFirst();
  throw new StaleFence(fence, row?.fence ?? 0);
}
