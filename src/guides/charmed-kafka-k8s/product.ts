import type { ApplicationView } from '../../core/evaluate/view.js';
import { isKnown } from '../../core/fact.js';
import { notApplicable, notSeen, unsettled, type Judgement } from '../../core/judgement.js';
import type { Charm } from '../../core/snapshot.js';

export type Component = 'kafka' | 'zookeeper';

/** What is deployed, as far as the controls ask. */
export interface Product {
  readonly component: Component;
  /** Kafka 3 needs ZooKeeper, Kafka 4 has none; ZooKeeper itself goes with 3. */
  readonly generation: 3 | 4;
  readonly substrate: 'kubernetes' | 'machine';
}

/** The reasons that `productOf` gives. */
export const productReasons = {
  AnotherCharmFamily:
    'The charm has the name of a Charmed Kafka or ZooKeeper, but not its endpoints: it is another product.',
  CharmFamilyNotSeen:
    'Neither endpoints nor a known track are shown, so it is not known which charm of this name it is.',
} as const;

type Kind = Omit<Product, 'generation'>;

const charms: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['kafka-k8s', { component: 'kafka', substrate: 'kubernetes' }],
  ['kafka', { component: 'kafka', substrate: 'machine' }],
  ['zookeeper-k8s', { component: 'zookeeper', substrate: 'kubernetes' }],
  ['zookeeper', { component: 'zookeeper', substrate: 'machine' }],
]);

/** Whether the guide speaks of a charm of this name; one of another family is told so by each control. */
export function hasOurName(charm: Charm): boolean {
  return charms.has(charm.name);
}

/** Which of the two an application is by its charm's name, whichever family it is of. */
export function componentOf(charm: Charm): Component | undefined {
  return charms.get(charm.name)?.component;
}

/** The charms of a component. */
export function charmsOf(component: Component): readonly string[] {
  return [...charms].filter(([, kind]) => kind.component === component).map(([name]) => name);
}

/** What the application is, or why the controls do not concern it. */
export function productOf(app: ApplicationView): Product | Judgement {
  const charm = app.get('charm');
  if (!isKnown(charm)) return notSeen(charm, 'Charmed Kafka or ZooKeeper');
  const kind = charms.get(charm.value.name);
  if (kind === undefined) return otherFamily(charm.value.name);
  const bindings = app.get('bindings');
  const shown = Object.keys(isKnown(bindings) ? bindings.value : {}).filter((name) => name !== '');
  const generation =
    shown.length === 0 ? byTrack(kind, charm.value.track) : byEndpoints(kind, new Set(shown));
  if (generation === 'another') return otherFamily(charm.value.name);
  if (generation === undefined) return notShown(app.name, charm.value.name);
  return { ...kind, generation };
}

export function isProduct(product: Product | Judgement): product is Product {
  return 'generation' in product;
}

type Generation = Product['generation'] | 'another' | undefined;

/** Endpoints decide, also for a charm from a file: the older reactive charms of these names take no certificates. */
function byEndpoints({ component }: Kind, shown: ReadonlySet<string>): Generation {
  if (component === 'zookeeper') return shown.has('zookeeper') && shown.has('certificates') ? 3 : 'another';
  if (!shown.has('kafka-client') || !shown.has('certificates')) return 'another';
  if (shown.has('peer-certificates')) return 4;
  return shown.has('zookeeper') ? 3 : 'another';
}

/** Where the road shows no endpoints (a bundle, an older status). */
function byTrack({ component }: Kind, track: string | undefined): Generation {
  if (track === '3' || track?.startsWith('3.') === true) return 3;
  const four = track === '4' || track?.startsWith('4.') === true;
  return four && component === 'kafka' ? 4 : undefined;
}

function otherFamily(charm: string): Judgement {
  return notApplicable(
    'AnotherCharmFamily',
    `this ${charm} has the endpoints of another family, an older or an unknown one: to be judged here its data has to move to the charm of track ${tracksOf(charm)}`,
  );
}

function tracksOf(charm: string): string {
  return charms.get(charm)?.component === 'kafka' ? '3 or 4' : '3';
}

function notShown(app: string, charm: string): Judgement {
  return unsettled('CharmFamilyNotSeen', `which charm called ${charm} ${app} runs is not shown`);
}
