/** What demonstrations and tests do to a simulated controller, by name: mostly what an administrator breaks. */
import { changeControllerAccess, changeModelAccess, setDisabled } from './world/access.js';
import { setControllerConfig, setModelConfig } from './world/config.js';
import { applicationNamed, expose, unexpose } from './world/exposure.js';
import { setWorkload } from './world/hooks.js';
import { addRelation, removeRelation } from './world/relations.js';
import { resetOptions, setOptions } from './world/settings.js';
import { blockTypeOf, switchBlockOff, switchBlockOn } from './world/blocks.js';
import { modelNamed } from './faults.js';
import { publish, setCharm } from './refresh/request.js';
import type { ModelLevel, SimController } from './world/state.js';

/** Every operation acts at once, as an administrator with all rights; models go by their short name. */
export interface WorldOperations {
  integrate(model: string, first: string, second: string): void;
  removeRelation(model: string, first: string, second: string): void;
  setOptions(model: string, application: string, texts: Readonly<Record<string, string>>): void;
  resetOptions(model: string, application: string, names: readonly string[]): void;
  expose(model: string, application: string, cidrs?: readonly string[]): void;
  unexpose(model: string, application: string): void;
  grantModel(model: string, user: string, access: ModelLevel): void;
  revokeModel(model: string, user: string, access: ModelLevel): void;
  grantSuperuser(user: string): void;
  revokeSuperuser(user: string): void;
  disableUser(user: string): void;
  enableUser(user: string): void;
  setModelConfig(model: string, values: Readonly<Record<string, unknown>>): void;
  setControllerConfig(values: Readonly<Record<string, unknown>>): void;
  disableCommands(model: string, commandSet: string, message?: string): void;
  enableCommands(model: string, commandSet: string): void;
  /** A newer revision of an application's charm comes out in its channel. */
  publish(model: string, application: string, revision: number): void;
  /** Somebody refreshes an application by hand, to a revision with the image that goes with it. */
  refresh(model: string, application: string, revision: number): void;
  /** Puts the status of every unit of an application. */
  setStatus(
    model: string,
    application: string,
    status: { readonly status: string; readonly message?: string },
  ): void;
}

export function operationsOf(controller: SimController): WorldOperations {
  const model = (name: string): ReturnType<typeof modelNamed> => modelNamed(controller, name);
  const application = (name: string, of: string): ReturnType<typeof applicationNamed> =>
    applicationNamed(model(name), of);
  return {
    integrate: (name, first, second) => void addRelation(model(name), first, second),
    removeRelation: (name, first, second) => {
      removeRelation(model(name), first, second);
    },
    setOptions: (name, of, texts) => {
      setOptions(application(name, of), texts);
    },
    resetOptions: (name, of, names) => {
      resetOptions(application(name, of), names);
    },
    expose: (name, of, cidrs = []) => {
      expose(application(name, of), cidrs.length > 0 ? new Map([['', { cidrs, spaces: [] }]]) : new Map());
    },
    unexpose: (name, of) => {
      unexpose(application(name, of), []);
    },
    grantModel: (name, user, access) => {
      changeModelAccess(model(name), { user, action: 'grant', access });
    },
    revokeModel: (name, user, access) => {
      changeModelAccess(model(name), { user, action: 'revoke', access });
    },
    ...controllerOperations(controller),
    setModelConfig: (name, values) => {
      setModelConfig(model(name), values);
    },
    disableCommands: (name, commandSet, message = '') => {
      switchBlockOn(model(name), blockTypeOf(commandSet) ?? 'BlockChange', message);
    },
    enableCommands: (name, commandSet) => {
      switchBlockOff(model(name), blockTypeOf(commandSet) ?? 'BlockChange');
    },
    publish: (name, of, revision) => {
      publish(application(name, of), revision);
    },
    refresh: (name, of, revision) => {
      setCharm(application(name, of), { revision, channel: '', byNumber: true, withImage: true });
    },
    setStatus: (name, of, { status, message = '' }) => {
      for (const unit of application(name, of).units) setWorkload(controller.world, unit, status, message);
    },
  };
}

type OnController = Pick<
  WorldOperations,
  'grantSuperuser' | 'revokeSuperuser' | 'disableUser' | 'enableUser' | 'setControllerConfig'
>;

function controllerOperations(controller: SimController): OnController {
  return {
    grantSuperuser: (user) => {
      changeControllerAccess(controller, { user, action: 'grant', access: 'superuser' });
    },
    revokeSuperuser: (user) => {
      changeControllerAccess(controller, { user, action: 'revoke', access: 'superuser' });
    },
    disableUser: (user) => void setDisabled(controller, user, true),
    enableUser: (user) => void setDisabled(controller, user, false),
    setControllerConfig: (values) => {
      setControllerConfig(controller, values);
    },
  };
}
