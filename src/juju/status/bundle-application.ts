import { newDict } from '../../core/dict.js';
import { known, unknown, type Reading } from '../../core/fact.js';
import type { ApplicationState, Charm, Exposure, Offer, Relation } from '../../core/snapshot.js';
import { baseOf, baseOfSeries } from './base.js';
import { parseCharm } from './charm-url.js';
import { notCarried, type Gaps } from './gaps.js';
import { branch, count, defined, isBranch, text, textOr, texts, type Branch } from './json.js';

/** What the applications of one bundle share. */
export interface BundleContext {
  readonly reading: Reading;
  readonly gaps: Gaps;
  readonly head: Branch;
  readonly relations: readonly Relation[];
}

/** An application as a bundle asks for it: what runs, and which options the charm has, a bundle cannot tell. */
export function bundleApplication(context: BundleContext, name: string, raw: Branch): ApplicationState {
  const { reading, gaps, relations } = context;
  const running = notCarried(reading, 'a bundle', 'what is running');
  return {
    name,
    charm: charmOf(context, name, raw),
    status: running,
    exposure: known(reading, exposureOf(raw)),
    bindings: notCarried(reading, 'a bundle', "the charm's endpoints"),
    relations: known(
      reading,
      relations.filter((relation) => joins(relation, name)),
    ),
    units: running,
    upgrade: known(reading, { to: '' }),
    config: unknown(
      reading,
      'a bundle lists only options that differ from their defaults; run with --juju after deploying it',
    ),
    trust: known(reading, raw['trust'] === true),
    probes: gaps.probes,
    workload: newDict(),
  };
}

function joins(relation: Relation, name: string): boolean {
  const [near, far] = relation.ends;
  return near.application !== far.application && (near.application === name || far.application === name);
}

function charmOf({ reading, head }: BundleContext, name: string, raw: Branch): ApplicationState['charm'] {
  const url = text(raw['charm']);
  if (url === '') return unknown(reading, `the bundle does not name the charm of ${name}`);
  const base =
    baseIn(raw['base']) ??
    baseOfSeries(text(raw['series'])) ??
    baseIn(head['default-base']) ??
    baseOfSeries(text(head['series']));
  const hints = { base, channel: text(raw['channel']), revision: count(raw['revision']) };
  return known(
    reading,
    isPath(url) ? localCharm(url, hints) : parseCharm(url, { ...hints, origin: originOf(url) }),
  );
}

function isPath(url: string): boolean {
  return url.startsWith('.') || url.startsWith('/') || url.endsWith('.charm');
}

/** A charm file is called after the charm, then its bases: `./kafka_ubuntu-22.04-amd64.charm`. */
function localCharm(path: string, hints: { readonly base: string | undefined }): Charm {
  const file = path.slice(path.lastIndexOf('/') + 1).replace(/\.charm$/, '');
  return parseCharm(`local:${file.split('_', 1)[0] ?? file}`, { base: hints.base });
}

/** A plain name in a bundle means Charmhub, since Juju 3. */
function originOf(url: string): string | undefined {
  return url.includes(':') ? undefined : 'charmhub';
}

function baseIn(value: unknown): string | undefined {
  const [name, channel] = text(value).split('@', 2);
  return baseOf(name ?? '', channel ?? '');
}

function exposureOf(raw: Branch): Exposure {
  const endpoints = raw['exposed-endpoints'];
  if (!isBranch(endpoints)) return { exposed: raw['expose'] === true };
  const exposed = newDict<{ cidrs: readonly string[]; spaces: readonly string[] }>();
  for (const name of Object.keys(endpoints)) {
    const to = branch(endpoints[name]);
    exposed[name] = { cidrs: texts(to['expose-to-cidrs']), spaces: texts(to['expose-to-spaces']) };
  }
  return { exposed: true, endpoints: exposed };
}

/** The offers that a bundle makes of one application. */
export function bundleOffers(application: string, raw: Branch): readonly Offer[] {
  const offers = branch(raw['offers']);
  return Object.keys(offers).map((name) => {
    const offer = branch(offers[name]);
    return defined<Offer>({
      name,
      application,
      charm: textOr(raw['charm']),
      endpoints: texts(offer['endpoints']).map((endpoint) => ({ name: endpoint, interface: '' })),
      users: isBranch(offer['acl']) ? accessIn(offer['acl']) : undefined,
    });
  });
}

function accessIn(acl: Branch): Record<string, string> {
  const users = newDict<string>();
  for (const user of Object.keys(acl)) users[user] = text(acl[user]);
  return users;
}
