/** Client.FullStatus version 8: one answer with everything that `juju status` shows (shapes from real answers). */
import { holds } from '../world/levels.js';
import type { SimMachine, SimModel, SimRelation, SimUser } from '../world/state.js';
import { detailed, noStatus } from './detailed-status.js';
import { fromMap } from './from-map.js';
import { applicationEntry } from './status-application.js';
import { offerEntry, remoteEntry } from './status-offers.js';
import { wireTime } from './times.js';

/** The status as this user may see it: offers need model admin, and are left out silently. */
export function fullStatus(model: SimModel, user: SimUser): object {
  const now = wireTime(model.controller.world.clock.now());
  return {
    model: modelStatus(model),
    machines: fromMap(model.machines, (machine) => machineStatus(model, machine)),
    applications: fromMap(model.applications, applicationEntry),
    'remote-applications': fromMap(model.remotes, (remote) => remoteEntry(model, remote)),
    offers: holds(model, user, 'admin') ? fromMap(model.offers, (offer) => offerEntry(model, offer)) : {},
    relations: [...model.relations.values()].map((relation) => relationEntry(model, relation)),
    'controller-timestamp': now,
    branches: model.controller.flavour === '3.6' ? {} : null,
  };
}

function modelStatus(model: SimModel): object {
  const { controller, migration } = model;
  const since = controller.world.clock.now();
  const status =
    migration === undefined ? { status: 'available', message: '' } : { status: 'busy', message: migration };
  return {
    name: model.name,
    type: model.type,
    'cloud-tag': `cloud-${controller.cloud.name}`,
    version: controller.version,
    'available-version': model.availableVersion,
    'model-status': detailed({ ...status, since }, { data: null }),
    ...(controller.flavour === '3.6'
      ? { 'meter-status': { color: '', message: '' }, sla: 'unsupported' }
      : {}),
  };
}

function machineStatus({ controller }: SimModel, machine: SimMachine): object {
  const running = { status: 'running', message: 'Manually provisioned machine', since: machine.agent.since };
  const space = { space: 'alpha', 'is-up': true };
  return {
    'agent-status': detailed(machine.agent, { life: 'alive' }),
    'instance-status': detailed(running, { life: 'alive' }),
    'modification-status': noStatus,
    hostname: machine.hostname,
    'dns-name': machine.address,
    'ip-addresses': [machine.address],
    'instance-id': `manual:${machine.address}`,
    'display-name': '',
    base: { name: 'ubuntu', channel: `${machine.base}/stable` },
    id: machine.id,
    'network-interfaces': {
      eth0: { 'ip-addresses': [`${machine.address}/24`], 'mac-address': '', ...space },
    },
    containers: {},
    constraints: '',
    hardware: 'arch=amd64 cores=2 mem=4096M',
    jobs: machine.hasVote ? ['JobHostUnits', 'JobManageModel'] : ['JobHostUnits'],
    'has-vote': machine.hasVote,
    'wants-vote': machine.hasVote,
    ...(machine.hasVote && controller.flavour === '4.0' ? { 'cluster-role': 'voter' } : {}),
  };
}

function relationEntry(model: SimModel, relation: SimRelation): object {
  const status = { status: relation.status, message: '', since: relation.since };
  return {
    id: relation.id,
    key: relation.key,
    interface: relation.interface,
    scope: relation.scope,
    endpoints: relation.sides.map(({ application, endpoint }) => ({
      application,
      name: endpoint.name,
      role: endpoint.role,
      subordinate: model.applications.get(application)?.charm.subordinate === true,
    })),
    status: detailed(status),
  };
}
