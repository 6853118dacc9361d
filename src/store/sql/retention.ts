/** Removes what is at its end and old enough. */
import type { Retention } from '../../core/policy/rails.js';
import { instant } from '../../core/time.js';
import type { Link } from '../chain.js';
import { append, walk } from './audit.js';
import type { Trx } from './engine.js';

/** `now` in ms. */
export async function retire(trx: Trx, { remediations, audit }: Retention, now: number): Promise<void> {
  await retireWork(trx, now - remediations * 1000);
  await retireTrail(trx, now - audit * 1000, now);
}

async function retireWork(trx: Trx, before: number): Promise<void> {
  await trx.deleteFrom('remediation').where('ended', '=', 1).where('updated_ms', '<', before).execute();
  await trx
    .deleteFrom('plan')
    .where('at_ms', '<', before)
    .where('hash', 'not in', (of) => of.selectFrom('remediation').select('plan_hash'))
    .execute();
  await trx.deleteFrom('approval').where('expires_ms', '<', before).execute();
  await trx.deleteFrom('pause').where('until_ms', '<', before).execute();
  await trx.deleteFrom('mark').where('at_ms', '<', before).execute();
}

/**
 * Removes the beginning of the audit trail, says so in the trail, and keeps the last hash removed: what is left follows
 * it. A beginning that does not hold against its hashes stays, for somebody to look at.
 */
async function retireTrail(trx: Trx, before: number, now: number): Promise<void> {
  const { base_seq, base_hash } = await trx.selectFrom('chain').selectAll().executeTakeFirstOrThrow();
  const base: Link = { seq: base_seq, hash: base_hash };
  const last = await lastBefore(trx, before);
  if (last === undefined || last.seq <= base.seq) return;
  if ((await walk(trx, base, last)).state === 'broken') return;
  await append(trx, {
    at: instant(now),
    actor: 'holdfast',
    event: 'AuditTrimmed',
    why: `records up to number ${last.seq} are older than they are kept`,
    body: { through: last.seq, hash: last.hash },
  });
  await trx.updateTable('chain').set({ base_seq: last.seq, base_hash: last.hash }).execute();
  await trx.deleteFrom('audit').where('seq', '<=', last.seq).execute();
}

/** The record before the first one that is young enough to be kept. */
async function lastBefore(trx: Trx, before: number): Promise<Link | undefined> {
  const young = await trx
    .selectFrom('audit')
    .select((of) => of.fn.min<number | null>('seq').as('seq'))
    .where('at_ms', '>=', before)
    .executeTakeFirst();
  const wanted = trx.selectFrom('audit').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1);
  const seq = young?.seq ?? undefined;
  const row = await (seq === undefined ? wanted : wanted.where('seq', '<', seq)).executeTakeFirst();
  return row === undefined ? undefined : { seq: row.seq, hash: row.hash };
}
