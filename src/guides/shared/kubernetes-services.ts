import type { ApplicationView } from '../../core/evaluate/view.js';
import { isKnown, valueOf, type Known } from '../../core/fact.js';
import { evidenceOf, fail, notSeen, pass, type Judgement } from '../../core/judgement.js';
import type { Dict } from '../../core/dict.js';
import { applicationLabel } from '../../core/kube/juju-labels.js';
import { selects } from '../../core/kube/network-policy/selector.js';
import type { EndpointSlice, Service } from '../../core/kube/network.js';
import type { Pod } from '../../core/kube/pods.js';
import { coveredBy } from './cidr.js';
import { worst } from './combine.js';
import { bounded, listed } from './gather.js';
import { isPlace, placeOf, seeing } from './kubernetes-evidence.js';
import { podsOf } from './kubernetes-pods.js';

/** The reasons that `openingsJudgement` gives. */
export const openingReasons = {
  OpenedByService:
    'A service, or a port of the node, opens the application to the outside of the cluster, and the policy does not declare that.',
  OpenToMoreThanDeclared:
    'The application may be opened to the outside, but is open to more addresses than the policy declares.',
} as const;

/** How the outside gets to an application. */
export type Way = 'nodeport' | 'loadbalancer';

/** From where an application may be reached from outside its cluster. */
export interface Reachable {
  readonly ways: readonly Way[];
  /** The blocks that a load balancer may let in; none named: all. */
  readonly cidrs?: readonly string[];
}

/** One way in, in words, with the policy's entry that would allow it. */
interface Opening {
  readonly words: string;
  readonly way: Way | 'other';
  readonly ranges: readonly string[];
}

/** Whether no service opens the application to the outside of its cluster but as declared. */
export function openingsJudgement(app: ApplicationView, reachable: Reachable): Judgement {
  const what = `which services open ${app.name} to the outside`;
  const place = placeOf(app.model, what);
  if (!isPlace(place)) return place;
  const { namespace } = place;
  const wanted = wantedOf(reachable);
  const endpoints = namespace.get('endpointSlices');
  const slices = valueOf(endpoints) ?? {};
  return seeing({ services: namespace.get('services'), pods: namespace.get('pods') }, wanted, (known) => {
    const pods = podsOf(known.pods.value, app.name);
    const services = Object.values(known.services.value);
    if (!isKnown(endpoints) && services.some(isOpenByHand)) return notSeen(endpoints, wanted);
    const serving = services.filter((service) => leadsTo(service, { application: app.name, pods, slices }));
    const openings = [...serving.flatMap(openingsOf), ...pods.flatMap(hostOpenings)];
    return judged(app.name, openings, { reachable, wanted, fact: known.services });
  });
}

/**
 * What a charm's own option says, together with what the services show. Where the cluster is not seen, the option alone
 * is judged, as it is without any access to Kubernetes.
 */
export function alsoByServices(app: ApplicationView, option: Judgement, ways: readonly Way[]): Judgement {
  if (!isPlace(placeOf(app.model, 'services'))) return option;
  return worst(option, openingsJudgement(app, { ways }));
}

interface Asked {
  readonly reachable: Reachable;
  readonly wanted: string;
  readonly fact: Known<unknown>;
}

function judged(name: string, openings: readonly Opening[], { reachable, wanted, fact }: Asked): Judgement {
  const evidence = bounded(
    openings.length === 0
      ? [evidenceOf(fact, 'inside the cluster only', wanted)]
      : openings.map(({ words }) => evidenceOf(fact, words, wanted)),
  );
  const { ways, cidrs = [] } = reachable;
  const undeclared = openings.filter(({ way }) => way === 'other' || !ways.includes(way));
  if (undeclared.length > 0)
    return fail('OpenedByService', `${name} is opened by ${wordsOf(undeclared)}`, ...evidence);
  const wide = cidrs.length === 0 ? [] : openings.filter((opening) => !isWithin(opening, cidrs));
  if (wide.length > 0)
    return fail(
      'OpenToMoreThanDeclared',
      `${name} is open to more than ${cidrs.join(', ')} by ${wordsOf(wide)}`,
      ...evidence,
    );
  const met = openings.length === 0 ? 'is reached inside the cluster only' : 'is open only as declared';
  return pass(`${name} ${met}`, ...evidence);
}

function wantedOf({ ways, cidrs = [] }: Reachable): string {
  if (ways.length === 0) return 'no NodePort, no LoadBalancer, no address outside';
  return `${ways.join(' or ')} at most${cidrs.length === 0 ? '' : `, to ${cidrs.join(', ')}`}`;
}

function wordsOf(openings: readonly Opening[]): string {
  return listed(
    openings.map(({ words }) => words),
    ', ',
  );
}

/** A load balancer without source ranges lets in everybody; a port of the node asks nobody. */
function isWithin({ ranges }: Opening, cidrs: readonly string[]): boolean {
  return ranges.length > 0 && ranges.every((range) => coveredBy(cidrs, range));
}

interface Application {
  readonly application: string;
  readonly pods: readonly Pod[];
  readonly slices: Dict<EndpointSlice>;
}

/** By its selector, as Kubernetes has it; by its endpoints where somebody wrote these by hand. */
function leadsTo(service: Service, { application, pods, slices }: Application): boolean {
  const asked = Object.keys(service.selector).length > 0;
  if (asked && selects({ matchLabels: service.selector }, { [applicationLabel]: application })) return true;
  if (asked && pods.some(({ labels }) => selects({ matchLabels: service.selector }, labels))) return true;
  const own = Object.values(slices).filter((slice) => slice.service === service.name);
  return own.some(({ endpoints }) =>
    endpoints.some(({ pod, addresses }) =>
      pods.some((one) => one.name === pod || addresses.some((address) => one.addresses.includes(address))),
    ),
  );
}

/** Where a service without selector leads, only its endpoints tell. */
function isOpenByHand(service: Service): boolean {
  return Object.keys(service.selector).length === 0 && openingsOf(service).length > 0;
}

function openingsOf({ name, type, ports, externalIps, ...service }: Service): readonly Opening[] {
  const own: Opening[] = [];
  const ranges = service.loadBalancerSourceRanges;
  if (type === 'NodePort') {
    const numbers = ports.flatMap(({ nodePort }) => (nodePort === undefined ? [] : [String(nodePort)]));
    own.push({ words: `NodePort ${name} (${numbers.join(', ')})`, way: 'nodeport', ranges: [] });
  }
  if (type === 'LoadBalancer') {
    const who = ranges.length === 0 ? 'everybody' : ranges.join(', ');
    own.push({ words: `LoadBalancer ${name} (to ${who})`, way: 'loadbalancer', ranges });
  }
  if (externalIps.length > 0)
    own.push({ words: `external address ${externalIps.join(', ')} of ${name}`, way: 'other', ranges: [] });
  return own;
}

/** A port of the node leads to its pod without any service. */
function hostOpenings({ name, hostNetwork, containers }: Pod): readonly Opening[] {
  if (hostNetwork) return [{ words: `${name} on the network of its node`, way: 'other', ranges: [] }];
  return containers.flatMap(({ ports }) =>
    ports.flatMap(({ hostPort }): readonly Opening[] =>
      hostPort === undefined
        ? []
        : [{ words: `port ${hostPort} of the node of ${name}`, way: 'other', ranges: [] }],
    ),
  );
}
