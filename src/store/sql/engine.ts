import type { Kysely, Transaction } from 'kysely';
import type { StoreHealth } from '../../core/ports/index.js';
import type { Tables } from './tables.js';

export type Db = Kysely<Tables>;
export type Trx = Transaction<Tables>;

/** What keeps a journal from being relied on. */
export type Trouble = Exclude<StoreHealth, { readonly state: 'ok' }>;

/** A database under the journal: everything in which one differs from another. */
export interface Engine {
  readonly db: Db;
  /** SQL after which nothing but retention can change or remove an audit record; harmless where it was run before. */
  readonly guards: readonly string[];
  /** A number that changes whenever somebody else wrote. */
  readonly writesOfOthers: () => number | Promise<number>;
  /** What can be seen to be wrong without writing. */
  readonly lookAround: () => Trouble | undefined;
  /** What an error says of the journal; undefined when it says something else. */
  readonly troubleOf: (error: unknown) => Trouble | undefined;
}

/** Thrown instead of the database's error: says in words what is wrong with the journal, and what to do. */
export class JournalTrouble extends Error {
  readonly trouble: Trouble;

  constructor(trouble: Trouble, cause?: unknown) {
    super(trouble.reason, { cause });
    this.name = 'JournalTrouble';
    this.trouble = trouble;
  }
}
