/** Who may do what in etcd, as etcd itself lists it to a user of its own. No password or hash is among it. */

export interface EtcdUsers {
  readonly users: readonly EtcdUser[];
  readonly roles: readonly EtcdRole[];
  /** As whom it was asked. */
  readonly askedAs: string;
}

export interface EtcdUser {
  readonly name: string;
  readonly roles: readonly string[];
}

export interface EtcdRole {
  readonly name: string;
  readonly permissions: readonly EtcdPermission[];
}

/** Keys from `from` on. Bytes that are no text are told as `\xNN`. */
export interface EtcdPermission {
  readonly access: 'read' | 'write' | 'readwrite';
  readonly from: string;
  /** The first key beyond; `\x00`: no end; absent: the one key alone. */
  readonly to?: string;
}

/** As whom etcd is asked for its users. */
export interface EtcdIdentity {
  /** PEM of the CA that etcd's certificate has to come from. */
  readonly ca: string;
  /** PEM both; the common name is taken for the user. */
  readonly cert?: string;
  readonly key?: string;
  readonly user?: string;
  readonly password?: string;
  /** 2379 unless said. */
  readonly port?: number;
}
