/** What the AllWatcher of 3.6 tells of each kind of entity (Juju facts, section 2). */
import { charmUrl } from '../world/charm-url.js';
import type { SimApplication, SimMachine, SimModel, SimRelation, SimUnit, Status } from '../world/state.js';
import { applicationStatus } from './application-status.js';
import { offerUrl } from './status-offers.js';

/** `kind name` and the entity, its model's UUID left out. */
export type Entity = readonly [key: string, entity: object];

export function entities(model: SimModel): readonly Entity[] {
  const applications = [...model.applications.values()];
  return [
    [`model ${model.name}`, modelEntity(model)],
    ...applications.map((application): Entity => [
      `application ${application.name}`,
      applicationEntity(application),
    ]),
    ...applications
      .flatMap(({ units }) => units)
      .map((unit): Entity => [`unit ${unit.name}`, unitEntity(unit)]),
    ...[...model.machines.values()].map((machine): Entity => [
      `machine ${machine.id}`,
      machineEntity(machine),
    ]),
    ...[...model.relations.values()].map((relation): Entity => [
      `relation ${relation.key}`,
      relationEntity(relation),
    ]),
    ...[...model.remotes.values()].map((remote): Entity => [
      `remoteApplication ${remote.name}`,
      {
        name: remote.name,
        'offer-url': offerUrl(remote.offerModel, remote.offer),
        life: 'alive',
        status: statusEntity({ status: 'active', message: '', since: remote.since }),
      },
    ]),
    ...model.blocks.map(({ id, type, message }): Entity => [
      `block ${id}`,
      { id, type, message, tag: `model-${model.uuid}` },
    ]),
  ];
}

function modelEntity(model: SimModel): object {
  const { controller } = model;
  return {
    name: model.name,
    life: 'alive',
    owner: model.owner,
    'controller-uuid': controller.uuid,
    'is-controller': model.isController,
    config: Object.fromEntries([...model.config].map(([key, { value }]) => [key, value])),
    status: { current: 'available', message: '', version: '' },
    constraints: {},
    sla: { level: 'unsupported', owner: '' },
    type: model.type,
    cloud: controller.cloud.name,
    'cloud-region': '',
    version: controller.version,
  };
}

function applicationEntity(application: SimApplication): object {
  return {
    name: application.name,
    exposed: application.exposed.size > 0,
    'charm-url': charmUrl(application),
    'owner-tag': '',
    life: 'alive',
    'min-units': 0,
    constraints: {},
    subordinate: application.charm.subordinate === true,
    status: statusEntity(applicationStatus(application) ?? { status: 'unknown', message: '', since: 0 }),
    'workload-version': application.workloadVersion,
  };
}

function unitEntity(unit: SimUnit): object {
  const { application } = unit;
  return {
    name: unit.name,
    application: application.name,
    base: `ubuntu@${application.base}/stable`,
    'charm-url': charmUrl(application),
    life: 'alive',
    'public-address': unit.address,
    'private-address': unit.address,
    'machine-id': unit.machine,
    ports: null,
    'port-ranges': null,
    principal: unit.principal?.name ?? '',
    subordinate: unit.principal !== undefined,
    'workload-status': statusEntity(unit.workload),
    'agent-status': statusEntity(unit.agent),
  };
}

function machineEntity(machine: SimMachine): object {
  return {
    id: machine.id,
    'instance-id': `manual:${machine.address}`,
    'agent-status': statusEntity(machine.agent),
    'instance-status': statusEntity({ ...machine.agent, status: 'running' }),
    life: 'alive',
    base: `ubuntu@${machine.base}/stable`,
    'container-type': '',
    'supported-containers': null,
    'supported-containers-known': false,
    jobs: [machine.hasVote ? 'JobManageModel' : 'JobHostUnits'],
    addresses: [{ value: machine.address, type: 'ipv4', scope: 'local-cloud' }],
    'has-vote': machine.hasVote,
    'wants-vote': machine.hasVote,
    hostname: machine.hostname,
  };
}

/** The watcher does not tell a relation's status, only that it changed. */
function relationEntity({ id, key, sides, dying }: SimRelation): object {
  const endpoints = sides.map(({ application, endpoint }) => {
    const { name, role, interface: kind, limit, scope } = endpoint;
    return {
      'application-name': application,
      relation: { name, role, interface: kind, optional: false, limit, scope },
    };
  });
  return { key, id, endpoints, ...(dying ? { life: 'dying' } : {}) };
}

function statusEntity({ status, message }: Status): object {
  return { current: status, message, version: '' };
}
