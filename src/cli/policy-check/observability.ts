import { durationText } from '../../core/duration.js';
import { stackParts, type StackMatch, type StackPart } from '../../core/observability/stack.js';
import type { Policy } from '../../core/policy/policy.js';
import { matchText } from './words.js';

/** A stack that would be asked, without a secret. */
export interface StackSheet {
  readonly name: string;
  readonly match: StackMatch;
  readonly servers: readonly ServerSheet[];
  /** Seconds. */
  readonly interval: number;
}

interface ServerSheet {
  readonly part: StackPart;
  /** The rest of a URL is left out, and what it is reached with. */
  readonly host: string;
  readonly encrypted: boolean;
}

export function stackSheets({ observability = [] }: Policy): readonly StackSheet[] {
  return observability.map(({ name, match, servers, interval }) => ({
    name,
    match,
    interval,
    servers: stackParts.flatMap((part) => {
      const url = URL.parse(servers[part]?.url ?? '');
      return url === null ? [] : [{ part, host: url.host, encrypted: url.protocol === 'https:' }];
    }),
  }));
}

/** A line for each stack. */
export function stackTexts(sheets: readonly StackSheet[]): readonly string[] {
  return sheets.map(({ name, match, servers, interval }) => {
    const missing = stackParts.filter((part) => servers.every((server) => server.part !== part));
    const without = missing.length === 0 ? '' : `; not asked: ${missing.join(', ')}`;
    const asked = servers.map(serverText).join(', ');
    return `${name}: ${asked}, every ${durationText(interval)}, for ${matchText(match)}${without}`;
  });
}

function serverText({ part, host, encrypted }: ServerSheet): string {
  return `${part} at ${host}${encrypted ? '' : ' (not encrypted)'}`;
}
