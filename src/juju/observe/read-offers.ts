import { newDict, type Dict } from '../../core/dict.js';
import { isKnown, known, type Fact, type Known, type Reading } from '../../core/fact.js';
import type { Offer } from '../../core/snapshot.js';
import { branch, defined, text, textOr, type Branch } from '../status/json.js';
import { isApplicationName, isUserName, type OnBadName } from './names.js';
import { readEndpoints } from './status-offers.js';

/** An `ApplicationOffers.ListApplicationOffers` answer for one model. */
export function readOffers(reading: Reading, answer: unknown, onBadName: OnBadName): Known<Dict<Offer>> {
  const { results } = branch(answer);
  const offers = newDict<Offer>();
  for (const item of Array.isArray(results) ? (results as unknown[]) : []) {
    const offer = offerOf(branch(item));
    if (isApplicationName(offer.name)) offers[offer.name] = offer;
    else onBadName('offer', offer.name);
  }
  return known(reading, offers);
}

function offerOf(raw: Branch): Offer {
  const { connections, users } = raw;
  return defined<Offer>({
    name: text(raw['offer-name']),
    url: textOr(raw['offer-url']),
    application: text(raw['application-name']),
    charm: textOr(raw['charm-url']),
    endpoints: readEndpoints(raw['endpoints']),
    users: Array.isArray(users) ? usersOf(users as unknown[]) : undefined,
    connections: Array.isArray(connections) ? connections.length : 0,
  });
}

function usersOf(raw: readonly unknown[]): Dict<string> {
  const users = newDict<string>();
  for (const item of raw) {
    const { user, access } = branch(item);
    const name = text(user);
    if (isUserName(name)) users[name] = text(access);
  }
  return users;
}

/**
 * The offers from both answers that tell them: the list, which names users and is refused to all but model admins, and
 * the more frequent status, which is silently empty for them. An offer that either shows is there.
 */
export function joinOffers(listed: Fact<Dict<Offer>>, seen: Fact<Dict<Offer>>): Fact<Dict<Offer>> {
  if (!isKnown(listed) || !isKnown(seen)) return isKnown(seen) ? listed : seen;
  const offers = newDict<Offer>();
  for (const [name, offer] of Object.entries(listed.value)) offers[name] = offer;
  for (const [name, offer] of Object.entries(seen.value)) {
    const { connections } = offer;
    const counted = connections === undefined ? {} : { connections };
    offers[name] = { ...offer, ...listed.value[name], ...counted };
  }
  return { ...listed, value: offers };
}
