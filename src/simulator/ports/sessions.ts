/** What Patroni, Kafka and ZooKeeper answer to whoever asks without a password. */
import type { Socket } from 'node:net';

/** Serves one connection, in the clear or within TLS. */
export type Session = (socket: Socket) => void;

/** Longer requests are none that these answers know. */
const longestRequest = 8192;

/** Any request by HTTP is answered that the member is well. */
export const patroniSession = answering((received) => {
  if (!received.includes('\r\n\r\n')) return undefined;
  const body = JSON.stringify({ state: 'running', role: 'master' });
  const head = `HTTP/1.0 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
  return received.toString('latin1').startsWith('GET ') ? Buffer.from(head + body) : 'hang up';
});

const apiVersions = 18;
const longestKafkaRequest = 104_857_600;

/** ApiVersions is answered with one version of itself; anything else has to authenticate. */
export const kafkaSession = answering((received) => {
  if (received.length < 12) return undefined;
  const size = received.readInt32BE(0);
  if (size < 8 || size > longestKafkaRequest) return 'hang up';
  if (received.length < size + 4) return undefined;
  if (received.readInt16BE(4) !== apiVersions) return 'hang up';
  const answer = Buffer.alloc(20);
  answer.writeInt32BE(16, 0);
  received.copy(answer, 4, 8, 12);
  answer.writeInt32BE(1, 10);
  answer.writeInt16BE(apiVersions, 14);
  return answer;
});

const allowedWords = ['mntr', 'srvr', 'stat', 'ruok'];

/** The four-letter words that the charm allows. */
export const zookeeperSession = answering((received) => {
  if (received.length < 4) return undefined;
  const word = received.toString('latin1', 0, 4);
  if (!allowedWords.includes(word)) return 'hang up';
  return Buffer.from(word === 'ruok' ? 'imok' : 'Zookeeper version: 3.9.2\nMode: follower\nNode count: 5\n');
});

type Answer = Buffer | 'hang up' | undefined;

/** Collects a request until there is an answer to it, and then goes. */
function answering(answer: (received: Buffer) => Answer): Session {
  return (socket) => {
    let received = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      const said = received.length > longestRequest ? 'hang up' : answer(received);
      if (said === 'hang up') socket.destroy();
      else if (said !== undefined) socket.end(said);
    });
  };
}
