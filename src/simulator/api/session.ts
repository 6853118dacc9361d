/** One connection's requests, whatever carries them: a WebSocket, or a direct call in a simulation. */
import { JujuError, denied } from '../errors.js';
import { watchModel, type AllWatcher } from './all-watcher.js';
import type { ControllerCall } from './call.js';
import { facadesOf, type Facades } from './facades.js';
import { logIn, loginResult, type Door, type LoggedIn } from './login.js';
import { findMethod } from './methods.js';
import { isRecord, type Params } from './params.js';

export interface RpcRequest {
  readonly 'request-id': number;
  readonly type: string;
  readonly version: number;
  readonly id?: string;
  readonly request: string;
  readonly params: Params;
}

export interface RpcReply {
  readonly 'request-id': number;
  readonly error?: string;
  readonly 'error-code'?: string;
  readonly 'error-info'?: object;
  readonly response: object;
}

export interface Session {
  /** Answers a request; never settles where the controller is told to hang. */
  request(request: RpcRequest): Promise<RpcReply>;
  /** Whether the user who logged in was disabled since: his connections end. */
  isOver(): boolean;
  close(): void;
}

/** Calls that an upgrade or a migration lets through (Juju facts, section 1.1). */
const alwaysAllowed = new Set([
  'Client.FullStatus',
  'Pinger.Ping',
  'ModelManager.ModelInfo',
  'ModelManager.ListModelSummaries',
]);

export function openSession(door: Door): Session {
  const watchers = watchersOf(door);
  let login: LoggedIn | undefined;

  async function request(rpc: RpcRequest): Promise<RpcReply> {
    const { faults, world } = door.controller;
    if (faults.latencyMs > 0) await world.clock.sleep(faults.latencyMs);
    if (faults.silent || faults.hanging.has(`${rpc.type}.${rpc.request}`)) await never();
    const id = rpc['request-id'];
    try {
      return { 'request-id': id, response: await answer(rpc) };
    } catch (error) {
      return { 'request-id': id, ...errorFields(error), response: {} };
    }
  }

  function answer(rpc: RpcRequest): object | Promise<object> {
    if (rpc.type === 'Admin' && rpc.request === 'Login') {
      login = logIn(door, rpc.params);
      return loginResult(door, login, facadesFor(door));
    }
    if (login === undefined) throw new JujuError(`unknown facade type "${rpc.type}"`, 'not implemented');
    if (login.user.disabled) throw new JujuError('invalid entity name or password', 'unauthorized access');
    checkFacade(door, rpc);
    checkState(login, door, rpc);
    return watchers.answer(login, rpc) ?? dispatch(door, login, rpc);
  }

  return {
    request,
    isOver: () => login?.user.disabled === true,
    close: watchers.close,
  };
}

interface Watchers {
  /** Answers calls about watchers; undefined for all others. */
  answer(login: LoggedIn, rpc: RpcRequest): object | Promise<object> | undefined;
  readonly close: () => void;
}

function watchersOf({ controller }: Door): Watchers {
  const watchers = new Map<string, AllWatcher>();

  function begin({ model }: LoggedIn): object {
    if (model === undefined || controller.flavour === '4.0') {
      throw new JujuError('WatchAll not implemented', 'not implemented');
    }
    const id = String(watchers.size + 1);
    watchers.set(id, watchModel(model));
    return { 'watcher-id': id };
  }

  function answer(login: LoggedIn, rpc: RpcRequest): object | Promise<object> | undefined {
    if (rpc.type === 'Client' && rpc.request === 'WatchAll') return begin(login);
    if (rpc.type !== 'AllWatcher') return undefined;
    const watcher = watchers.get(rpc.id ?? '');
    if (watcher === undefined) throw new JujuError('unknown watcher id', 'not found');
    if (rpc.request === 'Next') return watcher.next();
    watcher.stop();
    return {};
  }

  return {
    answer,
    close: () => {
      for (const watcher of watchers.values()) watcher.stop();
    },
  };
}

function dispatch(
  { controller }: Door,
  { user, model }: LoggedIn,
  rpc: RpcRequest,
): object | Promise<object> {
  const method = findMethod(`${rpc.type}.${rpc.request}`);
  if (method === undefined) {
    const text = `unknown method "${rpc.request}" at version ${rpc.version} for facade type "${rpc.type}"`;
    throw new JujuError(text, 'not implemented');
  }
  const call: ControllerCall = { controller, user, version: rpc.version, params: rpc.params };
  return method(call, model);
}

function facadesFor({ controller, modelUuid }: Door): Facades {
  const sides = facadesOf[controller.flavour];
  return modelUuid === undefined ? sides.controller : sides.model;
}

function checkFacade(door: Door, { type, version }: RpcRequest): void {
  const sides = facadesOf[door.controller.flavour];
  const isController = door.modelUuid === undefined;
  const [own, other] = isController ? [sides.controller, sides.model] : [sides.model, sides.controller];
  if (own[type]?.includes(version)) return;
  if (own[type] === undefined && other[type] !== undefined) {
    const kind = isController ? 'controller' : 'model';
    throw new JujuError(`facade "${type}" not supported for ${kind} API connection`, 'not supported');
  }
  throw new JujuError(`unknown version ${version} for facade type "${type}"`, 'not implemented');
}

function checkState({ model }: LoggedIn, { controller }: Door, { type, request }: RpcRequest): void {
  const name = `${type}.${request}`;
  if (controller.faults.denied.has(name)) throw denied();
  if (alwaysAllowed.has(name)) return;
  if (controller.faults.upgrade !== 'none') throw new JujuError('upgrade in progress', 'upgrade in progress');
  if (model?.migration !== undefined)
    throw new JujuError('model migration in progress', 'model migration in progress');
}

function errorFields(error: unknown): Pick<RpcReply, 'error' | 'error-code' | 'error-info'> {
  if (!(error instanceof JujuError)) throw error;
  return {
    error: error.message,
    ...(error.code === '' ? {} : { 'error-code': error.code }),
    ...(error.info === undefined ? {} : { 'error-info': error.info }),
  };
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}

/** Reads a frame; undefined when it is no request. */
export function parseRequest(text: string): RpcRequest | undefined {
  const value = parseJson(text);
  if (!isRecord(value) || typeof value['request-id'] !== 'number') return undefined;
  if (typeof value['type'] !== 'string' || typeof value['request'] !== 'string') return undefined;
  return {
    'request-id': value['request-id'],
    type: value['type'],
    version: typeof value['version'] === 'number' ? value['version'] : 0,
    ...(typeof value['id'] === 'string' ? { id: value['id'] } : {}),
    request: value['request'],
    params: isRecord(value['params']) ? value['params'] : {},
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
