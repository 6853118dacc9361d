/** The users and roles of an application's etcd, asked of one of its units from here, as the identity that the policy gives. */
import type { EtcdIdentity, EtcdUsers } from '../../core/evidence/etcd-users.js';
import { isKnown, known, unknown, type Fact, type Instant } from '../../core/fact.js';
import type { Clock } from '../../core/ports/time.js';
import type { ApplicationState, Unit } from '../../core/snapshot.js';
import { askUsers, EtcdRefusal } from '../etcd/live/ask-users.js';
import { isUnitAddress } from '../unit-address.js';

export interface UsersOptions {
  readonly clock: Clock;
  readonly now: () => Instant;
  /** Which addresses may be connected to; by default literal ones that a unit could have. */
  readonly mayAsk?: ((address: string) => boolean) | undefined;
}

const deadlineMs = 10_000;
const needed = 'an etcd user with the role root (etcd lists users to such only): workload.etcd of the policy';

/** Never rejects: what is not told is unknown, and why. One unit that answers is enough. */
export async function readEtcdUsers(
  { name, units }: ApplicationState,
  identity: EtcdIdentity,
  { clock, now, mayAsk = isUnitAddress }: UsersOptions,
): Promise<Fact<EtcdUsers>> {
  const reading = { source: { road: 'probe', call: `users and roles of ${name}` }, at: now() } as const;
  if (!isKnown(units)) return units;
  let why = 'no unit has an address that can be asked';
  for (const { address = '' } of leaderFirst(Object.values(units.value)).filter((unit) =>
    mayAsk(unit.address ?? ''),
  )) {
    try {
      return known(reading, await askUsers(endpointOf(address, identity), identity, { clock, deadlineMs }));
    } catch (error) {
      why = wordsOf(error);
      if (error instanceof EtcdRefusal && error.denied) return unknown(reading, why, needed);
    }
  }
  return unknown(reading, `no unit of ${name} told its users: ${why}`);
}

/** The first sentence: what the library adds is advice for those who write programs. */
function wordsOf(error: unknown): string {
  const words = error instanceof Error ? error.message : String(error);
  return words
    .replace(/^Error: /, '')
    .split(';', 1)
    .join('');
}

function leaderFirst(units: readonly Unit[]): readonly Unit[] {
  return [...units].sort((a, b) => Number(b.leader === true) - Number(a.leader === true));
}

function endpointOf(host: string, { port = 2379 }: EtcdIdentity) {
  const name = host.includes(':') ? `[${host}]` : host;
  return { url: `https://${name}:${port}`, secure: true, host, port };
}
