import { resolve } from 'node:path';
import { seconds } from '../../core/duration.js';
import { InputError } from '../../core/input-error.js';
import {
  defaultNotifyPace,
  type HttpAccess,
  type NotifyPace,
  type NotifyPolicy,
  type NotifyTarget,
} from '../../core/policy/notify.js';
import type { Mistake } from '../mistakes.js';
import { certificatesIn } from '../pem-file.js';
import { secretIn } from '../secret-file.js';
import { readCredentials } from './credentials.js';
import { urlMistake, type NotifyKeys, type TargetEntry } from './notify-schema.js';

interface Place {
  /** Relative paths in the policy start here. */
  readonly folder: string;
  readonly troubles: Mistake[];
}

/** Where `notify` stands in the policy; targets whose files cannot be used are left out: `troubles` says why. */
export function notifyFrom(keys: NotifyKeys, { folder, troubles }: Place): NotifyPolicy {
  const targets = keys.targets.flatMap((entry) => {
    try {
      return [targetFrom(entry, (file) => resolve(folder, file))];
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      troubles.push(`notify: ${entry.name}: ${error.message}`);
      return [];
    }
  });
  return {
    targets,
    routes: (keys.routes ?? []).map(({ match = {}, to }) => ({ match, to })),
    digests: (keys.digests ?? []).map(({ match = {}, timeZone = 'UTC', ...digest }) => ({
      ...digest,
      match,
      timeZone,
    })),
    pace: paceFrom(keys),
    ...(keys.link === undefined ? {} : { link: keys.link }),
  };
}

const durations = ['gather', 'unknownAfter', 'blindAfter', 'refresh', 'keep'] as const;

function paceFrom(keys: NotifyKeys): NotifyPace {
  const pace = { ...defaultNotifyPace, ...(keys.perHour === undefined ? {} : { perHour: keys.perHour }) };
  const given = durations.flatMap((key) => {
    const duration = keys[key];
    return duration === undefined ? [] : [[key, seconds(duration)] as const];
  });
  return { ...pace, ...Object.fromEntries(given) };
}

/** Finds a file that the policy names. */
type Find = (file: string) => string;

function targetFrom(entry: TargetEntry, find: Find): NotifyTarget {
  switch (entry.type) {
    case 'alertmanager':
      return {
        type: entry.type,
        name: entry.name,
        urls: entry.urls,
        access: accessFrom(entry, entry.urls, find),
      };
    case 'slack':
      return slackFrom(entry, find);
    case 'webhook':
      return webhookFrom(entry, find);
    case 'email':
      return emailFrom(entry, find);
  }
}

function slackFrom(entry: Extract<TargetEntry, { type: 'slack' }>, find: Find): NotifyTarget {
  const file = find(entry.urlFile);
  const url = secretIn(file);
  const mistake = urlMistake(url, ['https:', 'http:']);
  if (mistake !== undefined) throw new InputError(`${file}: ${mistake}`);
  refuseOpen([url], `${file} holds a URL that is a secret, and`);
  return { type: 'slack', name: entry.name, url, access: accessFrom(entry, [url], find) };
}

const leastKey = 16;

function webhookFrom(entry: Extract<TargetEntry, { type: 'webhook' }>, find: Find): NotifyTarget {
  const { name, url, secretFile } = entry;
  const access = accessFrom(entry, [url], find);
  if (secretFile === undefined) return { type: 'webhook', name, url, access };
  const secret = secretIn(find(secretFile));
  if (secret.length < leastKey)
    throw new InputError(`${find(secretFile)}: a key of ${leastKey} characters or more is expected`);
  return { type: 'webhook', name, url, secret, access };
}

const ports = { tls: 465, starttls: 587, none: 25 } as const;

function emailFrom(entry: Extract<TargetEntry, { type: 'email' }>, find: Find): NotifyTarget {
  const { type, name, host, from, to, security = 'starttls', caFile, credentialsFile } = entry;
  if (security === 'none' && credentialsFile !== undefined)
    throw new InputError('a password would be sent unencrypted: use security tls or starttls');
  const login = credentialsFile === undefined ? {} : { login: loginIn(find(credentialsFile)) };
  const caCert = caFile === undefined ? {} : { caCert: certificatesIn(find(caFile)) };
  return { type, name, host, port: entry.port ?? ports[security], security, from, to, ...caCert, ...login };
}

/** How a server is reached over HTTP, by the files that hold it. */
export interface AccessKeys {
  readonly caFile?: string;
  readonly proxy?: string;
  readonly proxyFile?: string;
  readonly bearerTokenFile?: string;
  readonly credentialsFile?: string;
}

/** Reads what a server is reached with. @throws InputError that never quotes it. */
export function accessFrom(keys: AccessKeys, urls: readonly string[], find: Find): HttpAccess {
  const { caFile, bearerTokenFile, credentialsFile } = keys;
  if (bearerTokenFile !== undefined && credentialsFile !== undefined)
    throw new InputError('give either a bearerTokenFile or a credentialsFile');
  if (bearerTokenFile !== undefined || credentialsFile !== undefined)
    refuseOpen(urls, 'what it is to be reached with is a secret, and the URL');
  const proxy = proxyFrom(keys, find);
  return {
    ...(caFile === undefined ? {} : { caCert: certificatesIn(find(caFile)) }),
    ...(proxy === undefined ? {} : { proxy }),
    ...(bearerTokenFile === undefined ? {} : { bearerToken: secretIn(find(bearerTokenFile)) }),
    ...(credentialsFile === undefined ? {} : { login: loginIn(find(credentialsFile)) }),
  };
}

function proxyFrom({ proxy, proxyFile }: AccessKeys, find: Find): string | undefined {
  if (proxyFile === undefined) return proxy;
  if (proxy !== undefined) throw new InputError('give either a proxy or a proxyFile');
  const file = find(proxyFile);
  const url = URL.parse(secretIn(file));
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    throw new InputError(`${file}: write a URL that begins with http:// or https://`);
  return url.href;
}

const ourselves = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** A secret goes over an encrypted connection only, or stays on this machine. */
function refuseOpen(urls: readonly string[], what: string): void {
  const open = urls.some((url) => {
    const parsed = URL.parse(url);
    return parsed?.protocol === 'http:' && !ourselves.test(parsed.hostname);
  });
  if (open) throw new InputError(`${what} is not https: write one that begins with https://`);
}

function loginIn(file: string): { readonly user: string; readonly password: string } {
  const { user, password } = readCredentials(file);
  return { user, password };
}
