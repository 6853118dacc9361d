import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { resolve } from 'node:path';
import { seconds } from '../../core/duration.js';
import { InputError } from '../../core/input-error.js';
import {
  webDefaults,
  type OidcPolicy,
  type TlsFiles,
  type WebPolicy,
  type WebToken,
} from '../../core/policy/web.js';
import { personName } from '../../core/orders/saying.js';
import type { Mistake } from '../mistakes.js';
import { readTextFile, refuseReadableByOthers } from '../read-file.js';
import { secretIn } from '../secret-file.js';
import type { WebEntry } from './web-schema.js';

/** Where the policy stands, and where the troubles with the files that it names go. */
interface Place {
  readonly folder: string;
  readonly troubles: Mistake[];
}

/** Shorter ones could be found by trying. */
const shortestToken = 20;

/** How the page is served, with what its files hold; `troubles` says which of them cannot be used. */
export function webFrom(entry: WebEntry, place: Place): WebPolicy {
  const { tokens = [], oidc, tls, url, hosts, session, proxied, metrics } = entry;
  return {
    ...webDefaults,
    tokens: unlike(
      tokens.flatMap((token, index) => tokenFrom(token, index, place)),
      place,
    ),
    ...part('oidc', oidc && attempt('oidc', place, () => oidcFrom(oidc, place.folder))),
    ...part('tls', tls && attempt('tls', place, () => tlsFrom(tls, place.folder))),
    ...part('url', url?.replace(/\/$/, '').toLowerCase()),
    ...part('hosts', hosts),
    ...part('session', session === undefined ? undefined : seconds(session)),
    ...part('proxied', proxied),
    ...part('metrics', metrics),
  };
}

function part<K extends keyof WebPolicy>(key: K, value: WebPolicy[K] | undefined): Partial<WebPolicy> {
  return value === undefined ? {} : { [key]: value };
}

function attempt<T>(what: string, { troubles }: Place, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    troubles.push(`web: ${what}: ${error.message}`);
    return undefined;
  }
}

type TokenEntry = NonNullable<WebEntry['tokens']>[number];

function tokenFrom({ name, file, role }: TokenEntry, index: number, place: Place): readonly WebToken[] {
  const read = attempt(`tokens[${index}]`, place, () => {
    const token = secretIn(resolve(place.folder, file));
    if (token.length < shortestToken || !/^[\x21-\x7e]+$/.test(token))
      throw new InputError(
        `${file}: a token is at least ${shortestToken} letters and signs without spaces: make one with openssl rand -hex 32`,
      );
    const digest = createHash('sha256').update(token).digest('hex');
    return { name: personName(name, 'name'), role, digest };
  });
  return read === undefined ? [] : [read];
}

/** One token in two names would not tell who speaks. */
function unlike(tokens: readonly WebToken[], { troubles }: Place): readonly WebToken[] {
  for (const [index, { name, digest }] of tokens.entries()) {
    const first = tokens.find((other) => other.digest === digest || other.name === name);
    if (first !== tokens[index])
      troubles.push(`web: tokens: ${first?.name ?? ''} and ${name} have the same name or the same token`);
  }
  return tokens;
}

function tlsFrom({ certFile, keyFile }: TlsFiles, folder: string): TlsFiles {
  const files = { certFile: resolve(folder, certFile), keyFile: resolve(folder, keyFile) };
  const key = readTextFile(files.keyFile);
  refuseReadableByOthers(files.keyFile, key);
  if (!fits(readTextFile(files.certFile).content, key.content, files))
    throw new InputError(
      `${files.keyFile} is not the key of the certificate in ${files.certFile}: name the two that belong together`,
    );
  return files;
}

/** Its text. @throws InputError */
function certificateIn(file: string): string {
  const { content } = readTextFile(file);
  certificateOf(content, file);
  return content;
}

function certificateOf(content: string, file: string): X509Certificate {
  return parsed(() => new X509Certificate(content), `${file} holds no certificate in PEM form`);
}

/** @throws InputError that never quotes the content. */
function fits(cert: string, key: string, { certFile, keyFile }: TlsFiles): boolean {
  const certificate = certificateOf(cert, certFile);
  const privateKey = parsed(() => createPrivateKey(key), `${keyFile} holds no private key in PEM form`);
  return certificate.checkPrivateKey(privateKey);
}

function parsed<T>(parse: () => T, message: string): T {
  try {
    return parse();
  } catch {
    throw new InputError(message);
  }
}

function oidcFrom(entry: NonNullable<WebEntry['oidc']>, folder: string): OidcPolicy {
  const { issuer, clientId, clientSecretFile, caFile, scopes, nameClaim, roleClaim, roles } = entry;
  const secret = clientSecretFile === undefined ? undefined : secretIn(resolve(folder, clientSecretFile));
  const caCert = caFile === undefined ? undefined : certificateIn(resolve(folder, caFile));
  return {
    issuer,
    clientId,
    ...(secret === undefined ? {} : { clientSecret: secret }),
    ...(caCert === undefined ? {} : { caCert }),
    scopes: [...new Set(['openid', ...(scopes ?? ['profile', 'email'])])],
    nameClaim: nameClaim ?? 'email',
    roleClaim: roleClaim ?? 'groups',
    roles: { viewer: roles.viewer ?? [], approver: roles.approver ?? [] },
  };
}
