import type { ProbeProtocol } from '../core/ports/prober.js';
import type { Place } from './attempt.js';
import { httpSpeech } from './http-speech.js';
import { kafkaSpeech } from './kafka-speech.js';
import { zookeeperSpeech } from './zookeeper-speech.js';

/** The workload's own answer; the complaint of a TLS server about plain text; or something else. */
export type Heard = 'answered' | 'complaint' | 'other';

/** How a workload is asked for what it tells anybody, and how its answer is told from those of others. */
export interface Speech {
  /** Changes nothing and shows no secret. */
  readonly request: (place: Place) => string | Uint8Array;
  /** What came back so far means; undefined while that is too little to tell. `ended`: no more will come. */
  readonly hear: (received: Buffer, ended: boolean) => Heard | undefined;
  /** What is offered for negotiation within TLS. */
  readonly alpn?: readonly string[];
}

/** PostgreSQL is left out: it is asked for TLS before TLS begins. */
export const speeches: Readonly<Record<Exclude<ProbeProtocol, 'postgresql'>, Speech>> = {
  'etcd-client': httpSpeech('/version'),
  'etcd-peer': httpSpeech('/members'),
  patroni: httpSpeech('/health'),
  kafka: kafkaSpeech,
  zookeeper: zookeeperSpeech,
};
