import type { Guide } from '../../core/control.js';
import type { WebPolicy } from '../../core/policy/web.js';
import type { Clock, DaemonView, Journal, Log } from '../../core/ports/index.js';
import type { Metrics } from '../metrics.js';
import type { Principal } from './access/principal.js';
import type { Session } from './access/sessions.js';
import type { TrendStore } from './trend.js';

export interface WebOptions {
  /** `host:port`; port 0 takes a free one. */
  readonly listen: string;
  /** What is to be written to choose another one; `--listen or HOLDFAST_LISTEN` where absent. */
  readonly listenBy?: string;
  /** Absent: read-only, and for this machine only. */
  readonly web?: WebPolicy | undefined;
  /** Undefined while the daemon is starting. */
  readonly view: () => DaemonView | undefined;
  readonly metrics: Pick<Metrics, 'text' | 'contentType'>;
  readonly guides: readonly Guide[];
  /** Where persons' words are written; absent: nothing can be decided here. */
  readonly journal?: Journal;
  readonly trend?: TrendStore;
  /** The description of the API, as OpenAPI 3.1. */
  readonly openApi?: () => Promise<object>;
  readonly log: Log;
  readonly clock: Clock;
}

/** What a route wants of whoever asks. */
export type Needs = 'nobody' | 'viewer' | 'approver';

declare module 'fastify' {
  interface FastifyRequest {
    who: Principal | undefined;
    session: Session | undefined;
  }
  interface FastifyContextConfig {
    readonly needs?: Needs;
  }
}
