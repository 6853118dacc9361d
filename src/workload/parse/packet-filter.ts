import type { FilterRule, PacketFilter } from '../../core/evidence/system.js';
import { linesOf, ParseError } from './parse-error.js';

/** More rules than a person could have meant. */
const most = 2000;

/** What the look at the packet filter prints: whose rules they are, then policy and rules in order. @throws ParseError */
export function parsePacketFilter(text: string): PacketFilter {
  const [tool = '', ...lines] = linesOf(text).filter((line) => line !== '');
  if (lines.length > most) throw new ParseError('lists more rules than are read');
  switch (tool) {
    case 'ufw':
      return { tool, incoming: ufwPolicy(lines), rules: lines.flatMap(ufwRule) };
    case 'iptables':
      return { tool, incoming: iptablesPolicy(lines), rules: lines.flatMap(iptablesRule) };
    case 'nft':
    case 'none':
      return { tool, incoming: 'accept', rules: [] };
    default:
      throw new ParseError('names no packet filter');
  }
}

function ufwPolicy(lines: readonly string[]): PacketFilter['incoming'] {
  const policy = lines.find((line) => line.startsWith('Default:'));
  return policy !== undefined && /^Default: (?:deny|reject) \(incoming\)/.test(policy) ? 'drop' : 'accept';
}

const ufwForm =
  /^(Anywhere|[\d:,]+)(?:\/(tcp|udp))?(?: \(v6\))?\s+(ALLOW|LIMIT|DENY|REJECT)(?: IN)?\s+(Anywhere|[\da-fA-F.:/]+)(?: \(v6\))?$/;

function ufwRule(line: string): readonly FilterRule[] {
  if (line.startsWith('Default:')) return [];
  const form = ufwForm.exec(line.trim());
  if (form === null) return [{ verdict: 'other' }];
  const [, to = '', protocol, action = '', from = ''] = form;
  if (protocol === 'udp') return [];
  const verdict = action === 'ALLOW' || action === 'LIMIT' ? 'accept' : 'drop';
  return [ruleOf(verdict, named(to), named(from))];
}

function named(place: string): string | undefined {
  return place === 'Anywhere' ? undefined : place;
}

function ruleOf(
  verdict: FilterRule['verdict'],
  ports: string | undefined,
  from: string | undefined,
): FilterRule {
  return { verdict, ...(ports === undefined ? {} : { ports }), ...(from === undefined ? {} : { from }) };
}

function iptablesPolicy(lines: readonly string[]): PacketFilter['incoming'] {
  const policy = lines.find((line) => line.startsWith('-P INPUT '));
  if (policy === undefined) throw new ParseError('tells no policy for what comes in');
  return policy === '-P INPUT ACCEPT' ? 'accept' : 'drop';
}

const iptablesForm =
  /^-A INPUT(?: -s ([\da-fA-F.:/]+))?(?: -p (tcp|udp|icmp))?(?: --dports? ([\d,:]+))? -j (ACCEPT|DROP|REJECT)$/;

/** What is not of these few forms may let in anybody, and is told as such. */
function iptablesRule(line: string): readonly FilterRule[] {
  if (line.startsWith('-P ') || line === 'loopback' || line === 'established') return [];
  const [, from, protocol, ports, action] = iptablesForm.exec(line) ?? [];
  if (action === undefined) return [{ verdict: 'other' }];
  if (protocol === 'udp' || protocol === 'icmp') return [];
  return [ruleOf(action === 'ACCEPT' ? 'accept' : 'drop', ports, from)];
}
