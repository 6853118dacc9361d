import type { Charm } from '../../core/snapshot.js';
import { questionsTo } from '../shared/family.js';
import { lookup } from '../shared/lookup.js';

type Product = 'postgresql' | 'pgbouncer';

/** What an application is, as far as its rules depend on it. */
export interface Release {
  readonly product: Product;
  readonly substrate: 'kubernetes' | 'machine';
  /** `14` has one TLS endpoint and underscores in its options, `16` two and hyphens; PgBouncer has `1`. */
  readonly track: '14' | '16' | '1';
}

type Kind = Pick<Release, 'product' | 'substrate'>;

/** By charm name: the track and the endpoints decide further. */
const kinds: Readonly<Record<string, Kind>> = {
  'postgresql-k8s': { product: 'postgresql', substrate: 'kubernetes' },
  postgresql: { product: 'postgresql', substrate: 'machine' },
  'pgbouncer-k8s': { product: 'pgbouncer', substrate: 'kubernetes' },
  pgbouncer: { product: 'pgbouncer', substrate: 'machine' },
};

/** Which of the guide's products a charm of this name is. */
export function productOfCharm(charm: Charm): Product | undefined {
  return lookup(kinds, charm.name)?.product;
}

/** Whether the guide is about a charm of this name, or about one whose name an older family bears too. */
export function isNamedAlike(charm: Charm): boolean {
  return productOfCharm(charm) !== undefined;
}

/**
 * The release that name, track and endpoints agree on. A charm from a file has no track, so its endpoints decide; a
 * road that shows no endpoints leaves the track.
 */
export function releaseOf(charm: Charm, endpoints: readonly string[]): Release | undefined {
  const kind = lookup(kinds, charm.name);
  if (kind === undefined) return undefined;
  const named = tracks[kind.product].find((track) => track === charm.track);
  if (charm.track !== undefined && named === undefined) return undefined;
  const track = trackByEndpoints(kind, endpoints) ?? named;
  return track && { ...kind, track };
}

const tracks = { postgresql: ['14', '16'], pgbouncer: ['1'] } as const;

/** The older families of the same names have none of these endpoints. */
function trackByEndpoints({ product }: Kind, endpoints: readonly string[]): Release['track'] | undefined {
  const has = (...names: readonly string[]): boolean => names.every((name) => endpoints.includes(name));
  if (product === 'pgbouncer') return has('backend-database') ? '1' : undefined;
  if (has('client-certificates', 'peer-certificates')) return '16';
  return has('certificates', 'database') ? '14' : undefined;
}

export { familyReasons as releaseReasons } from '../shared/family.js';

/** Controls ask PostgreSQL, or PgBouncer. */
export const { judging, mending, showing } = questionsTo<Release>({
  productOf: productOfCharm,
  releaseOf,
  judged: {
    postgresql:
      'an older one, or a track that is not known: 14 and 16 are judged; move the data to one of them',
    pgbouncer: 'an older one, or a track that is not known: 1 is judged; replace it by that',
  },
});
