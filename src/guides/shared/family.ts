/** Questions put to the charms of one guide: who is asked, and what is said of charms that only bear the name. */
import type { ApplicationView } from '../../core/evaluate/view.js';
import { isKnown, valueOf } from '../../core/fact.js';
import { notApplicable, unsettled, type Judgement } from '../../core/judgement.js';
import type { Charm } from '../../core/snapshot.js';

/** What an application is, as far as a guide's rules depend on it; guides add tracks and substrates. */
interface Release {
  readonly product: string;
}

/** How a guide tells its own charms. */
export interface Family<R extends Release> {
  /** Which of the guide's products a charm of this name is; undefined for those of other guides. */
  readonly productOf: (charm: Charm) => R['product'] | undefined;
  /** The release that name, track and endpoints agree on; undefined where it is another family of that name. */
  readonly releaseOf: (charm: Charm, endpoints: readonly string[]) => R | undefined;
  /** By product: which charms are judged, and where the data of others has to move to be. */
  readonly judged: Readonly<Record<R['product'], string>>;
}

/** The reasons that judgements by family give besides their own. */
export const familyReasons = {
  AnotherFamily: 'The charm bears the name, but its track or its endpoints are those of another family.',
  FamilyNotShown: 'Neither the track nor the endpoints of the charm are shown, so its family is not known.',
} as const;

/** How a control's functions are made for the applications of one product, or of several. */
export interface FamilyQuestions<R extends Release> {
  /** Its question; the guide's other products are left out. */
  readonly judging: <C>(
    products: Products<R>,
    judge: (app: ApplicationView, release: R, context: C) => Judgement,
  ) => (app: ApplicationView, context: C) => Judgement | readonly Judgement[];
  /** What the effect of its remedies is judged by. */
  readonly showing: (
    products: Products<R>,
    show: (app: ApplicationView, release: R) => Judgement,
  ) => (app: ApplicationView) => Judgement;
  /** Its remedies, by the reason of the judgement. */
  readonly mending: <C, A>(
    products: Products<R>,
    mend: (app: ApplicationView, release: R, context: C, reason: string) => readonly A[],
  ) => (app: ApplicationView, context: C, judgement: Judgement) => readonly A[];
}

type Products<R extends Release> = R['product'] | readonly R['product'][];

/** Makes a guide's controls ask its own charms only, and say of others why they are not judged. */
export function questionsTo<R extends Release>(family: Family<R>): FamilyQuestions<R> {
  return {
    judging: (products, judge) => {
      const releaseAt = placer(family, products);
      return (app, context) => {
        const release = releaseAt(app);
        if (typeof release !== 'string') return judge(app, release, context);
        return release === 'another product' ? notAsked : withoutRelease(family, app, release);
      };
    },
    showing: (products, show) => {
      const releaseAt = placer(family, products);
      return (app) => {
        const release = releaseAt(app);
        if (typeof release !== 'string') return show(app, release);
        const message = `which charm ${app.name} runs is not shown, so its ports prove nothing`;
        return unsettled('FamilyNotShown', message);
      };
    },
    mending: (products, mend) => {
      const releaseAt = placer(family, products);
      return (app, context, { reason }) => {
        const release = releaseAt(app);
        return typeof release === 'string' ? [] : mend(app, release, context, reason);
      };
    },
  };
}

const notAsked: readonly Judgement[] = [];

type Placed<R extends Release> = R | 'another product' | 'another family' | 'not shown';

/** Finds the release of an application, if it is of one of the products. */
function placer<R extends Release>(
  family: Family<R>,
  products: Products<R>,
): (app: ApplicationView) => Placed<R> {
  const asked = new Set([products].flat());
  return (app) => {
    const charm = valueOf(app.get('charm'));
    const product = charm && family.productOf(charm);
    return product === undefined || !asked.has(product) ? 'another product' : app.derived(placeOf<R>, family);
  };
}

function withoutRelease<R extends Release>(
  family: Family<R>,
  app: ApplicationView,
  place: 'another family' | 'not shown',
): Judgement {
  return place === 'another family'
    ? otherFamily(family, app)
    : unsettled('FamilyNotShown', `neither track nor endpoints of ${app.name} are shown`);
}

/** Asked by every control of a guide, and found out once for all of them. */
function placeOf<R extends Release>(app: ApplicationView, family: Family<R>): Placed<R> {
  const charm = valueOf(app.get('charm'));
  if (charm === undefined) return 'another product';
  const bindings = app.get('bindings');
  const endpoints = isKnown(bindings) ? Object.keys(bindings.value) : [];
  const release = family.releaseOf(charm, endpoints);
  if (release !== undefined) return release;
  const isHidden = charm.track === undefined && !endpoints.some((endpoint) => endpoint !== '');
  return isHidden ? 'not shown' : 'another family';
}

function otherFamily<R extends Release>(family: Family<R>, app: ApplicationView): Judgement {
  const charm = valueOf(app.get('charm'));
  const product: R['product'] | undefined = charm && family.productOf(charm);
  const text = [charm?.name, charm?.channel].filter((part) => part !== undefined).join(' ');
  const judged = product === undefined ? '' : ` (${family.judged[product]})`;
  return notApplicable('AnotherFamily', `${app.name} runs ${text}, another family of that name${judged}`);
}
