/**
 * Nobody who goes through SQLite changes or removes an audit record by mistake: only what stands before the base of the
 * chain may go, and the base moves only onto a record that is there.
 */
export const guards: readonly string[] = [
  `create trigger if not exists audit_stays before update on audit
   begin select raise(abort, 'audit records are not changed'); end`,
  `create trigger if not exists audit_is_kept before delete on audit
   when old.seq > (select base_seq from chain)
   begin select raise(abort, 'audit records are not removed'); end`,
  `create trigger if not exists audit_follows before insert on audit
   when not exists (select 1 from chain where head_seq = new.seq and head_hash = new.prev_hash)
   begin select raise(abort, 'audit records follow each other'); end`,
  `create trigger if not exists chain_grows before update on chain
   when new.head_seq < old.head_seq or new.base_seq < old.base_seq
     or (new.base_seq > old.base_seq
         and not exists (select 1 from audit where seq = new.base_seq and hash = new.base_hash))
     or (new.base_seq = old.base_seq and new.base_hash <> old.base_hash)
   begin select raise(abort, 'the audit trail only grows'); end`,
  `create trigger if not exists chain_is_kept before delete on chain
   begin select raise(abort, 'the ends of the audit trail are not removed'); end`,
];
