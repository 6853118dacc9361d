/** What is asked of every session before it is used. */
import type { ClientBase } from 'pg';
import { JournalTrouble } from '../sql/engine.js';

/** The oldest server that has what is used here. */
const oldest = 14;

/**
 * A session that stalls amid a transaction keeps others from writing: so long, ms, until the server ends it. Others wait
 * longer than that for a lock.
 */
const stall = 5000;

/**
 * A write is to be on disk when it returns, also where the server is set up otherwise. As settings of the session, not
 * of the connection's beginning, for a pooler in between refuses those that it does not know.
 */
const text = `
  select
    set_config('statement_timeout', $1, false),
    set_config('idle_in_transaction_session_timeout', $2, false),
    set_config('synchronous_commit',
      replace(current_setting('synchronous_commit'), 'off', 'on'), false),
    set_config('default_transaction_isolation', 'read committed', false),
    current_setting('server_version_num')::int / 10000 as version,
    current_setting('server_encoding') as encoding,
    pg_is_in_recovery() as standby`;

interface Server {
  readonly version: number;
  readonly encoding: string;
  readonly standby: boolean;
}

/** `patience` in ms. @throws JournalTrouble where no journal can be kept on this server. */
export async function prepareSession(client: ClientBase, patience: number): Promise<void> {
  const { rows } = await client.query<Server>(text, [
    String(patience),
    String(Math.min(stall, patience / 2)),
  ]);
  const [server] = rows;
  const wrong = server === undefined ? 'the server does not say what it is' : wrongWith(server);
  if (wrong !== undefined) throw new JournalTrouble({ state: 'lost', reason: wrong });
}

function wrongWith({ version, encoding, standby }: Server): string | undefined {
  if (version < oldest)
    return `the journal needs PostgreSQL ${oldest} or later, and the server is ${version}`;
  if (encoding !== 'UTF8') return `the journal needs a database in UTF8, and this one is in ${encoding}`;
  return standby ? 'the database server is a standby, which cannot be written: name the primary' : undefined;
}
