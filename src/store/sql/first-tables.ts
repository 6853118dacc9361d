/** Version 1 of the journal's tables: see tables.ts for what stands in them. */
import { sql } from 'kysely';
import { noHash } from '../chain.js';
import type { Trx } from './engine.js';

export async function firstTables(trx: Trx): Promise<void> {
  await createWork(trx);
  await createOrders(trx);
  await createTrail(trx);
}

async function createWork({ schema }: Trx): Promise<void> {
  await schema
    .createTable('remediation')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('n', 'bigint', (column) => column.notNull().unique())
    .addColumn('plan_hash', 'text', (column) => column.notNull())
    .addColumn('target', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('ended', 'integer', (column) => column.notNull())
    .addColumn('updated_ms', 'bigint', (column) => column.notNull())
    .addColumn('fence', 'bigint', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .execute();
  await schema.createIndex('remediation_by_end').on('remediation').columns(['ended', 'updated_ms']).execute();
  await schema.createIndex('remediation_by_plan').on('remediation').column('plan_hash').execute();
  await schema
    .createTable('step')
    .addColumn('remediation', 'text', (column) => column.notNull())
    .addColumn('n', 'integer', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('fence', 'bigint', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('step_key', ['remediation', 'n'])
    .addForeignKeyConstraint('step_of', ['remediation'], 'remediation', ['id'], (key) =>
      key.onDelete('cascade').deferrable().initiallyDeferred(),
    )
    .execute();
  await schema
    .createTable('mark')
    .addColumn('n', 'integer', (column) => column.primaryKey())
    .addColumn('at_ms', 'bigint', (column) => column.notNull())
    .addColumn('controller', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .execute();
  await schema.createIndex('mark_by_time').on('mark').column('at_ms').execute();
}

async function createOrders({ schema }: Trx): Promise<void> {
  await schema
    .createTable('plan')
    .addColumn('hash', 'text', (column) => column.primaryKey())
    .addColumn('at_ms', 'bigint', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .execute();
  await schema
    .createTable('approval')
    .addColumn('plan_hash', 'text', (column) => column.primaryKey())
    .addColumn('at_ms', 'bigint', (column) => column.notNull())
    .addColumn('expires_ms', 'bigint', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('plan', 'text', (column) => column.notNull())
    .execute();
  await schema
    .createTable('quarantine')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('since_ms', 'bigint', (column) => column.notNull())
    .addColumn('control', 'text', (column) => column.notNull())
    .addColumn('target', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .execute();
  await schema
    .createTable('pause')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('at_ms', 'bigint', (column) => column.notNull())
    .addColumn('until_ms', 'bigint')
    .addColumn('body', 'text', (column) => column.notNull())
    .execute();
}

async function createTrail(trx: Trx): Promise<void> {
  await trx.schema
    .createTable('daemon')
    .addColumn('one', 'integer', (column) =>
      column
        .primaryKey()
        .defaultTo(1)
        .check(sql`one = 1`),
    )
    .addColumn('fence', 'bigint', (column) => column.notNull())
    .addColumn('writes', 'bigint', (column) => column.notNull())
    .execute();
  await trx.schema
    .createTable('audit')
    .addColumn('seq', 'integer', (column) => column.primaryKey())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('at_ms', 'bigint', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('event', 'text', (column) => column.notNull())
    .addColumn('why', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('prev_hash', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .execute();
  await trx.schema.createIndex('audit_by_time').on('audit').column('at_ms').execute();
  await trx.schema
    .createTable('chain')
    .addColumn('one', 'integer', (column) =>
      column
        .primaryKey()
        .defaultTo(1)
        .check(sql`one = 1`),
    )
    .addColumn('base_seq', 'bigint', (column) => column.notNull())
    .addColumn('base_hash', 'text', (column) => column.notNull())
    .addColumn('head_seq', 'bigint', (column) => column.notNull())
    .addColumn('head_hash', 'text', (column) => column.notNull())
    .execute();
  await sql`insert into daemon (fence, writes) values (0, 0)`.execute(trx);
  await trx
    .insertInto('chain')
    .values({ base_seq: 0, base_hash: noHash, head_seq: 0, head_hash: noHash })
    .execute();
}
