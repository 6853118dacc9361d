import type { Precondition, Remedy } from '../../core/action/action.js';
import type { ApplicationView } from '../../core/evaluate/view.js';
import type { Knowledge } from '../../core/knowledge.js';
import { optionRemedy } from '../shared/option.js';
import { chosenProvider, type ProviderChoice } from '../shared/tls-candidate.js';
import { tlsRelation, type TlsSide } from '../shared/tls-relation.js';
import { tlsRemedy } from '../shared/tls-remedy.js';
import { tlsSides } from './endpoints.js';
import { ipSansOption } from './options.js';
import { charmsOf } from './product.js';
import type { Subject } from './product-control.js';

/**
 * Places in the plan. Kafka stands still from ZooKeeper's step to its own, so that nothing may come between: what
 * prepares either of them comes before both, and each pair has places of its own from 34 on, below 35.
 */
export const places = { preparation: 33, zookeeper: 34, kafka: 35 } as const;

/** The places of a ZooKeeper and of the Kafkas that keep their state in it, next to each other. */
export function pairPlaces(zookeeper: ApplicationView): {
  readonly zookeeper: number;
  readonly kafka: number;
} {
  const all = charmsOf('zookeeper').flatMap((charm) => zookeeper.model.deployed(charm));
  const names = all.map(({ name }) => name).sort();
  const place = (nth: number): number => places.zookeeper + nth / names.length;
  const nth = names.indexOf(zookeeper.name);
  return { zookeeper: place(nth), kafka: place(nth + 0.5) };
}

/** How the TLS provider is to be chosen, and what each side's step says of itself. */
export interface TlsSteps {
  readonly choice: ProviderChoice;
  readonly knowledge: Knowledge;
  readonly preconditions: readonly Precondition[];
  /** Where the steps stand in the plan. */
  readonly place: number;
  readonly about: (side: TlsSide) => Pick<Remedy, 'effect' | 'risk' | 'cutsOff'>;
}

/** Integrates each side that has no TLS provider, with the option for a provider without IP addresses set before. */
export function tlsSteps(subject: Subject, steps: TlsSteps): readonly Remedy[] {
  const { app, product } = subject;
  const ipSans = ipSansOption(app, product) === undefined ? 'needed' : 'spared';
  const choice = { ...steps.choice, ipSans } as const;
  const provider = chosenProvider(app, choice, steps.knowledge);
  if (provider === undefined) return [];
  const bare = tlsSides(product).filter((side) => tlsRelation(app, side).reason === side.disabled);
  const remedies = bare.flatMap((side) =>
    tlsRemedy(app, {
      endpoint: side.endpoint.name,
      choice,
      knowledge: steps.knowledge,
      preconditions: steps.preconditions,
      ...steps.about(side),
    }),
  );
  const related = remedies.map((remedy) => ({ ...remedy, order: steps.place }));
  return provider.refusesIpSans ? [...withoutIpSans(subject), ...related] : related;
}

/**
 * A provider that refuses IP addresses leaves the application without a certificate, and it says nothing of it. Setting
 * the option restarts nothing; it is approved together with the step that it prepares.
 */
function withoutIpSans({ app, product }: Subject): readonly Remedy[] {
  const key = ipSansOption(app, product)?.key;
  if (key === undefined) return [];
  const remedies = optionRemedy(app, {
    names: [key],
    allowed: ['false'],
    reason: 'IpSansAskedFor',
    effect: `${app.name} asks for certificates without IP addresses, which its provider refuses to sign`,
    disruptive: true,
    cutsOff: [],
  });
  return remedies.map((remedy) => ({ ...remedy, order: places.preparation }));
}
