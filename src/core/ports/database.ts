/** How to reach a PostgreSQL database. Never printed, logged or put into a report. */
export interface DatabaseAccess {
  /** A name or an address; where it begins with a slash, the folder of a socket. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password?: string;
  /** Absent: in clear text. */
  readonly tls?: DatabaseTls;
}

export interface DatabaseTls {
  /** The server's certificate is held against its authority and its name, against its authority, or against nothing. */
  readonly check: 'name' | 'authority' | 'nothing';
  /** PEM of the authority; absent: those that are known everywhere. */
  readonly ca?: string;
}
