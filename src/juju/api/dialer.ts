import type { Random } from '../../core/ports/index.js';
import type { Endpoint } from './address.js';
import { ConnectionError, JujuApiError } from './api-error.js';
import { backoff } from './backoff.js';
import type { Credentials } from './login.js';
import { Semaphore } from './semaphore.js';
import type { RecordApi } from './recorder.js';
import { openSession, type Session, type SessionContext } from './session.js';

export interface DialerOptions extends SessionContext {
  readonly endpoint: Endpoint;
  readonly random: Random;
  /** The controller's CA as it is now, PEM: it may be replaced while we follow. The endpoint's own where there is none. */
  readonly currentCa?: () => string | undefined;
  /** Told of every answer on every connection. */
  readonly record?: RecordApi;
}

export interface Destination {
  readonly path: string;
  readonly credentials: Credentials;
  /** The model lives on another controller than ours. */
  readonly movedTo?: Endpoint | undefined;
}

/**
 * Opens all connections to one controller: knows its addresses (those of the last login first, the configured ones
 * always), paces the tries after failures for all connections together, and opens only a few at once.
 */
export class Dialer {
  readonly options: DialerOptions;
  #addresses: readonly string[];
  #failures = 0;
  #notBefore = 0;
  #pause = 0;
  #lastError: ConnectionError | undefined;
  readonly #slots: Semaphore;

  constructor(options: DialerOptions) {
    this.options = options;
    this.#addresses = options.endpoint.addresses;
    this.#slots = new Semaphore(options.settings.mostOpening);
  }

  /** The addresses in the order in which they will be tried. */
  get addresses(): readonly string[] {
    return this.#addresses;
  }

  /** Waits out the pause after a failure, then tries once. @throws JujuApiError, ConnectionError, or the signal's reason */
  async dial(destination: Destination, signal: AbortSignal): Promise<Session> {
    if (destination.movedTo !== undefined) return this.#openMoved(destination, destination.movedTo, signal);
    const failuresBefore = this.#failures;
    // A clock that was set back must not make the pause longer than it was meant to be.
    const pause = Math.min(this.#notBefore - this.options.clock.now(), this.#pause);
    if (pause > 0) await this.options.clock.sleep(pause, signal);
    return this.#slots.run(async () => {
      // Found still down while this one waited: no need for all to find out.
      if (this.#failures > failuresBefore && this.#lastError !== undefined) throw this.#lastError;
      return this.#open(destination, signal);
    });
  }

  async #open(destination: Destination, signal: AbortSignal): Promise<Session> {
    try {
      const session = await openSession({ endpoint: this.#endpoint(), ...destination }, this.options, signal);
      this.#succeeded(session);
      return session;
    } catch (error) {
      if (error instanceof ConnectionError) this.#failed(error);
      else if (error instanceof JujuApiError) this.#failures = 0;
      throw error;
    }
  }

  /** As it is to be reached at this moment. */
  #endpoint(): Endpoint {
    const { endpoint, currentCa } = this.options;
    const caCert = currentCa?.() ?? endpoint.caCert;
    return { addresses: this.#addresses, ...(caCert === undefined ? {} : { caCert }) };
  }

  #openMoved(destination: Destination, endpoint: Endpoint, signal: AbortSignal): Promise<Session> {
    return this.#slots.run(async () => {
      const session = await openSession({ endpoint, ...destination }, this.options, signal);
      return { movedTo: endpoint, ...session };
    });
  }

  #succeeded(session: Session): void {
    this.#failures = 0;
    this.#lastError = undefined;
    if (session.movedTo !== undefined) return;
    const known = [session.address, ...session.login.addresses, ...this.options.endpoint.addresses];
    this.#addresses = [...new Set(known)];
  }

  #failed(error: ConnectionError): void {
    this.#failures += 1;
    this.#lastError = error;
    const { clock, random, settings } = this.options;
    const limits = { first: settings.backoffFirst, most: settings.backoffMost };
    this.#pause = backoff(this.#failures, limits, random);
    this.#notBefore = clock.now() + this.#pause;
  }
}
