import type { AccessRef, Action, EndpointRef, ModelRef } from './action.js';
import { systemUsersSecret, type RotationAction } from './rotation.js';

/** `controller:owner/model`, as `-m` takes it. */
export function modelArgument(model: ModelRef): string {
  return `${model.controller}:${model.owner}/${model.model}`;
}

/** The arguments of the `juju` call that performs the action: complete, without the program, never with a secret. */
export function argvOf(action: Action): readonly string[] {
  return 'model' in action ? modelArgv(action) : controllerArgv(action);
}

type ModelAction = Extract<Action, { model: ModelRef }>;
type ControllerAction = Exclude<Action, ModelAction>;

function modelArgv(action: ModelAction): readonly string[] {
  const m = ['-m', modelArgument(action.model)];
  switch (action.type) {
    case 'integrate':
    case 'remove-relation':
      return [action.type, ...m, ...action.ends.map(endpointArgument)];
    case 'set-config':
      return ['config', ...m, action.application, `${action.key}=${action.value}`];
    case 'reset-config':
      return ['config', ...m, '--reset', action.key, action.application];
    case 'set-model-config':
      return ['model-config', ...m, `${action.key}=${action.value}`];
    case 'reset-model-config':
      return ['model-config', ...m, '--reset', action.key];
    case 'disable-command':
      return ['disable-command', ...m, action.commandSet, action.message];
    case 'enable-command':
      return ['enable-command', ...m, action.commandSet];
    case 'expose':
      return [
        'expose',
        ...m,
        action.application,
        ...endpointFlag(action.endpoint),
        '--to-cidrs',
        action.cidrs.join(','),
      ];
    case 'unexpose':
      return ['unexpose', ...m, action.application, ...endpointFlag(action.endpoint)];
    case 'trust':
      return ['trust', ...m, action.application, ...clusterScope(action.kubernetes)];
    case 'remove-trust':
      return ['trust', ...m, action.application, '--remove', ...clusterScope(action.kubernetes)];
    case 'run-action':
      return ['run', ...m, action.unit, action.action, ...pairs(action.params), ...awaited];
    case 'refresh':
      return ['refresh', ...m, action.application, ...refreshFlags(action)];
    case 'rotate-system-users':
      return systemUsersArgv(action, m);
  }
}

function controllerArgv(action: ControllerAction): readonly string[] {
  const c = ['-c', action.controller];
  switch (action.type) {
    case 'set-controller-config':
      return ['controller-config', ...c, `${action.key}=${action.value}`];
    case 'disable-user':
    case 'enable-user':
      return [action.type, ...c, action.user];
    case 'grant':
    case 'revoke':
      return [action.type, ...c, action.user, action.level, ...accessArgument(action.on)];
    case 'grant-cloud':
    case 'revoke-cloud':
      return [action.type, ...c, action.user, action.level, action.cloud];
    case 'rotate-user-password':
      return ['change-user-password', ...c, '--no-prompt', action.user];
  }
}

/** The step that changes them; with a secret, what makes, grants and names it comes before and after. */
function systemUsersArgv(
  { by, unit = '', users, application }: Extract<RotationAction, { type: 'rotate-system-users' }>,
  m: readonly string[],
): readonly string[] {
  return by === 'set-password'
    ? ['run', ...m, unit, 'set-password', `username=${users[0] ?? ''}`, ...awaited]
    : ['update-secret', ...m, systemUsersSecret(application), '--file', 'PRIVATE-FILE'];
}

/** The answer has to be read: the exit code of `juju run` says nothing (Juju facts 9.4). */
const awaited = ['--format', 'json', '--utc', '--wait', '10m'];

function pairs(values: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(values).map(([key, value]) => `${key}=${value}`);
}

function refreshFlags(action: Extract<Action, { type: 'refresh' }>): readonly string[] {
  const { revision, channel, trust, resources = {} } = action;
  return [
    ...(revision === undefined ? [] : ['--revision', String(revision)]),
    ...(channel === undefined ? [] : ['--channel', channel]),
    ...(trust === true ? ['--trust'] : []),
    ...pairs(resources).flatMap((resource) => ['--resource', resource]),
  ];
}

function endpointArgument(end: EndpointRef): string {
  return end.endpoint === '' ? end.application : `${end.application}:${end.endpoint}`;
}

function endpointFlag(endpoint: string | undefined): readonly string[] {
  return endpoint === undefined ? [] : ['--endpoints', endpoint];
}

function clusterScope(kubernetes: boolean): readonly string[] {
  return kubernetes ? ['--scope=cluster'] : [];
}

function accessArgument(on: AccessRef | undefined): readonly string[] {
  return on === undefined ? [] : [on.name];
}

/** The line a person would type. Arguments with anything but plain characters are quoted for a POSIX shell. */
export function commandLine(argv: readonly string[]): string {
  return ['juju', ...argv].map(quoted).join(' ');
}

/** One argument as it is typed in a POSIX shell. */
export function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}
