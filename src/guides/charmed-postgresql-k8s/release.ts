import type { ApplicationView } from '../../core/evaluate/view.js';
import { isKnown, valueOf } from '../../core/fact.js';
import { notApplicable, unsettled, type Judgement } from '../../core/judgement.js';
import type { Charm } from '../../core/snapshot.js';
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

/** The reasons that judgements by release give besides their own. */
export const releaseReasons = {
  AnotherFamily: 'The charm bears the name, but its track or its endpoints are those of another family.',
  FamilyNotShown: 'Neither the track nor the endpoints of the charm are shown, so its family is not known.',
} as const;

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

type Placed = Release | 'another product' | 'another family' | 'not shown';

function releaseAt(app: ApplicationView, product: Product): Placed {
  const charm = valueOf(app.get('charm'));
  if (charm === undefined || productOfCharm(charm) !== product) return 'another product';
  const bindings = app.get('bindings');
  const endpoints = isKnown(bindings) ? Object.keys(bindings.value) : [];
  const release = releaseOf(charm, endpoints);
  if (release !== undefined) return release;
  const isHidden = charm.track === undefined && !endpoints.some((endpoint) => endpoint !== '');
  return isHidden ? 'not shown' : 'another family';
}

/** A control's question, put to the applications of one product; those of the guide's other product are left out. */
export function judging<C>(
  product: Product,
  judge: (app: ApplicationView, release: Release, context: C) => Judgement,
): (app: ApplicationView, context: C) => Judgement | readonly Judgement[] {
  return (app, context) => {
    const release = releaseAt(app, product);
    if (release === 'another product') return [];
    if (release === 'another family')
      return notApplicable(
        'AnotherFamily',
        `${app.name} runs ${charmText(app)}, another family of that name (${judged[product]})`,
      );
    if (release === 'not shown')
      return unsettled('FamilyNotShown', `neither track nor endpoints of ${app.name} are shown`);
    return judge(app, release, context);
  };
}

/** Which charms are judged, and where the data has to move to be. */
const judged = {
  postgresql:
    'an older one, or a track that is not known: 14 and 16 are judged; move the data to one of them',
  pgbouncer: 'an older one, or a track that is not known: 1 is judged; replace it by that',
} as const;

/** What the effect of a control's remedies is judged by, on the applications of one product. */
export function showing(
  product: Product,
  show: (app: ApplicationView, release: Release) => Judgement,
): (app: ApplicationView) => Judgement {
  return (app) => {
    const release = releaseAt(app, product);
    if (typeof release !== 'string') return show(app, release);
    return unsettled(
      'FamilyNotShown',
      `which charm ${app.name} runs is not shown, so its ports prove nothing`,
    );
  };
}

/** A control's remedies, for the applications of one product. */
export function mending<C, R>(
  product: Product,
  mend: (app: ApplicationView, release: Release, context: C, reason: string) => readonly R[],
): (app: ApplicationView, context: C, judgement: Judgement) => readonly R[] {
  return (app, context, { reason }) => {
    const release = releaseAt(app, product);
    return typeof release === 'string' ? [] : mend(app, release, context, reason);
  };
}

function charmText(app: ApplicationView): string {
  const charm = valueOf(app.get('charm'));
  return [charm?.name, charm?.channel].filter((part) => part !== undefined).join(' ');
}
