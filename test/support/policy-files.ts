import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SimulatedController } from '../../src/simulator/index.js';

/** Writes a policy for one simulated controller with its credential files and CA into a folder; returns its path. */
export async function writePolicy(
  folder: string,
  controller: SimulatedController,
  options: { readonly users: readonly string[]; readonly more?: string },
): Promise<string> {
  const identities = options.users.map((user) => `${user}: { credentialsFile: ${user}.yaml }`).join(', ');
  for (const user of options.users) {
    const { password } = controller.credentials[user] ?? { password: 'wrong' };
    await writeFile(join(folder, `${user}.yaml`), `username: ${user}\npassword: ${password}\n`, {
      mode: 0o600,
    });
  }
  await writeFile(join(folder, 'ca.pem'), controller.caCert);
  const file = join(folder, 'holdfast.yaml');
  const addresses = controller.addresses.map((address) => `"${address}"`).join(', ');
  const entry = `{ name: ${controller.name}, addresses: [${addresses}], caFile: ca.pem, identities: { ${identities} } }`;
  await writeFile(file, `kind: Policy\nversion: v1\ncontrollers: [${entry}]\n${options.more ?? ''}`);
  return file;
}
