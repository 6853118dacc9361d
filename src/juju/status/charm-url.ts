import type { Charm } from '../../core/snapshot.js';

/** What a road tells of a charm beside its URL; each beats what the URL says. All parts may be absent; an empty
 * channel or base counts as absent. */
export interface CharmHints {
  /** As Juju names it: `charmhub`, `local`, `charmstore`. */
  readonly origin?: string | undefined;
  readonly name?: string | undefined;
  readonly revision?: number | undefined;
  /** As in `14/stable`, `edge` or `3/stable/hotfix`. */
  readonly channel?: string | undefined;
  /** As in `ubuntu@24.04`; see `baseOf`. */
  readonly base?: string | undefined;
  readonly subordinateTo?: readonly string[] | undefined;
}

type Origin = NonNullable<Charm['origin']>;

const schemes: ReadonlyMap<string, Origin> = new Map([
  ['ch', 'charmhub'],
  ['local', 'local'],
  ['cs', 'charmstore'],
]);
const origins: ReadonlySet<string> = new Set<Origin>(['charmhub', 'local', 'charmstore']);
const risks: ReadonlySet<string> = new Set(['stable', 'candidate', 'beta', 'edge']);
const none: readonly string[] = Object.freeze([]);

/**
 * The charm that a URL names. Reads all shapes that Juju has used: `ch:amd64/jammy/kafka-127`, `local:etcd-1`,
 * `cs:~owner/focal/name-3` and a plain `kafka`. Never throws; what is not said stays absent.
 */
export function parseCharm(url: string, hints: CharmHints = {}): Charm {
  const colon = url.indexOf(':');
  const last = url.slice(Math.max(colon, url.lastIndexOf('/')) + 1);
  const dash = revisionDash(last);
  const charm: Writable<Charm> = {
    name: hints.name ?? (dash < 0 ? last : last.slice(0, dash)),
    subordinateTo: hints.subordinateTo ?? none,
  };
  const revision = hints.revision ?? (dash < 0 ? -1 : Number(last.slice(dash + 1)));
  if (revision >= 0) charm.revision = revision;
  const origin = originOf(hints.origin, colon < 0 ? '' : url.slice(0, colon));
  if (origin !== undefined) charm.origin = origin;
  addBaseAndChannel(charm, hints);
  return charm;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Where the revision's dash stands, or -1. Charm names cannot end in a dash and digits, so the last one decides. */
function revisionDash(name: string): number {
  const dash = name.lastIndexOf('-');
  if (dash < 1 || dash === name.length - 1 || name.length - dash > 16) return -1;
  for (let i = dash + 1; i < name.length; i += 1) {
    const code = name.charCodeAt(i);
    if (code < 48 || code > 57) return -1;
  }
  return dash;
}

function originOf(named: string | undefined, scheme: string): Origin | undefined {
  if (named !== undefined && origins.has(named)) return named as Origin;
  return schemes.get(scheme);
}

function addBaseAndChannel(charm: Writable<Charm>, hints: CharmHints): void {
  if (hints.base) charm.base = hints.base;
  if (hints.channel) addChannel(charm, hints.channel);
}

/** Adds the channel as shown and its parts: a channel without a track means `latest`, one without a risk `stable`. */
function addChannel(charm: Writable<Charm>, channel: string): void {
  const parts = channel.split('/');
  const first = parts[0] ?? '';
  const startsWithRisk = risks.has(first);
  charm.channel = channel;
  charm.track = startsWithRisk ? 'latest' : first;
  charm.risk = startsWithRisk ? first : (parts[1] ?? 'stable');
}
