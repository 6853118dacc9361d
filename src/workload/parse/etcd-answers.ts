import type { EtcdAuthentication, EtcdPeer } from '../../core/evidence/units.js';
import { jsonOf, ParseError, word, words } from './parse-error.js';
import { branchOf } from './system.js';

/** Only etcd itself can refuse like this, and only where it asks who its users are. */
const refusals = /permission denied|user name is empty|user name not found|invalid auth token/i;

/** What `etcdctl auth status` says of itself; its help, which 3.4 prints, says nothing. @throws ParseError */
export function parseAuthentication(text: string): EtcdAuthentication {
  if (/^Authentication Status: true$/m.test(text))
    return { state: 'on', shown: 'Authentication Status: true' };
  if (/^Authentication Status: false$/m.test(text))
    return { state: 'off', shown: 'Authentication Status: false' };
  const refusal = refusals.exec(text.slice(0, 4096))?.[0];
  if (refusal === undefined) throw new ParseError('does not tell whether authentication is on');
  return { state: 'on', shown: word(refusal) };
}

/** `etcdctl member list -w json`. @throws ParseError */
export function parseMembers(text: string): readonly EtcdPeer[] {
  const { members } = branchOf(jsonOf(text));
  if (!Array.isArray(members)) throw new ParseError('lists no members');
  return (members as unknown[]).slice(0, 256).map((member) => {
    const { name, peerURLs } = branchOf(member);
    const urls = Array.isArray(peerURLs) ? (peerURLs as unknown[]) : [];
    return {
      name: typeof name === 'string' ? word(name) : '',
      peerUrls: urls.flatMap((url) => (typeof url === 'string' ? words(url) : [])),
    };
  });
}

/** `count<tab>kind` for each kind of verifier. @throws ParseError */
export function parseVerifiers(text: string): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const line of text.slice(0, 4096).split('\n')) {
    const [, kind, count] = /^(scram|md5|none|other)\|(\d{1,9})$/.exec(line.trim()) ?? [];
    if (kind !== undefined) counts[kind] = Number(count);
    else if (line.trim() !== '') throw new ParseError('holds a line that is no count');
  }
  return counts;
}
