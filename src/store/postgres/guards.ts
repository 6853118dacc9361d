/**
 * Nobody changes or removes an audit record by mistake: only what stands before the base of the chain may go, and the
 * base moves only onto a record that is there. A row counts what persons have said. Texts sort by their bytes, whatever
 * the language of the database.
 */
export const guards: readonly string[] = [
  ...[
    ['plan', 'hash'],
    ['approval', 'plan_hash'],
    ['quarantine', 'id'],
    ['pause', 'id'],
    ['rotation', 'id'],
    ['outbox', 'id'],
    ['told', 'target'],
    ['told', 'id'],
  ].map(([table, column]) => `alter table ${table} alter column ${column} type text collate "C"`),
  ...refusing('audit_stays', 'audit records are not changed'),
  ...refusing('audit_is_kept', 'audit records are not removed', 'old.seq > (select base_seq from chain)'),
  ...refusing(
    'audit_follows',
    'audit records follow each other',
    'not exists (select 1 from chain where head_seq = new.seq and head_hash = new.prev_hash)',
  ),
  ...refusing(
    'chain_grows',
    'the audit trail only grows',
    `new.head_seq < old.head_seq or new.base_seq < old.base_seq
     or (new.base_seq > old.base_seq
         and not exists (select 1 from audit where seq = new.base_seq and hash = new.base_hash))
     or (new.base_seq = old.base_seq and new.base_hash <> old.base_hash)`,
  ),
  ...refusing('chain_is_kept', 'the ends of the audit trail are not removed'),
  trigger('audit_stays', 'before update on audit for each row'),
  trigger('audit_is_kept', 'before delete on audit for each row'),
  trigger('audit_follows', 'before insert on audit for each row'),
  trigger('chain_grows', 'before update on chain for each row'),
  trigger('chain_is_kept', 'before delete on chain for each row'),
  trigger('audit_is_not_emptied', 'before truncate on audit for each statement', 'audit_stays'),
  trigger('chain_is_not_emptied', 'before truncate on chain for each statement', 'chain_is_kept'),
  'create table if not exists said (one integer primary key default 1 check (one = 1), n bigint not null)',
  'insert into said (n) values (0) on conflict do nothing',
  `create or replace function count_said() returns trigger language plpgsql as $$
   begin update said set n = n + 1; return null; end $$`,
  ...['approval', 'quarantine', 'pause'].map((table) =>
    trigger(
      `${table}_is_said`,
      `after insert or update or delete on ${table} for each statement`,
      'count_said',
    ),
  ),
];

/** A function for a trigger, which refuses when a condition holds. */
function refusing(name: string, reason: string, when = 'true'): readonly string[] {
  return [
    `create or replace function ${name}() returns trigger language plpgsql as $$
     begin
       if ${when} then raise exception '${reason}'; end if;
       if tg_op = 'DELETE' then return old; end if;
       return new;
     end $$`,
  ];
}

function trigger(name: string, when: string, calls = name): string {
  return `create or replace trigger ${name} ${when} execute function ${calls}()`;
}
