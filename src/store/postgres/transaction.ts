/** Transactions of which it is known at the end whether they were made. */
import { sql } from 'kysely';
import type { Clock } from '../../core/ports/index.js';
import { JournalTrouble, type Db, type Trx } from '../sql/engine.js';

/** How often the server is asked what became of a transaction, and how long is waited in between, ms. */
const asked = { times: 10, every: 1000 };

export interface Transactions {
  readonly db: Db;
  readonly clock: Clock;
  /** As in `the database holdfast at db:5432`. */
  readonly place: string;
}

/**
 * Writes while nobody else does: the row that tells the ends of the trail is locked first, so that numbers follow each
 * other, and two writers never wait for each other. Where the connection breaks off while the transaction is committed,
 * the server is asked what became of it.
 * @throws JournalTrouble where that cannot be found out.
 */
export async function transact<T>(about: Transactions, work: (trx: Trx) => Promise<T>): Promise<T> {
  const last: { id?: string; result?: { readonly value: T } } = {};
  try {
    return await about.db.transaction().execute(async (trx) => {
      last.id = await lock(trx, about);
      const value = await work(trx);
      last.result = { value };
      return value;
    });
  } catch (error) {
    const { id, result } = last;
    if (id === undefined || result === undefined || !(await wasMade(id, about, error))) throw error;
    return result.value;
  }
}

/** A transaction beside which no other of these runs. */
export async function transactAlone<T>({ db }: Transactions, work: (trx: Trx) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('holdfast journal', 0))`.execute(trx);
    return work(trx);
  });
}

/** @returns the transaction's number. */
async function lock(trx: Trx, { place }: Transactions): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select pg_current_xact_id()::text as id from chain for update`.execute(trx);
  const [row] = rows;
  if (row !== undefined) return row.id;
  const reason = `the journal in ${place} is damaged: the ends of the audit trail were removed`;
  throw new JournalTrouble({ state: 'corrupt', reason });
}

async function wasMade(id: string, about: Transactions, error: unknown): Promise<boolean> {
  for (let time = 0; time < asked.times; time += 1) {
    const status = await statusOf(id, about.db).catch(() => undefined);
    if (status === 'committed') return true;
    if (status === 'aborted') return false;
    await about.clock.sleep(asked.every);
  }
  const reason = `${about.place} was lost amid a write: whether it was made is not known`;
  throw new JournalTrouble({ state: 'lost', reason }, error);
}

async function statusOf(id: string, db: Db): Promise<string | undefined> {
  const { rows } = await sql<{ status: string | null }>`select pg_xact_status(${id}::xid8) as status`.execute(
    db,
  );
  return rows[0]?.status ?? undefined;
}
