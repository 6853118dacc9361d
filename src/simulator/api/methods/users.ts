import { changeControllerAccess, setDisabled } from '../../world/access.js';
import { isSuperuser, needSuperuser } from '../../world/levels.js';
import { JujuError } from '../../errors.js';
import type { SimUser } from '../../world/state.js';
import type { ControllerCall, ControllerMethod } from '../call.js';
import { eachResult, entityNames, flagOf, nameOfTag, recordsOf, textOf } from '../params.js';
import { wireSecond, wireTime } from '../times.js';
import { accessChange } from './model-manager.js';

export const userMethods: Readonly<Record<string, ControllerMethod>> = {
  'UserManager.UserInfo': info,
  'UserManager.SetPassword': setPassword,
  'UserManager.DisableUser': (call) => disable(call, true),
  'UserManager.EnableUser': (call) => disable(call, false),
  'Controller.ModifyControllerAccess': modify,
  'Controller.GetControllerAccess': levels,
};

/** Without names: everybody, or only oneself for those who are no superusers. */
function info({ controller, user, params }: ControllerCall): object {
  const names = entityNames(params, 'user');
  const everybody = [...controller.users.keys()].filter((name) => isSuperuser(user) || name === user.name);
  const wanted = names.length > 0 ? names : everybody;
  const shown = wanted.filter(
    (name) => names.length > 0 || flagOf(params, 'include-disabled') || isEnabled(name),
  );
  return eachResult(shown, (name) => {
    const found = controller.users.get(name);
    if (found === undefined) throw new JujuError(`user "${name}" not found`, 'user not found');
    if (!isSuperuser(user) && name !== user.name)
      throw new JujuError('permission denied', 'unauthorized access');
    return { result: userInfo(found) };
  });

  function isEnabled(name: string): boolean {
    return controller.users.get(name)?.disabled === false;
  }
}

/** A disabled user shows no level; it reappears when he is enabled. */
function userInfo(user: SimUser): object {
  const seen =
    user.lastConnection === undefined ? {} : { 'last-connection': wireSecond(user.lastConnection) };
  return {
    username: user.name,
    'display-name': user.displayName,
    access: user.disabled ? '' : user.access,
    'created-by': 'admin',
    'date-created': wireTime(user.created),
    ...seen,
    disabled: user.disabled,
  };
}

/** Everybody his own, superusers anyone's. Sessions that are open go on (Juju facts 9.10). */
function setPassword({ controller, user, params }: ControllerCall): object {
  return eachResult(recordsOf(params, 'changes'), (change) => {
    const name = nameOfTag(textOf(change, 'tag'), 'user');
    if (!isSuperuser(user) && name !== user.name)
      throw new JujuError('permission denied', 'unauthorized access');
    const found = controller.users.get(name);
    if (found === undefined) throw new JujuError(`user "${name}" not found`, 'user not found');
    found.password = textOf(change, 'password');
    return {};
  });
}

function disable({ controller, user, params }: ControllerCall, disabled: boolean): object {
  needSuperuser(user);
  return eachResult(entityNames(params, 'user'), (name) => {
    setDisabled(controller, name, disabled);
    return {};
  });
}

function modify({ controller, user, params }: ControllerCall): object {
  needSuperuser(user);
  return eachResult(recordsOf(params, 'changes'), (change) => {
    changeControllerAccess(controller, accessChange(change));
    return {};
  });
}

function levels({ controller, params }: ControllerCall): object {
  return eachResult(entityNames(params, 'user'), (name) => {
    const access = controller.users.get(name)?.access;
    if (access === undefined) throw new JujuError(`user "${name}" not found`, 'user not found');
    return { result: { 'user-tag': `user-${name}`, access } };
  });
}
