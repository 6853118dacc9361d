import { readFile } from 'node:fs/promises';
import { AccessError } from './access-error.js';
import type { ClusterAccess, Material } from './cluster-access.js';
import { present } from '../raw.js';

/** What one connection is made with. */
export interface TlsMaterial {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

export interface CurrentCredentials {
  readonly tls: TlsMaterial;
  readonly token?: string;
}

/**
 * Reads what rotates, as it is now.
 * @throws AccessError when a file cannot be read or holds no token.
 */
export async function currentCredentials(access: ClusterAccess): Promise<CurrentCredentials> {
  const [ca, cert, key, token] = await Promise.all([
    contentOf(access.ca),
    contentOf(access.clientCertificate?.certificate),
    contentOf(access.clientCertificate?.key),
    contentOf(access.token),
  ]);
  return { tls: present({ ca, cert, key }), ...present({ token: tokenIn(token) }) };
}

/** A token goes into a header: anything else in its file would make an error that quotes it. */
function tokenIn(content: string | undefined): string | undefined {
  if (content === undefined) return undefined;
  const token = content.trim();
  if (!/^[\x21-\x7e]+$/.test(token)) throw new AccessError('The token for the cluster is empty or no token.');
  return token;
}

async function contentOf(material: Material | undefined): Promise<string | undefined> {
  if (material === undefined) return undefined;
  if ('text' in material) return material.text;
  return readFile(material.file, 'utf8').catch((error: unknown) => {
    const code = (error as NodeJS.ErrnoException).code ?? 'error';
    throw new AccessError(`${material.file} cannot be read: ${code}.`);
  });
}
