import type { ModelGrant, OfferGrant, UsersPolicy } from '../../core/policy/policy.js';
import { matchText } from '../policy-check/words.js';
import { listed } from './text.js';

/** Names shown of each list. */
const most = 12;

/** The users whom a policy names and what it wants of them, a line for each; none where it says nothing of users. */
export function userTexts({ superusers, serviceAccounts, managed, grants, offers }: UsersPolicy): string[] {
  return [
    ...(superusers === undefined ? [] : [`may be superuser, and nobody else: ${names(superusers)}`]),
    ...about('accounts of programs, not disabled for looking unused', serviceAccounts),
    ...about('Holdfast changes their passwords', managed),
    ...grants.map(grantText),
    ...offers.map(offerText),
  ];
}

function about(what: string, users: readonly string[]): string[] {
  return users.length === 0 ? [] : [`${what}: ${names(users)}`];
}

function grantText({ match, levels }: ModelGrant, index: number): string {
  const allowed = Object.entries(levels).map(([user, level]) => `${user} ${level}`);
  return `users.grants[${index}] ${placeText(match, 'every model')}: at most ${names(allowed)}`;
}

function offerText({ match, consumers }: OfferGrant, index: number): string {
  return `users.offers[${index}] ${placeText(match, 'every offer')}: may be reached by ${names(consumers)}`;
}

function placeText(match: OfferGrant['match'], all: string): string {
  return Object.keys(match).length === 0 ? all : matchText(match);
}

function names(users: readonly string[]): string {
  return users.length === 0 ? 'nobody' : listed(users, most);
}
