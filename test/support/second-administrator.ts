/** Another administrator of a simulated controller, with a `juju` and a home of his own. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { jujuData } from '../../src/juju/cli/juju-data.js';
import { installJuju } from '../../src/simulator/install-juju.js';
import type { SimulatedController } from '../../src/simulator/index.js';

const builtJuju = fileURLToPath(new URL('../../dist/simulator/juju.js', import.meta.url));
const run = promisify(execFile);

export interface Administrator {
  /** Runs `juju` with these arguments to its end, and resolves to what it printed. @throws Error when it failed */
  juju(...args: readonly string[]): Promise<string>;
  leave(): Promise<void>;
}

export async function administratorOf(
  { name, uuid, flavour, addresses, caCert, credentials, models }: SimulatedController,
  user: string,
): Promise<Administrator> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-admin-'));
  const { juju, juju3 } = await installJuju(join(folder, 'bin'), { entry: builtJuju });
  const home = jujuData(folder, name, 'home');
  await home.write({
    ...{ name, uuid, addresses, caCertificate: caCert, user, password: credentials[user]?.password ?? '' },
    models: Object.entries(models).map(([model, id]) => ({ name: `admin/${model}`, uuid: id, type: 'iaas' })),
  });
  const program = flavour.startsWith('3') ? juju3 : juju;
  return {
    juju: async (...args) => {
      const env = { ...process.env, JUJU_DATA: home.directory };
      const { stdout, stderr } = await run(program, args, { env });
      return stdout + stderr;
    },
    leave: () => rm(folder, { recursive: true, force: true }),
  };
}
