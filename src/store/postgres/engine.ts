import { Kysely, PostgresDialect, sql } from 'kysely';
import { InputError } from '../../core/input-error.js';
import type { Clock, DatabaseAccess } from '../../core/ports/index.js';
import { JournalTrouble, type Db, type Engine, type Trouble, type Words } from '../sql/engine.js';
import type { Tables } from '../sql/tables.js';
import { openPool } from './connection.js';
import { guards } from './guards.js';
import { oneAtATime } from './one-at-a-time.js';
import { transact, transactAlone } from './transaction.js';
import { troubleOf } from './troubles.js';

export interface DatabaseOptions {
  /** Asked for each new connection. */
  readonly access: () => DatabaseAccess;
  readonly clock: Clock;
  /** For the answer to one statement, ms. */
  readonly patience?: number;
}

type Ready = NonNullable<Engine['ready']>;
export type PostgresEngine = Engine & { readonly ready: Ready };

/** `prepare` finds out, or makes sure, that the database holds a journal: before anything else, and until it works. */
export function openEngine(
  { access, clock, patience = 10_000 }: DatabaseOptions,
  prepare: (engine: Engine) => Promise<void>,
): PostgresEngine {
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: openPool({ access, patience }) }) });
  const words = wordsFor(access());
  const about = { db, clock, place: words.place };
  const line = oneAtATime();
  const silent: Trouble = { state: 'lost', reason: `${words.place} has not answered yet` };
  let answered = false;
  const engine: Engine = {
    db,
    words,
    guards,
    // Within the program writes wait here, not each on a connection of its own.
    transaction: (work) => line(() => transact(about, work)),
    alone: (work) => transactAlone(about, work),
    tables: tableNames,
    writesOfOthers: () => saidSoFar(db),
    lookAround: () => (answered ? undefined : silent),
    troubleOf: (error) => troubleOf(error, words),
  };
  const ready = once(async () => {
    await prepare(engine);
    answered = true;
  });
  return { ...engine, ready };
}

function wordsFor({ host, port, database }: DatabaseAccess): Words {
  const place = `the database ${database} at ${host.includes(':') ? `[${host}]` : host}:${port}`;
  return {
    journal: `the journal in ${place}`,
    place,
    instead: 'give Holdfast one of its own',
    missing: 'holdfast run makes it',
  };
}

/** Of the schema that is used, without what belongs to an extension. */
async function tableNames(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class
    where relnamespace = to_regnamespace(quote_ident(current_schema())) and relkind in ('r', 'p')
      and not exists (select 1 from pg_depend
        where classid = 'pg_class'::regclass and objid = pg_class.oid and deptype = 'e')`.execute(db);
  return rows.map(({ name }) => name);
}

async function saidSoFar(db: Db): Promise<number> {
  const { rows } = await sql<{ n: number }>`select n from said`.execute(db);
  return rows[0]?.n ?? 0;
}

/** Does it until it has worked once; what is wrong with the database may be over the next time. */
function once(work: () => Promise<void>): Ready {
  let done: Promise<void> | undefined;
  return () =>
    (done ??= work().catch((error: unknown) => {
      done = undefined;
      if (!(error instanceof InputError)) throw error;
      throw new JournalTrouble({ state: 'lost', reason: error.message }, error);
    }));
}
