/** Changes of passwords as rows: version 2 of the journal's tables. */
import type { Rotation } from '../../core/ports/index.js';
import { rotationKey } from '../rotation-key.js';
import type { Db, Trx } from './engine.js';
import { readJson } from './json.js';

export async function rotationTable({ schema }: Trx): Promise<void> {
  await schema
    .createTable('rotation')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('body', 'text', (column) => column.notNull())
    .execute();
}

export function putRotation(trx: Trx, rotation: Rotation): Promise<unknown> {
  const body = JSON.stringify(rotation);
  return trx
    .insertInto('rotation')
    .values({ id: rotationKey(rotation), body })
    .onConflict((there) => there.column('id').doUpdateSet({ body }))
    .execute();
}

export async function readRotations(db: Db): Promise<readonly Rotation[]> {
  const rows = await db.selectFrom('rotation').select('body').orderBy('id').execute();
  return rows.map(({ body }) => readJson(body, 'a change of a password') as Rotation);
}
