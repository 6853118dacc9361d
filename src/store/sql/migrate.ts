/** The journal's tables, version by version. Forward only; every database of ours understands what stands here. */
import { sql } from 'kysely';
import { InputError } from '../../core/input-error.js';
import type { Db, Engine, Trx } from './engine.js';
import { firstTables } from './first-tables.js';
import { notifyTables } from './notify.js';
import { partTable } from './part.js';
import { rotationTable } from './rotation.js';

/** Each brings the tables from the version before it to its own, which is its place in this list, from 1. */
const migrations: readonly ((trx: Trx) => Promise<void>)[] = [
  firstTables,
  rotationTable,
  partTable,
  notifyTables,
];

const currentVersion = migrations.length;

/** Tables that every version has: others call a table `schema_version`, too. */
const ours = ['schema_version', 'audit', 'chain'];

/** The version of the tables that are there; 0 where none is ours. */
async function versionOf({ tables }: Engine, db: Db): Promise<number> {
  const there = await tables(db);
  if (!ours.every((name) => there.includes(name))) return 0;
  const row = await db.selectFrom('schema_version').select('version').executeTakeFirst();
  return row?.version ?? 0;
}

/** @throws InputError where another program or a newer Holdfast keeps its tables. */
export async function refuseStrange(engine: Engine, db: Db = engine.db): Promise<void> {
  const { journal, place, instead } = engine.words;
  const version = await versionOf(engine, db);
  if (version > currentVersion)
    throw new InputError(
      `${journal} was written by a newer Holdfast (version ${version} of its tables, this one knows ` +
        `${currentVersion}): use that one, or a backup of before`,
    );
  if (version === 0 && (await engine.tables(db)).length > 0)
    throw new InputError(`${place} is a database of another program: ${instead}`);
}

/** @throws InputError where there is no journal yet, or one that only `holdfast run` brings up to date. */
export async function refuseOlder(engine: Engine): Promise<void> {
  const version = await versionOf(engine, engine.db);
  if (version === 0) throw noJournal(engine);
  if (version < currentVersion)
    throw new InputError(
      `${engine.words.journal} is of an older Holdfast: start holdfast run of this version once, which brings it up to date`,
    );
}

export function noJournal({ words }: Pick<Engine, 'words'>): InputError {
  return new InputError(`there is no ${words.journal.replace(/^the /, '')} yet: ${words.missing}`);
}

/** Brings the tables to the version of this program, whole or not at all. @throws InputError as refuseStrange does. */
export async function migrate(engine: Engine): Promise<void> {
  if ((await versionOf(engine, engine.db)) === currentVersion) return;
  await engine.alone(async (trx) => {
    // Others may have done it meanwhile, and a newer program more than that.
    await refuseStrange(engine, trx);
    const version = await versionOf(engine, trx);
    if (version === currentVersion) return;
    if (version === 0)
      await trx.schema.createTable('schema_version').addColumn('version', 'integer').execute();
    for (const step of migrations.slice(version)) await step(trx);
    await trx.deleteFrom('schema_version').execute();
    await trx.insertInto('schema_version').values({ version: currentVersion }).execute();
    for (const guard of engine.guards) await sql.raw(guard).execute(trx);
  });
}
