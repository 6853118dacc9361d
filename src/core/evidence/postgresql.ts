/** How PostgreSQL and PgBouncer are set up, as their files say it. */

/** What Patroni gives PostgreSQL, and how it serves its own interface. */
export interface PostgresqlSettings {
  /** Whether `ssl` is on; absent: not written, which means off. */
  readonly ssl?: boolean;
  /** `password_encryption`, in lower case; absent: not written, so that the server's default holds. */
  readonly passwordEncryption?: string;
  readonly logConnections?: boolean;
  readonly logDisconnections?: boolean;
  /** What happens to full segments of the log; absent: no command is written. */
  readonly archiving?: 'pgbackrest' | 'none' | 'other';
  /** The rules for who may connect, in their order: the first that fits decides. */
  readonly rules: readonly HbaRule[];
  /** Whether Patroni's interface has a certificate of its own. */
  readonly restCertificate: boolean;
  /** Whether Patroni's interface asks for a password where something is changed. */
  readonly restAuthentication: boolean;
}

export type HbaType = 'local' | 'host' | 'hostssl' | 'hostnossl' | 'hostgssenc' | 'hostnogssenc';

/** One row of `pg_hba.conf`. Options with secrets are left out. */
export interface HbaRule {
  readonly type: HbaType;
  readonly databases: readonly string[];
  readonly users: readonly string[];
  /** Address and mask, or a host's name; absent for `local`. */
  readonly address?: string;
  readonly method: string;
}

/**
 * PgBouncer's own section, of all the processes that a unit runs: of each setting the weakest. Values in lower case, with the
 * program's defaults where nothing is written.
 */
export interface PgbouncerSettings {
  readonly authType: string;
  readonly clientTls: string;
  readonly serverTls: string;
  /** Absent: it listens on no network. */
  readonly listenAddress?: string;
  /** Absent where it was not told. */
  readonly instances?: number;
}
