import { dirname, resolve } from 'node:path';
import { readFile } from 'node:fs/promises';
import { YamlError, yamlValue } from '../../core/yaml.js';
import { AccessError } from './access-error.js';
import type { ClusterAccess, Material } from './cluster-access.js';
import { branch, isRaw, items, present, text, type Raw } from '../raw.js';

/**
 * Reads one context of a kubeconfig file, the current one by default.
 * @throws AccessError when the file cannot be read or asks for what is not supported.
 */
export async function readKubeconfig(file: string, context?: string): Promise<ClusterAccess> {
  const content = await readFile(file, 'utf8').catch((error: unknown) => {
    const code = (error as NodeJS.ErrnoException).code ?? 'error';
    throw new AccessError(`The kubeconfig ${file} cannot be read: ${code}.`);
  });
  return parseKubeconfig(content, { file, ...present({ context }) });
}

/** The same from the file's text; `file` is for messages and for what the text names relative to itself. */
export function parseKubeconfig(
  content: string,
  { file, context }: { readonly file: string; readonly context?: string },
): ClusterAccess {
  const config = parsed(content, file);
  const name = context ?? text(config, 'current-context');
  if (name === undefined || name === '')
    throw new AccessError(`${file} has no current context: name one of ${listed(config, 'contexts')}.`);
  const chosen = entry(config, 'contexts', name, file);
  const cluster = entry(config, 'clusters', text(chosen, 'cluster') ?? '', file);
  const user = entry(config, 'users', text(chosen, 'user') ?? '', file);
  const at = `${file}, context ${name}`;
  refuseUser(user, at);
  return { name, ...clusterOf(cluster, file, at), ...userOf(user, file, at) };
}

/** The library's error may quote the text, in which secrets stand; so only the place is told. */
function parsed(content: string, file: string): Raw {
  let config: unknown;
  try {
    config = yamlValue(content, { uniqueKeys: true });
  } catch (error) {
    const line = error instanceof YamlError ? error.line : undefined;
    throw new AccessError(`${file} is not valid YAML${line === undefined ? '' : ` at line ${line}`}.`);
  }
  if (!isRaw(config)) throw new AccessError(`${file} is not a kubeconfig.`);
  return config;
}

function listed(config: Raw, section: string): string {
  const names = items(config, section).flatMap((item) => text(item, 'name') ?? []);
  return names.length === 0 ? '(there is none)' : names.join(', ');
}

function entry(config: Raw, section: string, name: string, file: string): Raw {
  const found = items(config, section).find((item) => text(item, 'name') === name);
  if (found === undefined)
    throw new AccessError(`${file} has no '${name}' among its ${section}: ${listed(config, section)}.`);
  return branch(found, section.slice(0, -1));
}

function clusterOf(cluster: Raw, file: string, at: string): Omit<ClusterAccess, 'name'> {
  if (cluster['insecure-skip-tls-verify'] === true)
    throw new AccessError(`${at} turns the check of the server's certificate off: give its CA instead.`);
  if (text(cluster, 'proxy-url') !== undefined)
    throw new AccessError(`${at} goes through a proxy (proxy-url), which is not supported.`);
  return {
    server: serverUrl(text(cluster, 'server') ?? '', at),
    ...present({
      ca: material(cluster, 'certificate-authority', file),
      tlsServerName: text(cluster, 'tls-server-name'),
    }),
  };
}

function serverUrl(server: string, at: string): URL {
  const url = URL.canParse(server) ? new URL(server) : undefined;
  if (url === undefined) throw new AccessError(`${at} names no server that is a URL.`);
  if (url.protocol !== 'https:')
    throw new AccessError(`${at} names a server without TLS: credentials would travel in the clear.`);
  return url;
}

const refused: readonly (readonly [key: string, why: string])[] = [
  ['exec', 'gets its credential from a program (exec), and Holdfast starts no program but juju'],
  ['auth-provider', 'uses an auth-provider, which Kubernetes has given up'],
  ['username', 'uses a user name and password, which Kubernetes has given up'],
  ['as', 'impersonates somebody (as): bind the roles to the user itself'],
];

function refuseUser(user: Raw, at: string): void {
  for (const [key, why] of refused)
    if (user[key] !== undefined)
      throw new AccessError(`${at} ${why}. Give a token, a token file or a client certificate.`);
}

function userOf(user: Raw, file: string, at: string): Pick<ClusterAccess, 'token' | 'clientCertificate'> {
  const certificate = material(user, 'client-certificate', file);
  const key = material(user, 'client-key', file);
  const token = tokenOf(user, file);
  if (certificate !== undefined && key !== undefined)
    return { clientCertificate: { certificate, key }, ...present({ token }) };
  if (token === undefined)
    throw new AccessError(`${at} has neither a token nor a client certificate with its key.`);
  return { token };
}

/** As kubectl does: where both are given, the file wins. */
function tokenOf(user: Raw, file: string): Material | undefined {
  const tokenFile = text(user, 'tokenFile');
  if (tokenFile !== undefined) return { file: resolve(dirname(file), tokenFile) };
  const token = text(user, 'token');
  return token === undefined ? undefined : { text: token };
}

/** The data in the file wins over a file that it names, as with kubectl. */
function material(raw: Raw, key: string, file: string): Material | undefined {
  const data = text(raw, `${key}-data`);
  if (data !== undefined) return { text: Buffer.from(data, 'base64').toString('utf8') };
  const named = text(raw, key);
  return named === undefined ? undefined : { file: resolve(dirname(file), named) };
}
