import { setControllerConfig } from '../../world/config.js';
import { denied, JujuError } from '../../errors.js';
import { changeCloudAccess } from '../../world/access.js';
import { holds, isSuperuser, needSuperuser } from '../../world/levels.js';
import type { SimCredential } from '../../world/state.js';
import type { ControllerCall, ControllerMethod } from '../call.js';
import { fromMap } from '../from-map.js';
import { eachResult, entityNames, recordOf, recordsOf, textOf } from '../params.js';
import { accessChange } from './model-manager.js';

export const controllerMethods: Readonly<Record<string, ControllerMethod>> = {
  'Controller.ControllerConfig': config,
  'Controller.ConfigSet': configSet,
  'Controller.ListBlockedModels': blockedModels,
  'Controller.ControllerVersion': version,
  'Controller.WatchModelSummaries': (call) => refuseWatch(call, 'WatchModelSummaries', 'not supported'),
  'Controller.WatchAllModels': (call) => refuseWatch(call, 'WatchAllModels', 'not implemented'),
  'Cloud.Clouds': clouds,
  'Cloud.CloudInfo': cloudInfo,
  'Cloud.ModifyCloudAccess': modifyCloud,
  'Cloud.UserCredentials': userCredentials,
  'Cloud.Credential': credential,
  'Cloud.CredentialContents': contents,
  'SecretBackends.ListSecretBackends': secretBackends,
};

function config({ controller }: ControllerCall): object {
  const { caCert } = controller;
  return { config: { ...fromMap(controller.config, (value) => value), 'ca-cert': caCert.pem } };
}

function configSet({ controller, user, params }: ControllerCall): object {
  needSuperuser(user);
  setControllerConfig(controller, recordOf(params, 'config'));
  return {};
}

/** Version 12 of a 4.x controller fails every time (Juju facts 9.29). */
function blockedModels({ controller, user, version }: ControllerCall): object {
  needSuperuser(user);
  if (controller.flavour === '4.0' && version === 12) {
    throw new JujuError('runtime error: index out of range [0] with length 0');
  }
  const blocked = [...controller.models.values()].filter(({ blocks }) => blocks.length > 0);
  return {
    models: blocked.map(({ name, uuid, owner, blocks }) => ({
      name,
      'model-uuid': uuid,
      'owner-tag': `user-${owner}`,
      blocks: blocks.map(({ type }) => type),
    })),
  };
}

function version({ controller }: ControllerCall): object {
  return { version: controller.version, 'git-commit': '' };
}

function refuseWatch({ controller }: ControllerCall, method: string, code: string): object {
  throw new JujuError(`${method} ${code}`, controller.flavour === '3.6' ? 'not supported' : code);
}

function clouds({ controller: { cloud } }: ControllerCall): object {
  return { clouds: { [`cloud-${cloud.name}`]: cloudShape(cloud) } };
}

function cloudShape({ type }: { readonly type: string }): object {
  return { type, 'auth-types': ['empty'], regions: [{ name: 'default' }] };
}

function cloudInfo({ controller: { cloud, users }, user, params }: ControllerCall): object {
  return eachResult(entityNames(params, 'cloud'), (name) => {
    if (name !== cloud.name) throw new JujuError(`cloud "${name}" not found`, 'not found');
    const shown = [...cloud.users].filter(([each]) => user.access === 'superuser' || each === user.name);
    const listed = shown.map(([each, access]) => {
      return { user: each, 'display-name': users.get(each)?.displayName ?? '', access };
    });
    return { result: { ...cloudShape(cloud), users: listed } };
  });
}

function modifyCloud({ controller, user, params }: ControllerCall): object {
  return eachResult(recordsOf(params, 'changes'), (change) => {
    if (!isSuperuser(user) && controller.cloud.users.get(user.name) !== 'admin') throw denied();
    changeCloudAccess(controller, accessChange(change));
    return {};
  });
}

function userCredentials({ controller, params }: ControllerCall): object {
  return eachResult(recordsOf(params, 'user-clouds'), (item) => {
    const owner = textOf(item, 'user-tag').replace(/^user-/, '');
    const own = controller.cloud.credentials.filter((each) => each.owner === owner);
    return { result: own.map((each) => `cloudcred-${controller.cloud.name}_${each.owner}_${each.name}`) };
  });
}

function credential({ controller, params }: ControllerCall): object {
  return eachResult(entityNames(params, 'cloudcred'), (id) => {
    const found = controller.cloud.credentials.find(
      (each) => id === `${controller.cloud.name}_${each.owner}_${each.name}`,
    );
    if (found === undefined) throw new JujuError(`credential "${id}" not found`, 'not found');
    return { result: { 'auth-type': found.authType, attrs: {}, redacted: [] } };
  });
}

function contents({ controller, user, params }: ControllerCall): object {
  const named = recordsOf(params, 'credentials').map((each) => textOf(each, 'credential-name'));
  const own = controller.cloud.credentials.filter(({ owner, name }) => {
    return owner === user.name && (named.length === 0 || named.includes(name));
  });
  return { results: own.map((each) => ({ result: contentsOf({ controller, user }, each) })) };
}

function contentsOf(
  { controller, user }: Pick<ControllerCall, 'controller' | 'user'>,
  each: SimCredential,
): object {
  const using = [...controller.models.values()].filter(
    (model) => model.credential === each && holds(model, user, 'read'),
  );
  const content = {
    name: each.name,
    cloud: controller.cloud.name,
    'auth-type': each.authType,
    valid: each.valid,
    attrs: {},
  };
  return {
    content,
    models: using.map(({ name, users }) => ({ model: name, access: users.get(user.name)?.access ?? '' })),
  };
}

function secretBackends({ controller }: ControllerCall): object {
  const total = [...controller.models.values()].reduce((sum, { secrets }) => sum + secrets.length, 0);
  const result = { name: 'internal', 'backend-type': 'controller', config: null };
  return { results: [{ result, id: '', 'num-secrets': total, status: 'active' }] };
}
