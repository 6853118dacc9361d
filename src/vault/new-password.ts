import { randomInt } from 'node:crypto';

/** Letters and digits: taken by Juju, by every charm, and by every shell and URL that they end up in. */
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** 238 bits. */
const length = 40;

/** A password from the machine's secure randomness. */
export function newPassword(): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}
