/**
 * Charmed PostgreSQL and PgBouncer: certificates make PostgreSQL restart unit by unit and demand TLS of all; PgBouncer
 * only offers it (charm facts, sections 3 and 4).
 */
import type { SimApplication } from '../../world/state.js';
import { rollingBehaviour } from '../rolling/behaviour.js';
import { active, type Product } from '../rolling/product.js';
import { pgbouncerDisk, postgresqlDisk } from './disk.js';
import { certified, isRelated, ownAuthority, planOf } from '../rolling/serving.js';

const restarting = { status: 'waiting', message: 'awaiting for member to start' };
const noBackend = { status: 'blocked', message: 'waiting for backend database relation to initialise' };

const server: Product = {
  wanted: (application, now) => {
    const clients = { endpoint: 'certificates', now: now?.['server'], otherwise: 'plain' } as const;
    const members = { endpoint: 'peer-certificates', now: now?.['patroni'] };
    if (!hasTwoEndpoints(application)) {
      const part = certified(application, clients);
      return { server: part, patroni: part };
    }
    return {
      server: certified(application, { ...clients, endpoint: 'client-certificates' }),
      patroni: certified(application, { ...members, otherwise: ownAuthority(application) }),
    };
  },
  ports: (_, serving) => [
    planOf(serving['server'], { port: 5432, protocol: 'postgresql' }),
    planOf(serving['patroni'], { port: 8008, protocol: 'patroni' }),
  ],
  rounds: [restarting],
  verdict: () => active,
  disk: postgresqlDisk,
};

const pooler: Product = {
  wanted: (application, now) => ({
    pooler: certified(application, {
      endpoint: 'certificates',
      now: now?.['pooler'],
      otherwise: 'plain',
    }),
  }),
  ports: (_, serving) => {
    const plan = planOf(serving['pooler'], { port: 6432, protocol: 'pgbouncer' });
    return [plan.mode === 'tls' ? { ...plan, mode: 'tls-offered' } : plan];
  },
  rounds: [active],
  verdict: (application) => (isRelated(application, 'backend-database') ? active : noBackend),
  disk: pgbouncerDisk,
};

/** Track 16: Patroni speaks https from the start, with a CA of the charm's own. */
function hasTwoEndpoints({ charm }: SimApplication): boolean {
  return charm.endpoints.some(({ name }) => name === 'peer-certificates');
}

export const postgresql = rollingBehaviour(server);
export const pgbouncer = rollingBehaviour(pooler);
