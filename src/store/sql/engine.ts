import type { Kysely, Transaction } from 'kysely';
import type { StoreHealth } from '../../core/ports/index.js';
import type { Tables } from './tables.js';

export type Db = Kysely<Tables>;
export type Trx = Transaction<Tables>;

/** What keeps a journal from being relied on. */
export type Trouble = Exclude<StoreHealth, { readonly state: 'ok' }>;

/** How the place of a journal is spoken of, and what a person does where it is of no use. */
export interface Words {
  /** As in `the journal /var/lib/holdfast/journal.sqlite`. */
  readonly journal: string;
  /** The database alone, where it is another program's. */
  readonly place: string;
  /** What to name instead of the database of another program. */
  readonly instead: string;
  /** Why there may be no journal yet. */
  readonly missing: string;
}

/** A database under the journal: everything in which one differs from another. */
export interface Engine {
  readonly db: Db;
  readonly words: Words;
  /** Writes all that `work` writes, or nothing of it, and one at a time: beside it nobody else writes. */
  readonly transaction: <T>(work: (trx: Trx) => Promise<T>) => Promise<T>;
  /** A transaction beside which nobody else changes the tables themselves, which may not be there yet. */
  readonly alone: <T>(work: (trx: Trx) => Promise<T>) => Promise<T>;
  /** Names of the tables that are there, of ours or not. */
  readonly tables: (db: Db) => Promise<readonly string[]>;
  /** Before anything else: finds out, once it can be reached, that it is a journal. Rejects with JournalTrouble. */
  readonly ready?: () => Promise<void>;
  /** SQL after which nothing but retention can change or remove an audit record; harmless where it was run before. */
  readonly guards: readonly string[];
  /** A number that changes whenever somebody else said something: an approval, a quarantine, a pause. */
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
