/** The journal's tables, version by version. Forward only; every database of ours understands what stands here. */
import { sql } from 'kysely';
import type { Db, Engine, Trx } from './engine.js';
import { firstTables } from './first-tables.js';
import { rotationTable } from './rotation.js';

/** Each brings the tables from the version before it to its own, which is its place in this list, from 1. */
const migrations: readonly ((trx: Trx) => Promise<void>)[] = [firstTables, rotationTable];

export const currentVersion = migrations.length;

/** The version of the tables that are there; 0 where there are none. */
export async function versionOf(db: Db): Promise<number> {
  const tables = await db.introspection.getTables();
  if (!tables.some(({ name }) => name === 'schema_version')) return 0;
  const row = await db.selectFrom('schema_version').select('version').executeTakeFirst();
  return row?.version ?? 0;
}

/** Whether there is anything in it, of ours or not. */
export async function isEmpty(db: Db): Promise<boolean> {
  return (await db.introspection.getTables()).length === 0;
}

/** Brings the tables to the version of this program, whole or not at all. */
export async function migrate({ db, guards }: Engine): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const version = await versionOf(trx);
    if (version >= currentVersion) return;
    if (version === 0)
      await trx.schema.createTable('schema_version').addColumn('version', 'integer').execute();
    for (const step of migrations.slice(version)) await step(trx);
    await trx.deleteFrom('schema_version').execute();
    await trx.insertInto('schema_version').values({ version: currentVersion }).execute();
    for (const guard of guards) await sql.raw(guard).execute(trx);
  });
}
