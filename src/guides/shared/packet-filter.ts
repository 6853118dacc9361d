/** Whether the packet filter of the machines lets only declared networks in (evidence kind W). */
import type { ApplicationView } from '../../core/evaluate/view.js';
import type { FilterRule, PacketFilter } from '../../core/evidence/system.js';
import { valueOf } from '../../core/fact.js';
import type { Judgement } from '../../core/judgement.js';
import { coveredBy } from './cidr.js';
import { fine, insideJudgement, insideReasons, nothing, wrong } from './inside.js';

/** The reasons that `filteredTo` gives. */
export const filterReasons = {
  ...insideReasons,
  NoPacketFilter: 'Nothing filters what comes in: neither the cloud nor the machine.',
  FilterTooOpen: 'The packet filter of the machine lets in networks that the policy does not declare.',
} as const;

/** Whether each of the ports is open to the declared blocks and the units themselves at most. */
export function filteredTo(
  app: ApplicationView,
  ports: readonly number[],
  declared: readonly string[],
): Judgement {
  const units = Object.values(valueOf(app.get('units')) ?? {});
  const allowed = [...declared, ...units.flatMap(({ address }) => (address === undefined ? [] : [address]))];
  return insideJudgement(app, {
    kind: 'packetFilter',
    what: `what the packet filters of ${app.name} let in`,
    wanted: `ports ${ports.join(', ')} open to ${allowed.join(', ')} at most`,
    met: `the packet filters of ${app.name} let in what is declared`,
    verdict: (filter) => {
      const seen = seenOf(filter, ports);
      if (filter.tool === 'none') return wrong('NoPacketFilter', 'has no packet filter', seen);
      const sources = ports.map((port) => sourcesOf(filter, port));
      if (filter.tool === 'nft' || sources.some(({ isUnclear }) => isUnclear))
        return nothing('NoFirewall', 'has rules that cannot be read from here', seen);
      const open = sources.flatMap(({ from }) => from).filter((source) => !coveredBy(allowed, source));
      const [first] = open;
      return first === undefined
        ? fine(seen)
        : wrong('FilterTooOpen', `lets in ${first === '0.0.0.0/0' ? 'everybody' : first}`, seen);
    },
  });
}

interface Sources {
  readonly from: readonly string[];
  readonly isUnclear: boolean;
}

/** Who may reach a port: the rules in their order, then what holds for the rest. */
function sourcesOf({ rules, incoming }: PacketFilter, port: number): Sources {
  const from: string[] = [];
  for (const rule of rules) {
    if (rule.verdict === 'other') return { from, isUnclear: true };
    if (!isAbout(rule, port)) continue;
    if (rule.verdict === 'accept') from.push(rule.from ?? '0.0.0.0/0');
    if (rule.from === undefined) return { from, isUnclear: false };
  }
  return { from: incoming === 'accept' ? [...from, '0.0.0.0/0'] : from, isUnclear: false };
}

/** Ports as in `2379,2380` and `2000:3000`; without any, all. */
function isAbout({ ports }: FilterRule, port: number): boolean {
  if (ports === undefined) return true;
  return ports.split(',').some((part) => {
    const [first = '', last = first] = part.split(':');
    return Number(first) <= port && port <= Number(last);
  });
}

function seenOf(filter: PacketFilter, ports: readonly number[]): string {
  if (filter.tool === 'none' || filter.tool === 'nft') return `packet filter: ${filter.tool}`;
  const each = ports.map((port) => `${port} from ${sourcesOf(filter, port).from.join(', ') || 'nowhere'}`);
  return `${filter.tool}: ${each.join('; ')}; the rest: ${filter.incoming}`;
}
