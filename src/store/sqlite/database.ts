/** `node:sqlite` in the shape that kysely's SQLite dialect asks for. */
import type { DatabaseSync } from 'node:sqlite';
import { type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { SqliteDatabase, SqliteStatement } from 'kysely';

/**
 * Transactions take the lock for writing at once: one that only read first could not get it later, however long it
 * waited, once another process has written in between.
 */
export function asKyselyDatabase(database: DatabaseSync): SqliteDatabase {
  return {
    close: () => {
      if (database.isOpen) database.close();
    },
    prepare: (text) => {
      // After a full disk SQLite has rolled back by itself, and there is nothing left to roll back.
      if (text === 'rollback' && !database.isTransaction) return nothing;
      return statementOf(database.prepare(text === 'begin' ? 'begin immediate' : text));
    },
  };
}

function statementOf(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...(parameters as SQLInputValue[])),
    run: (parameters) => statement.run(...(parameters as SQLInputValue[])),
    iterate: (parameters) => statement.iterate(...(parameters as SQLInputValue[])),
  };
}

const nothing: SqliteStatement = {
  reader: false,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [].values(),
};
