/** Combinations of settings with which etcd does not start (etcd's source: Validate, listeners and TLSInfo). */
import { notBindable, readUrls, type ListenUrl } from './urls.js';
import { isBefore } from './version-window.js';

type Settings = ReadonlyMap<string, string>;

const defaults: ReadonlyMap<string, string> = new Map([
  ['listen-client-urls', 'http://localhost:2379'],
  ['listen-peer-urls', 'http://localhost:2380'],
]);

/** Why etcd does not start with these settings; undefined where nothing is known that keeps it. */
export function whyRefused(
  settings: Settings,
  ruledBy: 'file' | 'flags and environment',
  version: string | undefined,
): string | undefined {
  return (
    unbindable(settings) ??
    (ruledBy === 'file' ? undefined : advertisement(settings)) ??
    side(settings, '') ??
    side(settings, 'peer-') ??
    timing(settings) ??
    tlsVersions(settings, version)
  );
}

/** The URLs that an option has; etcd's default where nobody set it. */
function urlsOf(settings: Settings, name: string): readonly ListenUrl[] {
  const set = settings.get(name) ?? '';
  const text = set === '' ? (defaults.get(name) ?? '') : set;
  const urls = text === '' ? [] : readUrls(text);
  return 'refused' in urls ? [] : urls;
}

/** The URLs on which etcd listens to clients, or with `peer-` to members. */
export function listenUrlsOf(settings: Settings, prefix: '' | 'peer-'): readonly ListenUrl[] {
  const names = prefix === '' ? ['listen-client-urls', 'listen-client-http-urls'] : ['listen-peer-urls'];
  return names.flatMap((name) => urlsOf(settings, name));
}

function unbindable(settings: Settings): string | undefined {
  for (const name of [
    'listen-peer-urls',
    'listen-client-urls',
    'listen-client-http-urls',
    'listen-metrics-urls',
  ]) {
    const refused = notBindable(urlsOf(settings, name));
    if (refused !== undefined) return `${name}: ${refused}`;
  }
  return undefined;
}

function advertisement(settings: Settings): string | undefined {
  return settings.has('listen-client-urls') && !settings.has('advertise-client-urls')
    ? '--listen-client-urls is set without --advertise-client-urls'
    : undefined;
}

function side(settings: Settings, prefix: '' | 'peer-'): string | undefined {
  const get = (name: string): string => settings.get(`${prefix}${name}`) ?? '';
  const files = [get('cert-file'), get('key-file')].filter((file) => file !== '').length;
  const secure = listenUrlsOf(settings, prefix).some(({ scheme }) => isSecure(scheme));
  // A member uses its certificate as a client of the others even where it listens in the clear.
  if (files === 1 && (secure || prefix === 'peer-'))
    return `of ${prefix}cert-file and ${prefix}key-file only one is set`;
  if ((get('client-cert-file') !== '') !== (get('client-key-file') !== ''))
    return `of ${prefix}client-cert-file and ${prefix}client-key-file only one is set`;
  return secure && files === 0 && get('auto-tls') !== 'true'
    ? `it listens on https without ${prefix}cert-file and ${prefix}key-file`
    : undefined;
}

function isSecure(scheme: ListenUrl['scheme']): boolean {
  return scheme === 'https' || scheme === 'unixs';
}

function timing(settings: Settings): string | undefined {
  const heartbeat = Number(settings.get('heartbeat-interval') ?? 100);
  const election = Number(settings.get('election-timeout') ?? 1000);
  if (heartbeat === 0 || election === 0) return 'heartbeat-interval or election-timeout is 0';
  if (5 * heartbeat > election) return 'election-timeout is less than five times heartbeat-interval';
  return election > 50_000 ? 'election-timeout is longer than 50 s' : undefined;
}

/** Earlier versions pass these keys over. */
function tlsVersions(settings: Settings, version: string | undefined): string | undefined {
  if (version !== undefined && isBefore(version, '3.5')) return undefined;
  for (const name of ['tls-min-version', 'tls-max-version'])
    if (!['', 'TLS1.2', 'TLS1.3'].includes(settings.get(name) ?? ''))
      return `${name} is neither TLS1.2 nor TLS1.3`;
  return undefined;
}
