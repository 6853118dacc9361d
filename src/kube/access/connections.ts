import { createHash } from 'node:crypto';
import { Agent } from 'node:https';
import type { ClusterAccess } from './cluster-access.js';
import type { TlsMaterial } from './credentials.js';
import { present } from '../raw.js';

/**
 * Connections are kept for as long as the certificates stay what they are. Once these rotate, new requests open new
 * connections; a watch that runs on an old one stays until it ends by itself.
 */
export class Connections {
  readonly #access: ClusterAccess;
  #agent: Agent | undefined;
  #made = '';

  constructor(access: ClusterAccess) {
    this.#access = access;
  }

  agentFor(tls: TlsMaterial): Agent {
    const wanted = fingerprint(tls);
    if (this.#agent !== undefined && this.#made === wanted) return this.#agent;
    this.closeIdle();
    this.#made = wanted;
    this.#agent = new Agent({
      keepAlive: true,
      ...tls,
      ...present({ servername: this.#access.tlsServerName }),
    });
    return this.#agent;
  }

  close(): void {
    this.#agent?.destroy();
    this.#agent = undefined;
  }

  /** What is not in use at the moment may be as dead as what was found dead. */
  closeIdle(): void {
    for (const sockets of Object.values(this.#agent?.freeSockets ?? {}))
      for (const socket of sockets ?? []) socket.destroy();
  }
}

/** A hash, so that no key lies about as text for longer than needed. */
function fingerprint({ ca, cert, key }: TlsMaterial): string {
  return createHash('sha256')
    .update(JSON.stringify([ca, cert, key]))
    .digest('base64');
}
