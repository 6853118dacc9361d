import { newDict, type Dict } from '../../core/dict.js';
import { known, type Fact, type Reading } from '../../core/fact.js';
import type { Offer, RemoteApplication } from '../../core/snapshot.js';
import { unreadable } from './gaps.js';
import { branch, count, defined, statusError, text, textOr, type Branch } from './json.js';

/** The applications of other models that this one consumes. */
export function readRemotes(reading: Reading, raw: Branch): Fact<Dict<RemoteApplication>> {
  return readAll({ reading, what: 'remote application' }, raw, remoteOf);
}

/** The offers of this model as its status shows them: without users. */
export function readOffers(reading: Reading, raw: Branch): Fact<Dict<Offer>> {
  return readAll({ reading, what: 'offer' }, raw, offerOf);
}

interface Kind {
  readonly reading: Reading;
  readonly what: string;
}

/** All entries, or unknown as soon as Juju could not read one of them. */
function readAll<T>(
  { reading, what }: Kind,
  raw: Branch,
  read: (name: string, raw: Branch) => T,
): Fact<Dict<T>> {
  const entries = newDict<T>();
  for (const name of Object.keys(raw)) {
    const entry = branch(raw[name]);
    const error = statusError(entry);
    if (error !== undefined) return unreadable(reading, `${what} ${name}`, error);
    entries[name] = read(name, entry);
  }
  return known(reading, entries);
}

function remoteOf(name: string, raw: Branch): RemoteApplication {
  return defined<RemoteApplication>({
    name,
    offerUrl: text(raw['url']),
    endpoints: endpointsOf(raw['endpoints']),
    status: text(branch(raw['application-status'])['current']),
    life: textOr(raw['life']),
  });
}

function offerOf(name: string, raw: Branch): Offer {
  return defined<Offer>({
    name,
    application: text(raw['application']),
    charm: textOr(raw['charm']),
    endpoints: endpointsOf(raw['endpoints']),
    connections: count(raw['total-connected-count']),
  });
}

/** Endpoints as `{name: {interface, role}}`, the form that statuses and offers share. */
export function endpointsOf(value: unknown): RemoteApplication['endpoints'] {
  const raw = branch(value);
  return Object.keys(raw).map((name) => {
    const endpoint = branch(raw[name]);
    return { name, interface: text(endpoint['interface']), role: text(endpoint['role']) };
  });
}
