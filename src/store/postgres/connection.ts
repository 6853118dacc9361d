/** Connections to the database: few, and none that is of no use any more. */
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import { Client, DatabaseError, Pool, types, type ClientConfig, type PoolClient } from 'pg';
import type { DatabaseAccess, DatabaseTls } from '../../core/ports/index.js';
import { JournalTrouble } from '../sql/engine.js';
import { prepareSession } from './session.js';

/** No more than so many at once. */
const most = 4;
/** Within this a connection has to be there, ms. */
const connectWithin = 5000;
/** A connection that nobody used for so long is closed, ms. */
const idleFor = 60_000;

export interface PoolOptions {
  /** Asked for each new connection: after a failover, or a change of the password, it is another. */
  readonly access: () => DatabaseAccess;
  /** For the answer to one statement, ms. */
  readonly patience: number;
}

/** The server did not answer, broke off, or was not let near. */
export class ConnectionLost extends Error {
  constructor(cause: unknown) {
    super(reasonOf(cause), { cause });
    this.name = 'ConnectionLost';
  }
}

export function openPool({ access, patience }: PoolOptions): PostgresPool {
  class Fresh extends Client {
    constructor() {
      super(configOf(access(), patience));
      this.setTypeParser(types.builtins.INT8, Number);
      // Whoever uses it is told by the answer; without a listener the program would end.
      this.on('error', nothing);
    }
  }
  const pool = new Pool({
    max: most,
    connectionTimeoutMillis: connectWithin,
    idleTimeoutMillis: idleFor,
    Client: Fresh,
    verify: (client, done) => {
      prepareSession(client, patience).then(() => {
        done();
      }, done);
    },
  });
  pool.on('error', nothing);
  return {
    options: {},
    end: () => pool.end(),
    connect: async () => watched(await pool.connect().catch(refuse)),
  };
}

/** After what shows that a connection is of no use, it says so to every question, and is not lent again. */
function watched(client: PoolClient): PostgresPoolClient {
  let broken: Error | undefined;
  const query = async (text: string, values: readonly unknown[]): Promise<unknown> => {
    if (broken !== undefined) throw broken;
    try {
      return await client.query(text, [...values]);
    } catch (error) {
      const told = inWords(error);
      if (isOver(told)) broken = told;
      throw told;
    }
  };
  return {
    query: query as PostgresPoolClient['query'],
    release: (destroy) => {
      client.release(destroy === true || broken !== undefined);
    },
  };
}

/** Also a server that has become a standby is not asked again. */
function isOver(error: Error): boolean {
  return error instanceof ConnectionLost || (error as { code?: unknown }).code === '25006';
}

function inWords(error: unknown): Error {
  return error instanceof DatabaseError || error instanceof JournalTrouble
    ? error
    : new ConnectionLost(error);
}

function refuse(error: unknown): never {
  throw inWords(error);
}

/** Everything is said here, for what is left out the library would take from the environment or from files. */
function configOf(
  { host, port, database, user, password = '', tls }: DatabaseAccess,
  patience: number,
): ClientConfig {
  return {
    ...{ host, port, database, user, password: () => password },
    ssl: tls === undefined ? false : tlsOf(tls),
    application_name: 'holdfast',
    // The server gives up first: this is for one that cannot say so any more.
    query_timeout: patience + 2000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  };
}

function tlsOf({ check, ca }: DatabaseTls): NonNullable<ClientConfig['ssl']> {
  return {
    rejectUnauthorized: check !== 'nothing',
    ...(ca === undefined ? {} : { ca }),
    ...(check === 'authority' ? { checkServerIdentity: () => undefined } : {}),
  };
}

/** Of several addresses of one name, each has a reason of its own, and all of them together none. */
function reasonOf(error: unknown): string {
  const { errors } = error as { errors?: readonly unknown[] };
  const { message } = (errors?.[0] ?? error) as { message?: string };
  return message ?? String(error);
}

function nothing(): undefined {
  return undefined;
}
