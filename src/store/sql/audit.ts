/** The audit trail as rows. */
import type { AuditEntry, AuditQuery, AuditRecord, ChainVerdict } from '../../core/ports/index.js';
import { millis } from '../../core/time.js';
import { bodyText, broken, ChainCheck, sealed, type Link } from '../chain.js';
import type { Db, Trx } from './engine.js';
import { readJson } from './json.js';
import type { AuditRow } from './tables.js';

/** Records that are read at once while the trail is verified. */
const chunk = 500;

/** Writes the next record. Moving the head first keeps others, on databases that let them in, from doing so too. */
export async function append(trx: Trx, entry: AuditEntry): Promise<void> {
  const { seq, hash } = await trx
    .updateTable('chain')
    .set((row) => ({ head_seq: row('head_seq', '+', 1) }))
    .returning(['head_seq as seq', 'head_hash as hash'])
    .executeTakeFirstOrThrow();
  const record = sealed(entry, { seq: seq - 1, hash });
  await trx.insertInto('audit').values(rowOf(record)).execute();
  await trx.updateTable('chain').set({ head_hash: record.hash }).execute();
}

export async function readAudit(db: Db, query: AuditQuery): Promise<readonly AuditRecord[]> {
  const { after, since, limit, newest = false } = query;
  let wanted = db.selectFrom('audit').selectAll();
  if (after !== undefined) wanted = wanted.where('seq', '>', after);
  if (since !== undefined) wanted = wanted.where('at_ms', '>=', millis(since));
  const rows = await wanted
    .orderBy('seq', newest ? 'desc' : 'asc')
    .limit(limit)
    .execute();
  return (newest ? rows.reverse() : rows).map(recordOf);
}

/** Reads the trail from its beginning to where it ended when this was called. */
export async function verify(db: Db): Promise<ChainVerdict> {
  const ends = await readEnds(db);
  const stray = strayOf(ends);
  if (stray !== undefined) return stray;
  const found = await walk(db, ends.base, ends.head);
  const { base } = await readEnds(db);
  // Retention has removed records meanwhile: what was missing then says nothing.
  return base.seq === ends.base.seq ? found : verify(db);
}

/** Holds the records between two links against their hashes. */
export async function walk(db: Db, base: Link, head: Link): Promise<ChainVerdict> {
  const check = new ChainCheck(base, head);
  for (let after = base.seq; after < head.seq; after += chunk) {
    const rows = await db
      .selectFrom('audit')
      .selectAll()
      .where('seq', '>', after)
      .where('seq', '<=', Math.min(after + chunk, head.seq))
      .orderBy('seq')
      .execute();
    for (const row of rows) {
      const verdict = takeRow(check, row);
      if (verdict !== undefined) return verdict;
    }
  }
  return check.end();
}

interface Ends {
  readonly base: Link;
  readonly head: Link;
  /** Numbers of the first and the last record that are there. */
  readonly least: number | undefined;
  readonly most: number | undefined;
}

async function readEnds(db: Db): Promise<Ends> {
  const row = await db
    .selectFrom('chain')
    .selectAll()
    .select((from) => [
      from
        .selectFrom('audit')
        .select((of) => of.fn.min('seq').as('least'))
        .as('least'),
      from
        .selectFrom('audit')
        .select((of) => of.fn.max('seq').as('most'))
        .as('most'),
    ])
    .executeTakeFirst();
  if (row === undefined) return { base: nowhere, head: nowhere, least: undefined, most: undefined };
  return {
    base: { seq: row.base_seq, hash: row.base_hash },
    head: { seq: row.head_seq, hash: row.head_hash },
    least: row.least ?? undefined,
    most: row.most ?? undefined,
  };
}

/** Stands in where the row that tells beginning and end was removed: no record follows it. */
const nowhere: Link = { seq: 0, hash: '' };

function strayOf({ base, head, least, most }: Ends): ChainVerdict | undefined {
  if (head.hash === '') return broken(1, 'cannot be told from others: the ends of the trail were removed');
  if (least !== undefined && least <= base.seq) return broken(least, 'was put before the beginning');
  return most !== undefined && most > head.seq ? broken(head.seq + 1, 'was put behind the end') : undefined;
}

function takeRow(check: ChainCheck, row: AuditRow): ChainVerdict | undefined {
  try {
    const record = recordOf(row);
    const same = bodyText(record.body) === row.body && millis(record.at) === row.at_ms;
    return check.take(record) ?? (same ? undefined : broken(row.seq, 'was altered'));
  } catch {
    return broken(row.seq, 'was altered');
  }
}

function rowOf({ seq, at, actor, event, why, body, prevHash, hash }: AuditRecord): AuditRow {
  return { seq, at, at_ms: millis(at), actor, event, why, body: bodyText(body), prev_hash: prevHash, hash };
}

function recordOf(row: AuditRow): AuditRecord {
  const { seq, at, actor, event, why, body, prev_hash: prevHash, hash } = row;
  const plain = readJson(body, `record ${seq} of the audit trail`) as AuditRecord['body'];
  return { kind: 'AuditRecord', version: 'v1', seq, at, actor, event, why, body: plain, prevHash, hash };
}
