/** The remediator's `juju`: its own data directory, the binary that fits the controller, a deadline. */
import { tmpdir } from 'node:os';
import { findJuju } from '../juju/cli/binary.js';
import { jujuCli } from '../juju/cli/driver.js';
import { jujuData, type ControllerLogin, type JujuData } from '../juju/cli/juju-data.js';
import { valueOf } from '../core/fact.js';
import { InputError } from '../core/input-error.js';
import type { ControllerAccess, Credentials } from '../core/policy/policy.js';
import type { Clock, JujuApi, JujuCli } from '../core/ports/index.js';
import type { Environment } from '../config/environment.js';

export interface RemediatorCliOptions {
  readonly environment: Environment;
  readonly clock: Clock;
  /** How each controller is followed at present: it changes when the policy is loaded anew. */
  readonly followed: (controller: string) => Followed | undefined;
}

export interface Followed {
  readonly api: JujuApi;
  readonly access: ControllerAccess;
  /** Seconds for a call. */
  readonly deadline: number;
}

/** Hands out a driver for each controller that has a remediator identity at present; undefined for the others. */
export function remediatorCli(options: RemediatorCliOptions): (controller: string) => JujuCli | undefined {
  // One for all calls on a controller: it writes the files of calls at the same time one after the other.
  const directories = new Map<string, JujuData>();
  return (controller) => {
    const followed = options.followed(controller);
    const remediator = followed?.access.remediator;
    if (followed === undefined || remediator === undefined) return undefined;
    const data =
      directories.get(controller) ?? jujuData(options.environment.stateDir, controller, 'remediator');
    directories.set(controller, data);
    return driverFor(followed, remediator, { ...options, data });
  };
}

function driverFor(
  followed: Followed,
  remediator: Credentials,
  { environment, clock, data }: RemediatorCliOptions & { readonly data: JujuData },
): JujuCli {
  const controller = followed.access.name;
  return jujuCli({
    controller,
    binary: () => findJuju(binariesOf(environment), versionOf(followed), true),
    dataDirectory: data.directory,
    prepare: () => writeData(data, followed, remediator),
    environment: { PATH: environment.searchPath, HOME: data.directory },
    temporaryDirectory: tmpdir(),
    deadlineMs: followed.deadline * 1000,
    readOnly: false,
    secrets: () => [remediator.password].filter((secret) => secret !== ''),
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

async function writeData(data: JujuData, followed: Followed, remediator: Credentials): Promise<void> {
  await data.write(loginOf(followed, remediator));
}

function loginOf({ api, access }: Followed, remediator: Credentials): ControllerLogin {
  const state = api.current();
  const models = Object.values(state.models).flatMap((model) => {
    const info = valueOf(model.info);
    if (info?.uuid === undefined || info.owner === undefined) return [];
    return [{ name: `${info.owner}/${model.name}`, uuid: info.uuid, type: info.type ?? ('iaas' as const) }];
  });
  const { name, addresses, caCert } = access;
  return {
    name,
    uuid: valueOf(state.info)?.uuid ?? '',
    addresses,
    caCertificate: caCert ?? '',
    ...remediator,
    models,
  };
}
