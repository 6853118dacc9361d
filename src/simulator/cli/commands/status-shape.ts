/** From the answer of FullStatus to what `juju status --format json` prints. */
import { branch, branches, entries, filled, mapValues, text, type Tree } from '../tree.js';
import { statusTime } from '../when.js';

export interface StatusStyle {
  readonly controller: string;
  readonly utc: boolean;
}

export function statusShape(answer: Tree, style: StatusStyle): object {
  const relations = branches(answer['relations']);
  const now = text(answer['controller-timestamp']).slice(11, 19);
  const remotes = mapValues(answer['remote-applications'], (remote) => remoteShape(remote, style));
  const offers = mapValues(answer['offers'], offerShape);
  return {
    model: modelShape(branch(answer['model']), style),
    machines: mapValues(answer['machines'], (machine) => machineShape(machine, style)),
    applications: mapValues(answer['applications'], (application, name) =>
      applicationShape(application, { name, relations, style }),
    ),
    ...filled({ 'application-endpoints': remotes, offers }),
    storage: {},
    controller: { timestamp: style.utc ? now : `${now}Z` },
  };
}

function modelShape(model: Tree, style: StatusStyle): object {
  return {
    name: model['name'],
    type: model['type'],
    controller: style.controller,
    cloud: text(model['cloud-tag']).replace(/^cloud-/, ''),
    version: model['version'],
    ...filled({ 'upgrade-available': model['available-version'] }),
    'model-status': statusInfo(model['model-status'], style),
    ...filled({ sla: model['sla'] }),
  };
}

function statusInfo(value: unknown, { utc }: StatusStyle): object {
  const status = branch(value);
  return filled({
    current: status['status'],
    message: status['info'],
    since: statusTime(status['since'], utc),
    version: status['version'],
    life: status['life'],
  });
}

function machineShape(machine: Tree, style: StatusStyle): object {
  const vote = branch(machine)['has-vote'] === true ? { 'controller-member-status': 'has-vote' } : {};
  const role = machine['cluster-role'];
  return {
    'juju-status': statusInfo(machine['agent-status'], style),
    ...filled({ hostname: machine['hostname'] }),
    'dns-name': machine['dns-name'],
    'ip-addresses': machine['ip-addresses'],
    'instance-id': machine['instance-id'],
    'machine-status': statusInfo(machine['instance-status'], style),
    'modification-status': {},
    base: shortBase(machine['base']),
    'network-interfaces': machine['network-interfaces'],
    ...filled({ constraints: machine['constraints'] }),
    hardware: machine['hardware'],
    ...vote,
    ...(role === undefined ? {} : { 'controller-cluster-role': role }),
  };
}

function shortBase(value: unknown): object {
  const base = branch(value);
  return { name: base['name'], channel: text(base['channel']).replace(/\/stable$/, '') };
}

interface Seen {
  readonly name: string;
  readonly relations: readonly Tree[];
  readonly style: StatusStyle;
}

function applicationShape(application: Tree, { name, relations, style }: Seen): object {
  const url = text(application['charm']);
  const isLocal = url.startsWith('local:');
  const charmName = url.replace(/^.*[:/]/, '').replace(/-\d+$/, '');
  const own = entries(application['units']);
  return {
    charm: isLocal ? url : charmName,
    base: shortBase(application['base']),
    'charm-origin': isLocal ? 'local' : 'charmhub',
    'charm-name': charmName,
    'charm-rev': Number(/-(\d+)$/.exec(url)?.[1] ?? 0),
    ...filled({
      'charm-channel': application['charm-channel'],
      'can-upgrade-to': application['can-upgrade-to'],
    }),
    ...filled({
      scale: application['int'],
      'provider-id': application['provider-id'],
      address: application['public-address'],
    }),
    exposed: application['exposed'],
    life: application['life'],
    'application-status': statusInfo(application['status'], style),
    ...filled({
      relations: relationsShape(name, relations),
      'subordinate-to': application['subordinate-to'],
    }),
    ...filled({ units: Object.fromEntries(own.map(([unit, entry]) => [unit, unitShape(entry, style)])) }),
    ...filled({ version: application['workload-version'] }),
    'endpoint-bindings': application['endpoint-bindings'],
  };
}

function relationsShape(name: string, relations: readonly Tree[]): Tree {
  const shown = new Map<string, object[]>();
  for (const relation of relations) {
    const ends = branches(relation['endpoints']);
    for (const [index, end] of ends.entries()) {
      if (end['application'] !== name) continue;
      const other = ends[1 - index]?.['application'] ?? name;
      const entry = {
        'related-application': other,
        interface: relation['interface'],
        scope: relation['scope'],
      };
      shown.set(text(end['name']), [...(shown.get(text(end['name'])) ?? []), entry]);
    }
  }
  return Object.fromEntries([...shown].sort(([one], [other]) => (one < other ? -1 : 1)));
}

function unitShape(unit: Tree, style: StatusStyle): object {
  // A unit's life shows nowhere in its agent's status.
  const agent = { ...branch(unit['agent-status']), life: '' };
  return {
    'workload-status': statusInfo(unit['workload-status'], style),
    'juju-status': statusInfo(agent, style),
    ...filled({
      leader: unit['leader'],
      'upgrading-from': unit['charm'],
      machine: unit['machine'],
      'open-ports': unit['opened-ports'],
      'public-address': unit['public-address'],
      address: unit['address'],
      'provider-id': unit['provider-id'],
      subordinates: mapValues(unit['subordinates'], (entry) => unitShape(entry, style)),
    }),
  };
}

function remoteShape(remote: Tree, style: StatusStyle): object {
  const endpoints = branches(remote['endpoints']).map(({ name, interface: kind, role }) => [
    name,
    { interface: kind, role },
  ]);
  return {
    url: remote['offer-url'],
    endpoints: Object.fromEntries(endpoints) as object,
    life: remote['life'],
    'application-status': statusInfo(remote['status'], style),
    ...filled({ relations: remote['relations'] }),
  };
}

function offerShape(offer: Tree): object {
  return {
    application: offer['application-name'],
    charm: offer['charm'],
    ...filled({
      'total-connected-count': offer['total-connected-count'],
      'active-connected-count': offer['active-connected-count'],
    }),
    endpoints: mapValues(offer['endpoints'], ({ interface: kind, role }) => ({ interface: kind, role })),
  };
}
