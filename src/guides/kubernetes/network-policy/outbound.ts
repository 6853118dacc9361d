/** What an application has to reach itself: those it is related to, and what every charm needs of Juju and cluster. */
import type { ApplicationView } from '../../../core/evaluate/view.js';
import { valueOf, type Unknown } from '../../../core/fact.js';
import type { PolicyPort } from '../../../core/kube/network.js';
import { applicationAt, farEnd } from '../../shared/far-end.js';
import { optionIn } from '../../shared/option.js';
import { allLinks, isLinks, linkState, type Link } from '../../shared/relations.js';
import { hasTraffic, type WorkloadPorts } from '../../shared/workload-ports.js';
import { applicationIn, callerAt, isCaller, type Caller } from './callers.js';
import { isAt, workloadPorts } from './needs.js';

/** What is to be reached; no parties are everybody, no ports are all. */
export interface Reaching {
  readonly why: string;
  readonly to: readonly Caller[];
  readonly ports: readonly PolicyPort[];
}

export interface Outbound {
  readonly reaching: readonly Reaching[];
  readonly doubts: readonly string[];
}

/** The port of the controllers' API, and those of Kubernetes' own as distributions have them. */
const controllerPort = 17_070;
const kubernetesPorts = [443, 6443, 16_443];

/** Whom the application connects to; unknown where its relations were not read. */
export function outboundOf(app: ApplicationView, ports: WorkloadPorts): Outbound | Unknown {
  const links = allLinks(app);
  if (!isLinks(links)) return links;
  const doubts: string[] = [];
  const related = links.sure
    .filter((link) => linkState(link, app).state !== 'down')
    .flatMap((link) => reachingBy(app, { link, ports, doubts }));
  const own = {
    why: 'units among each other',
    to: [applicationIn(app.model, app.name)],
    ports: tcp(ports.peers),
  };
  return { reaching: [...always(app), own, ...related], doubts };
}

/** Agents dial their controller, charms and Patroni the API of Kubernetes, everybody the names of services. */
function always(app: ApplicationView): readonly Reaching[] {
  return [
    {
      why: 'names of services',
      to: [],
      ports: [
        { protocol: 'UDP', port: 53 },
        { protocol: 'TCP', port: 53 },
      ],
    },
    { why: "Juju's agents dial their controller", to: controllerOf(app), ports: tcp([controllerPort]) },
    { why: 'the API of Kubernetes, for the charm and for what it runs', to: [], ports: tcp(kubernetesPorts) },
  ];
}

/** The controller's pods where it runs on Kubernetes; no address of it is certain elsewhere. */
function controllerOf(app: ApplicationView): readonly Caller[] {
  const own = app.model.controller.models().find((model) => {
    const info = valueOf(model.get('info'));
    return info?.isController === true && info.type === 'caas';
  });
  return own === undefined
    ? []
    : [{ kind: 'namespace', namespace: `controller-${app.model.controller.name}` }];
}

interface Asked {
  readonly link: Link;
  readonly ports: WorkloadPorts;
  readonly doubts: string[];
}

function reachingBy(app: ApplicationView, { link, ports, doubts }: Asked): readonly Reaching[] {
  const { interface: name } = link.relation;
  if (name === 's3') return [backupStore(app, link)];
  if (!hasTraffic(name)) return [];
  const served = servedBy(app, link);
  const weServe = ports.serves.some((one) => isAt(link, one));
  if (weServe && served === undefined) return [];
  const found = callerAt(app.model, link.other);
  if (!isCaller(found)) {
    doubts.push(`${app.name} reaches ${link.other.application} by ${name}: ${found.doubt}`);
    return [];
  }
  const why = `${link.other.application} by ${link.own.endpoint ?? name}`;
  if (served !== undefined) return [{ why, to: [found], ports: tcp(served) }];
  return [{ why: `${why}; its ports are not known, so all of them`, to: [found], ports: [] }];
}

/** The ports of the other side for this relation, where its charm is known. */
function servedBy(app: ApplicationView, { relation, other }: Link): readonly number[] | undefined {
  const far = applicationAt(farEnd(app.model, other));
  const known = far && workloadPorts(far);
  return known?.serves.find((served) => isAt({ own: other, relation }, served))?.ports;
}

/** A store lies wherever its integrator says; without a word it is one that is reached by https. */
function backupStore(app: ApplicationView, { other }: Link): Reaching {
  const integrator = applicationAt(farEnd(app.model, other));
  const endpoint = (integrator && optionIn(integrator, ['endpoint'])?.text) ?? '';
  return { why: `backup store of ${other.application}`, to: [], ports: tcp([portOf(endpoint)]) };
}

function portOf(endpoint: string): number {
  if (!URL.canParse(endpoint)) return 443;
  const { port, protocol } = new URL(endpoint);
  if (port !== '') return Number(port);
  return protocol === 'http:' ? 80 : 443;
}

export function tcp(ports: readonly number[]): readonly PolicyPort[] {
  return ports.map((port) => ({ protocol: 'TCP', port }));
}
