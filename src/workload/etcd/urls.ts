/** How etcd reads lists of URLs (its package types, and checkBindURLs of server/embed). */
import { isIP } from 'node:net';

/** One URL that etcd listens on. Whether it is spoken in the clear is its scheme's alone. */
export interface ListenUrl {
  readonly scheme: 'http' | 'https' | 'unix' | 'unixs';
  /** Without brackets; '' stands for every address. */
  readonly host: string;
  readonly port: string;
}

const schemes = ['http', 'https', 'unix', 'unixs'] as const;

/** The URLs of a list, or why etcd does not take it. */
export function readUrls(list: string): readonly ListenUrl[] | { readonly refused: string } {
  const urls: ListenUrl[] = [];
  for (const part of list.split(',')) {
    const url = readUrl(part.trim());
    if ('refused' in url) return url;
    urls.push(url);
  }
  return urls;
}

function readUrl(text: string): ListenUrl | { readonly refused: string } {
  const [scheme, rest = ''] = splitScheme(text);
  if (scheme === undefined)
    return { refused: `the scheme of ${text} is none of http, https, unix and unixs` };
  if (scheme === 'unix' || scheme === 'unixs') return { scheme, host: rest.replace(/^\/\//, ''), port: '' };
  const [, authority = '', path = ''] = /^\/\/([^/?#]*)([^?#]*)/.exec(rest) ?? [];
  const place = hostAndPort(authority.slice(authority.lastIndexOf('@') + 1));
  if (place === undefined) return { refused: `${text} does not have the form host:port` };
  return path === '' ? { scheme, ...place } : { refused: `${text} has a path` };
}

function splitScheme(text: string): readonly [ListenUrl['scheme'] | undefined, string?] {
  const [, given = '', rest = ''] = /^([a-zA-Z][a-zA-Z0-9+.-]*):(.*)$/s.exec(text) ?? [];
  return [schemes.find((scheme) => scheme === given.toLowerCase()), rest];
}

function hostAndPort(authority: string): { readonly host: string; readonly port: string } | undefined {
  const match = /^(?:\[([^\]]*)\]|([^:[\]]*)):(\d*)$/.exec(authority);
  return match === null ? undefined : { host: match[1] ?? match[2] ?? '', port: match[3] ?? '' };
}

/** Why etcd does not listen on one of these: it takes addresses, and of names only localhost. */
export function notBindable(urls: readonly ListenUrl[]): string | undefined {
  const bad = urls.find(
    ({ scheme, host }) =>
      scheme.startsWith('http') && host !== 'localhost' && isIP(host.replace(/%.*$/, '')) === 0,
  );
  return bad === undefined ? undefined : `it listens on addresses only, and ${bad.host || "''"} is none`;
}
