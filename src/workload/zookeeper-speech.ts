import type { Heard, Speech } from './speech.js';

/**
 * The four-letter word `srvr` (ZooKeeper administrator's guide, "The Four Letter Words"), which the charm allows. The
 * line's end makes it five bytes: fewer do not tell a TLS server that they are no TLS.
 */
export const zookeeperSpeech: Speech = { request: () => 'srvr\n', hear };

const answers = [
  'Zookeeper version:',
  'This ZooKeeper instance is not currently serving requests',
  'srvr is not executed because it is not in the whitelist.',
];
const enough = Math.max(...answers.map(({ length }) => length));

/** A refusal of the word is an answer, too. */
function hear(received: Buffer, ended: boolean): Heard | undefined {
  const head = received.toString('latin1', 0, enough);
  if (answers.some((answer) => head.startsWith(answer))) return 'answered';
  return ended || received.length >= enough ? 'other' : undefined;
}
