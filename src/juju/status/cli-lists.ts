import { newDict, type Dict } from '../../core/dict.js';
import { known, unknown, type Fact, type Known, type Reading } from '../../core/fact.js';
import type { Block, Offer, SecretMeta } from '../../core/snapshot.js';
import { branch, count, defined, isBranch, text, textOr, type Branch } from './json.js';
import { endpointsOf } from './offers.js';
import { instantOf } from './time.js';

/** What `juju disabled-commands` lists. */
export function readBlocks(reading: Reading, value: unknown): Known<readonly Block[]> {
  const blocks = (Array.isArray(value) ? (value as unknown[]) : [])
    .filter(isBranch)
    .map((raw) => defined<Block>({ commandSet: text(raw['command-set']), message: textOr(raw['message']) }));
  return known(
    reading,
    blocks.sort((a, b) => (a.commandSet < b.commandSet ? -1 : 1)),
  );
}

/** What `juju secrets` lists, by id; never their contents. */
export function readSecrets(reading: Reading, value: unknown): Known<readonly SecretMeta[]> {
  const secrets = branch(value);
  return known(
    reading,
    Object.keys(secrets)
      .sort()
      .map((id) => secretOf(id, branch(secrets[id]))),
  );
}

function secretOf(id: string, raw: Branch): SecretMeta {
  return defined<SecretMeta>({
    id,
    owner: text(raw['owner']),
    label: textOr(raw['label']) ?? textOr(raw['name']),
    rotation: textOr(raw['rotation']),
    nextRotation: instantOf(text(raw['rotates'])),
    expires: instantOf(text(raw['expires'])),
    // The list tells when the secret was made; that is its newest revision only while there is no second one.
    revisionCreated: count(raw['revision']) === 1 ? instantOf(text(raw['created'])) : undefined,
    backend: undefined,
  });
}

/** What `juju offers` lists, by name, with users and connections. */
export function readListedOffers(reading: Reading, value: unknown): Known<Dict<Offer>> {
  const listed = branch(value);
  const offers = newDict<Offer>();
  for (const name of Object.keys(listed)) offers[name] = offerOf(name, branch(listed[name]));
  return known(reading, offers);
}

function offerOf(name: string, raw: Branch): Offer {
  const { connections } = raw;
  return defined<Offer>({
    name,
    url: textOr(raw['offer-url']),
    application: text(raw['application']),
    charm: textOr(raw['charm']),
    endpoints: endpointsOf(raw['endpoints']),
    users: levelsIn(branch(raw['users'])),
    connections: Array.isArray(connections) ? connections.length : 0,
  });
}

function levelsIn(users: Branch): Dict<string> {
  const levels = newDict<string>();
  for (const name of Object.keys(users)) levels[name] = text(branch(users[name])['access']);
  return levels;
}

/** What `juju ssh-keys` prints: a heading, then one line for each key; nothing at all when there are none. */
export function readSshKeys(reading: Reading, stdout: string): Fact<readonly string[]> {
  const [heading = '', ...lines] = stdout.split('\n').map((line) => line.trim());
  if (heading !== '' && !heading.startsWith('Keys used in'))
    return unknown(reading, 'juju lists SSH keys in a form that cannot be read');
  return known(reading, lines.filter((line) => line !== '').sort());
}
