import { hash } from 'node:crypto';

/** Our own namespace: what is named alike under it is the same thing in every file. */
const namespace = Buffer.from('6f6f1a5b0c5e4f0e9a2c7d1b8e43c6a9', 'hex');

/** A UUID of version 5 (RFC 9562): the same for the same kind and name, whoever makes it and when. */
export function uuidOf(kind: string, name: string): string {
  const hex = hash('sha1', Buffer.concat([namespace, Buffer.from(`${kind}\n${name}`)]));
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
