import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Writes a kubeconfig of one context, `lab`, with a token in it; returns its path. */
export async function writeKubeconfig(
  folder: string,
  { url, ca, token = 'secret-token' }: { readonly url: string; readonly ca: string; readonly token?: string },
): Promise<string> {
  const file = join(folder, 'kubeconfig');
  const authority = Buffer.from(ca).toString('base64');
  const config = {
    'current-context': 'lab',
    contexts: [{ name: 'lab', context: { cluster: 'c', user: 'u' } }],
    clusters: [{ name: 'c', cluster: { server: url, 'certificate-authority-data': authority } }],
    users: [{ name: 'u', user: { token } }],
  };
  await writeFile(file, JSON.stringify(config), { mode: 0o600 });
  return file;
}
