import type { Charm } from '../snapshot.js';

/** The steps of a refresh as one charm and track wants them (charm facts, sections 2 to 6). */
export interface RefreshFlow {
  /** The action of the leader that looks and prepares before a refresh. */
  readonly check: 'pre-refresh-check' | 'pre-upgrade-check';
  /** The action that lets the units after the first one go on; without it they go on by themselves. */
  readonly resume?: 'resume-refresh' | 'resume-upgrade';
  readonly substrate: 'kubernetes' | 'machine';
  /** Whether the check moves the primary, which ends sessions. */
  readonly checkMoves: boolean;
  /** Risks between which it may be refreshed; absent: any, as long as it stays the same. */
  readonly risk?: 'stable';
  /** Whether a person refreshes it, and Holdfast only sees how that goes on. */
  readonly byPerson?: true;
}

/** The option by which charms of the newer kind stop after a unit. */
export const pauseOption = 'pause-after-unit-refresh';

type Kind = 'old' | 'new';

/** MySQL: its Router goes first, and from an older version there is no way back (its own documentation). */
const leftToPeople: ReadonlySet<string> = new Set(['mysql-k8s']);

/** By charm, then track. */
const kinds: Readonly<Record<string, Readonly<Record<string, Kind>>>> = {
  'charmed-etcd': { '3.5': 'new', '3.6': 'new' },
  postgresql: { '14': 'old', '16': 'new' },
  'postgresql-k8s': { '14': 'old', '16': 'new' },
  pgbouncer: { '1': 'old' },
  'pgbouncer-k8s': { '1': 'old' },
  kafka: { '3': 'old', '4': 'new' },
  'kafka-k8s': { '3': 'old', '4': 'new' },
  zookeeper: { '3': 'old' },
  'zookeeper-k8s': { '3': 'old' },
  'mysql-k8s': { '8.0': 'old' },
};

/** How this charm is refreshed; undefined where that is not known, as for charms from a file, which have no track. */
export function flowOf({ name, track = '', origin }: Charm): RefreshFlow | undefined {
  return origin === 'local' ? undefined : flows.get(name)?.get(track);
}

/** By charm, then track: asked about every application, again and again. */
const flows: ReadonlyMap<string, ReadonlyMap<string, RefreshFlow>> = new Map(
  Object.entries(kinds).map(([name, tracks]) => [
    name,
    new Map(Object.entries(tracks).map(([track, kind]) => [track, flowFor(name, kind)])),
  ]),
);

function flowFor(name: string, kind: Kind): RefreshFlow {
  const substrate = name.endsWith('-k8s') ? 'kubernetes' : 'machine';
  const checkMoves = /^(?:postgresql|mysql)/.test(name);
  if (kind === 'old') {
    const resume = substrate === 'kubernetes' ? { resume: 'resume-upgrade' as const } : {};
    const byPerson = leftToPeople.has(name) ? { byPerson: true as const } : {};
    return { check: 'pre-upgrade-check', substrate, checkMoves, ...resume, ...byPerson };
  }
  const risk = name === 'charmed-etcd' ? { risk: 'stable' as const } : {};
  return { check: 'pre-refresh-check', resume: 'resume-refresh', substrate, checkMoves, ...risk };
}

/** Whether the charm has the option `pause-after-unit-refresh`. */
export function isNewFlow({ check }: RefreshFlow): boolean {
  return check === 'pre-refresh-check';
}
