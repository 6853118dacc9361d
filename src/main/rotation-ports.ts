/** What changes passwords in a real estate: fresh logins, and files in the state directory and beside credentials. */
import { join } from 'node:path';
import type { Environment } from '../config/environment.js';
import { currentCa } from '../config/policy/controllers.js';
import type { ControllerAccess } from '../core/policy/policy.js';
import type { Account, Clock, Log, RotationPorts } from '../core/ports/index.js';
import { connectionDefaults } from '../juju/api/settings.js';
import { tryLogin } from '../juju/api/try-login.js';
import { fileVault, tidyVault } from '../vault/file-vault.js';
import { newPassword } from '../vault/new-password.js';

export interface RotationPortsOptions extends Pick<RotationPorts, 'adopt'> {
  readonly environment: Environment;
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
  /** How a controller is reached at present. */
  readonly accessTo: (controller: string) => ControllerAccess | undefined;
}

export async function rotationPorts(options: RotationPortsOptions): Promise<RotationPorts> {
  const folder = join(options.environment.stateDir, 'rotation');
  await tidyVault(folder);
  const { adopt, clock, log, version, accessTo } = options;
  const purpose = 'holdfast (does this password work?)';
  const context = { clock, log, settings: connectionDefaults, purpose, clientVersion: version };
  return {
    adopt,
    newPassword,
    vault: fileVault({ folder, filesOf: (account) => filesOf(accessTo(account.controller), account) }),
    tryLogin: async (controller, credentials) => {
      const access = accessTo(controller);
      if (access === undefined) return 'unknown';
      const caCert = currentCa(access);
      const endpoint = { addresses: access.addresses, ...(caCert === undefined ? {} : { caCert }) };
      return tryLogin({ endpoint, credentials }, context);
    },
  };
}

function filesOf(access: ControllerAccess | undefined, { user }: Account): readonly string[] {
  const identities = [access?.observer, access?.auditor, access?.prober, access?.remediator];
  const files = identities.flatMap((identity) =>
    identity?.user === user && identity.file !== undefined ? [identity.file] : [],
  );
  return [...new Set(files)];
}
