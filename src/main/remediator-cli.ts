/** The `juju` of one of our own identities: its own data directory, the binary that fits the controller, a deadline. */
import { tmpdir } from 'node:os';
import { findJuju } from '../juju/cli/binary.js';
import { jujuCli } from '../juju/cli/driver.js';
import { jujuData, type ControllerLogin, type JujuData } from '../juju/cli/juju-data.js';
import { valueOf } from '../core/fact.js';
import { InputError } from '../core/input-error.js';
import type { ControllerAccess, Credentials } from '../core/policy/policy.js';
import type { Clock, JujuApi, JujuCli } from '../core/ports/index.js';
import type { Environment } from '../config/environment.js';
import { currentCa } from '../config/policy/controllers.js';

interface OwnCliOptions {
  readonly environment: Environment;
  readonly clock: Clock;
  /** How each controller is followed at present: it changes when the policy is loaded anew. */
  readonly followed: (controller: string) => Followed | undefined;
}

/** An identity that has a driver of its own. */
interface Worker {
  readonly role: 'remediator' | 'prober';
  /** Why a call must not be made by it. */
  readonly refuses?: (argv: readonly string[]) => string | undefined;
}

export interface Followed {
  readonly api: Pick<JujuApi, 'current'>;
  readonly access: ControllerAccess;
  /** Seconds for a call. */
  readonly deadline: number;
}

/** Hands out a driver for each controller that has a remediator identity at present; undefined for the others. */
export function remediatorCli(options: OwnCliOptions): (controller: string) => JujuCli | undefined {
  return ownCli(options, { role: 'remediator' });
}

/** The same for the prober, who may make no other call than those that `refuses` lets through. */
export function proberCli(
  options: OwnCliOptions,
  refuses: NonNullable<Worker['refuses']>,
): (controller: string) => JujuCli | undefined {
  return ownCli(options, { role: 'prober', refuses });
}

function ownCli(options: OwnCliOptions, worker: Worker): (controller: string) => JujuCli | undefined {
  // One for all calls on a controller: it writes the files of calls at the same time one after the other.
  const directories = new Map<string, JujuData>();
  return (controller) => {
    const followed = options.followed(controller);
    const identity = followed?.access[worker.role];
    if (followed === undefined || identity === undefined) return undefined;
    const data =
      directories.get(controller) ?? jujuData(options.environment.stateDir, controller, worker.role);
    directories.set(controller, data);
    return driverFor(followed, identity, { ...options, ...worker, data });
  };
}

function driverFor(
  followed: Followed,
  identity: Credentials,
  { environment, clock, data, refuses }: OwnCliOptions & Worker & { readonly data: JujuData },
): JujuCli {
  const controller = followed.access.name;
  return jujuCli({
    controller,
    binary: () => findJuju(binariesOf(environment), versionOf(followed), true),
    dataDirectory: data.directory,
    prepare: () => data.write(loginOf(followed, identity)),
    environment: { PATH: environment.searchPath, HOME: data.directory },
    temporaryDirectory: tmpdir(),
    deadlineMs: followed.deadline * 1000,
    readOnly: false,
    ...(refuses === undefined ? {} : { refuses }),
    secrets: () => [identity.password].filter((secret) => secret !== ''),
    clock,
  });
}

function binariesOf({ juju3, juju4, searchPath }: Environment): Parameters<typeof findJuju>[0] {
  return { juju3, juju4, searchPath };
}

function versionOf({ api, access }: Followed): string {
  const version = valueOf(api.current().info)?.version;
  if (version === undefined)
    throw new InputError(`the version of controller ${access.name} is not known yet`);
  return version;
}

function loginOf({ api, access }: Followed, identity: Credentials): ControllerLogin {
  const state = api.current();
  const models = Object.values(state.models).flatMap((model) => {
    const info = valueOf(model.info);
    if (info?.uuid === undefined || info.owner === undefined) return [];
    return [{ name: `${info.owner}/${model.name}`, uuid: info.uuid, type: info.type ?? ('iaas' as const) }];
  });
  const { name, addresses } = access;
  return {
    name,
    uuid: valueOf(state.info)?.uuid ?? '',
    addresses,
    caCertificate: currentCa(access) ?? '',
    ...identity,
    models,
  };
}
