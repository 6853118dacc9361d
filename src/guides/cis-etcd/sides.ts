/** The two sides of etcd, towards clients and towards other members, and what a configuration makes of each. */
import type { EtcdConfiguration, EtcdMember } from '../../core/evidence/etcd.js';

export interface Side {
  /** Before the names of its options. */
  readonly prefix: '' | 'peer-';
  readonly callers: 'clients' | 'members';
  readonly port: 'clientPort' | 'peerPort';
  readonly urls: readonly string[];
  readonly defaultUrl: string;
}

export const clients: Side = {
  prefix: '',
  callers: 'clients',
  port: 'clientPort',
  urls: ['listen-client-urls', 'listen-client-http-urls'],
  defaultUrl: 'http://localhost:2379',
};

export const peers: Side = {
  prefix: 'peer-',
  callers: 'members',
  port: 'peerPort',
  urls: ['listen-peer-urls'],
  defaultUrl: 'http://localhost:2380',
};

/** What etcd does on one side with the settings that it has. */
export interface SideSettings {
  readonly certificate: boolean;
  /** The URLs on which it speaks in the clear, whatever else is set. */
  readonly plainUrls: readonly string[];
  readonly demand: boolean;
  readonly ca: string | undefined;
  readonly autoTls: boolean;
  /** Certificates made up at start are in use; then the demand and the CA are thrown away. */
  readonly madeUp: boolean;
}

export function sideSettings({ settings }: EtcdConfiguration, side: Side): SideSettings {
  const get = (name: string): string | undefined => settings[`${side.prefix}${name}`]?.value;
  const certificate = get('cert-file') !== undefined && get('key-file') !== undefined;
  const autoTls = get('auto-tls') === 'true';
  return {
    certificate,
    plainUrls: listenUrls(settings, side).filter(isPlain),
    demand: get('client-cert-auth') === 'true',
    ca: get('trusted-ca-file'),
    autoTls,
    madeUp: autoTls && !certificate,
  };
}

/** Of the first option the default holds where nobody set it; the others have none. */
export function listenUrls(settings: EtcdConfiguration['settings'], side: Side): readonly string[] {
  return side.urls.flatMap((name, index) => {
    const text = settings[name]?.value ?? (index === 0 ? side.defaultUrl : '');
    return text === '' ? [] : text.split(',').map((url) => url.trim());
  });
}

/** A socket in the file system crosses no network. */
function isPlain(url: string): boolean {
  return /^http:/i.test(url);
}

/** The settings of a side that somebody set, each with its origin, as evidence. */
export function shownSettings(configuration: EtcdConfiguration, side: Side): string {
  const names = [...side.urls, ...settingNames.map((name) => `${side.prefix}${name}`)];
  const shown = names.flatMap((name) => {
    const setting = configuration.settings[name];
    return setting === undefined ? [] : [`${name}=${cut(setting.value)} (${setting.origin})`];
  });
  const ruled =
    configuration.ruledBy === 'file' ? 'a configuration file rules' : 'flags and environment rule';
  const overridden = configuration.ignored.length === 0 ? [] : [configuration.ignored.map(cut).join('; ')];
  return [ruled, ...(shown.length === 0 ? ['none of the settings is set'] : shown), ...overridden].join('; ');
}

const settingNames = ['cert-file', 'key-file', 'client-cert-auth', 'trusted-ca-file', 'auto-tls'];
const longest = 160;

function cut(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** Whether anything at all is known of how the member is set up, or of what it does. */
export function portOf(member: EtcdMember, side: Side): EtcdMember['clientPort'] {
  return member[side.port];
}
