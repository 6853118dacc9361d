import { changeModelAccess, type AccessAction } from '../../world/access.js';
import { denied, JujuError } from '../../errors.js';
import { holds, isSuperuser } from '../../world/levels.js';
import type { SimController, SimModel, SimUser } from '../../world/state.js';
import type { ControllerCall, ControllerMethod } from '../call.js';
import { eachResult, entityNames, flagOf, nameOfTag, recordsOf, textOf } from '../params.js';
import { wireSecond, wireTime } from '../times.js';

export const modelManagerMethods: Readonly<Record<string, ControllerMethod>> = {
  'ModelManager.ListModelSummaries': summaries,
  'ModelManager.ListModels': list,
  'ModelManager.ModelInfo': info,
  'ModelManager.ModelStatus': status,
  'ModelManager.ModifyModelAccess': modify,
};

function summaries({ controller, user, params }: ControllerCall): object {
  const all = flagOf(params, 'all');
  if (all && !isSuperuser(user)) throw denied();
  const models = all ? [...controller.models.values()] : visibleModels(controller, user);
  return { results: models.map((model) => ({ result: summaryOf(model, user, all) })) };
}

/** The models that the user has a level on; being a superuser alone lists none. */
function visibleModels(controller: SimController, user: SimUser): readonly SimModel[] {
  return [...controller.models.values()].filter((model) => model.users.has(user.name));
}

function summaryOf(model: SimModel, user: SimUser, all: boolean): object {
  const own = all ? undefined : model.users.get(user.name);
  return {
    ...commonFields(model),
    status: statusOf(model),
    'user-access': own?.access ?? '',
    'last-connection': own?.lastConnection === undefined ? null : wireSecond(own.lastConnection),
    counts: [
      { entity: 'machines', count: model.machines.size },
      { entity: 'units', count: unitCount(model) },
    ],
    'agent-version': model.controller.version,
    ...(model.controller.flavour === '3.6' ? { sla: { level: 'unsupported', owner: '' } } : {}),
  };
}

function commonFields(model: SimModel): object {
  const { controller } = model;
  return {
    name: model.name,
    uuid: model.uuid,
    type: model.type,
    'controller-uuid': controller.uuid,
    'is-controller': model.isController,
    'provider-type': controller.cloud.type,
    'cloud-tag': `cloud-${controller.cloud.name}`,
    'owner-tag': `user-${model.owner}`,
    life: 'alive',
  };
}

function statusOf({ controller, migration }: SimModel): object {
  const since = wireTime(controller.world.clock.now());
  return { status: migration === undefined ? 'available' : 'busy', info: migration ?? '', since };
}

export function unitCount({ applications }: SimModel): number {
  return [...applications.values()].reduce((sum, { units }) => sum + units.length, 0);
}

function list({ controller, user }: ControllerCall): object {
  const models = visibleModels(controller, user).map((model) => {
    const { name, uuid, type, owner } = model;
    return { model: { name, uuid, type, 'owner-tag': `user-${owner}` }, 'last-connection': null };
  });
  return { 'user-models': models };
}

function info({ controller, user, params }: ControllerCall): object {
  return eachResult(entityNames(params, 'model'), (uuid) => {
    const model = controller.models.get(uuid);
    if (model === undefined || !holds(model, user, 'read')) throw denied();
    return { result: infoOf(model, user) };
  });
}

function infoOf(model: SimModel, user: SimUser): object {
  const mayWrite = holds(model, user, 'write');
  return {
    ...commonFields(model),
    ...credentialOf(model),
    status: statusOf(model),
    users: usersOf(model, user),
    machines: mayWrite ? machinesOf(model) : null,
    'secret-backends': mayWrite ? [backendOf(model)] : null,
    'agent-version': model.controller.version,
    'supported-features': [
      {
        name: 'juju',
        description: 'the version of Juju used by the model',
        version: model.controller.version,
      },
    ],
    ...migrationOf(model),
    ...(model.controller.flavour === '3.6' ? { sla: { level: 'unsupported', owner: '' } } : {}),
  };
}

function credentialOf({ controller, credential }: SimModel): object {
  if (credential === undefined) return {};
  const tag = `cloudcred-${controller.cloud.name}_${credential.owner}_${credential.name}`;
  return { 'cloud-credential-tag': tag, 'cloud-credential-validity': credential.valid };
}

/** All but superusers see only themselves; disabled users are hidden (Juju facts 9.23). */
function usersOf(model: SimModel, user: SimUser): readonly object[] {
  const { controller } = model;
  return [...model.users].flatMap(([name, { access, lastConnection }]) => {
    const account = controller.users.get(name);
    if (account?.disabled !== false || (name !== user.name && !isSuperuser(user))) return [];
    const seen = lastConnection === undefined ? null : wireSecond(lastConnection);
    const shown = { user: name, 'display-name': account.displayName, 'last-connection': seen, access };
    return [controller.flavour === '4.0' ? { 'model-tag': '', ...shown } : shown];
  });
}

function machinesOf({ machines }: SimModel): readonly object[] {
  return [...machines.values()].map(({ id, address, agent }) => ({
    id,
    'instance-id': `manual:${address}`,
    status: agent.status,
  }));
}

function backendOf({ secrets }: SimModel): object {
  const result = { name: 'internal', 'backend-type': 'controller', config: null };
  return { result, id: '', 'num-secrets': secrets.length, status: 'active' };
}

function migrationOf({ migration, controller }: SimModel): object {
  if (migration === undefined) return {};
  return { migration: { status: migration, start: wireTime(controller.world.clock.now()) } };
}

function status({ controller, user, params }: ControllerCall): object {
  return eachResult(entityNames(params, 'model'), (uuid) => {
    const model = controller.models.get(uuid);
    if (model === undefined || !holds(model, user, 'admin')) throw denied();
    return {
      'model-tag': `model-${uuid}`,
      life: 'alive',
      type: model.type,
      'hosted-machine-count': model.machines.size,
      'application-count': model.applications.size,
      'unit-count': unitCount(model),
      'owner-tag': `user-${model.owner}`,
      'is-controller': model.isController,
      'model-machines': machinesOf(model),
    };
  });
}

function modify({ controller, user, params }: ControllerCall): object {
  return eachResult(recordsOf(params, 'changes'), (change) => {
    const model = controller.models.get(nameOfTag(textOf(change, 'model-tag'), 'model'));
    if (model === undefined) throw new JujuError('model not found', 'model not found');
    if (!holds(model, user, 'admin')) throw denied();
    changeModelAccess(model, accessChange(change));
    return {};
  });
}

/** The parts that all calls of this kind share. */
export function accessChange(change: Readonly<Record<string, unknown>>): {
  user: string;
  action: AccessAction;
  access: string;
} {
  return {
    user: nameOfTag(textOf(change, 'user-tag'), 'user'),
    action: textOf(change, 'action') === 'revoke' ? 'revoke' : 'grant',
    access: textOf(change, 'access'),
  };
}
