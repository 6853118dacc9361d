import type { ApplicationView } from '../../core/evaluate/view.js';
import { unsettled, type Judgement } from '../../core/judgement.js';
import type { Charm } from '../../core/snapshot.js';
import { familyReasons, questionsTo } from '../shared/family.js';
import { lookup } from '../shared/lookup.js';

type Product = 'mysql' | 'router';

/** What an application is, as far as its rules depend on it. */
export interface Release {
  readonly product: Product;
  /** `8.0` has one TLS endpoint, for clients; `8.4` has one for clients and one for members. */
  readonly track: '8.0' | '8.4';
}

const products: Readonly<Record<string, Product>> = { 'mysql-k8s': 'mysql', 'mysql-router-k8s': 'router' };

/** Which of the guide's products a charm of this name is. */
export function productOfCharm({ name }: Charm): Product | undefined {
  return lookup(products, name);
}

const tracks = ['8.0', '8.4'] as const;

/** By name and track; a charm from a file has no track, so its endpoints decide. */
export function releaseOf(charm: Charm, endpoints: readonly string[]): Release | undefined {
  const product = productOfCharm(charm);
  if (product === undefined) return undefined;
  const named = tracks.find((track) => track === charm.track);
  const track = charm.track === undefined ? trackByEndpoints(product, endpoints) : named;
  return track && { product, track };
}

/** The Router's endpoints do not tell its tracks apart. */
function trackByEndpoints(product: Product, endpoints: readonly string[]): Release['track'] | undefined {
  const has = (...names: readonly string[]): boolean => names.every((name) => endpoints.includes(name));
  if (product === 'router' || !has('database')) return undefined;
  if (has('client-certificates', 'peer-certificates')) return '8.4';
  return has('certificates') ? '8.0' : undefined;
}

/** The reasons that judgements by release give besides their own. */
export { familyReasons as releaseReasons } from '../shared/family.js';

/** The same where only track 8.0 is judged. */
export const reasons80 = {
  ...familyReasons,
  TrackNotLookedUp: 'What this asks of the charm of track 8.4 is not written down here yet.',
} as const;

/** Controls ask MySQL, or MySQL Router, or both. */
export const { judging, mending, showing } = questionsTo<Release>({
  productOf: productOfCharm,
  releaseOf,
  judged: {
    mysql: 'a track that is not known: 8.0 and 8.4 are judged; move the data to one of them',
    router: 'a track that is not known: 8.0 and 8.4 are judged; replace it by one of them',
  },
});

/** A question of which only the answer for track 8.0 is known. */
export function on80<C>(
  judge: (app: ApplicationView, release: Release, context: C) => Judgement,
): (app: ApplicationView, release: Release, context: C) => Judgement {
  return (app, release, context) =>
    release.track === '8.0'
      ? judge(app, release, context)
      : unsettled(
          'TrackNotLookedUp',
          `${app.name} is of track ${release.track}, of which this is not written down`,
        );
}

/** A remedy of which only the steps for track 8.0 are known. */
export function mend80<C, A>(
  mend: (app: ApplicationView, release: Release, context: C, reason: string) => readonly A[],
): (app: ApplicationView, release: Release, context: C, reason: string) => readonly A[] {
  return (app, release, context, reason) =>
    release.track === '8.0' ? mend(app, release, context, reason) : [];
}
