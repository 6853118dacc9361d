import type { ProbePort } from '../../core/control.js';
import type { ApplicationView } from '../../core/evaluate/view.js';
import type { Judgement } from '../../core/judgement.js';
import type { PortProbe } from '../../core/snapshot.js';
import { good, portsJudgement, probeReasons, type Verdict } from './probes.js';

/** Listener reference of Charmed Kafka: clients, their OAuth, brokers among each other, the outside. */
const plainPorts = [9092, 9095, 19_092, 29_092] as const;
/** The brokers' own listener, which is there whether clients are or not. */
const internalPort = 19_093;
const zookeeperTlsPort = 2182;

/** The ports of brokers that show whether plain text is left. */
export const kafkaProbes: readonly ProbePort[] = [...plainPorts, internalPort].map((port) => ({
  port,
  protocol: 'kafka',
}));

/** ZooKeeper's port for clients over TLS; the plain one is known to stay open. */
export const zookeeperProbes: readonly ProbePort[] = [{ port: zookeeperTlsPort, protocol: 'zookeeper' }];

/** The reasons that the judgements of these ports give. */
export const kafkaPortReasons = {
  ...probeReasons,
  PlainListener: 'A listener answers in plain text, whatever the relations say.',
} as const;

/**
 * Whether no listener of Kafka speaks plain text: their ports closed on every unit, and the brokers' own by TLS. A
 * broker without clients has no listener for them, so a pass needs KAFKA-ENC-01, too.
 */
export function kafkaPortsJudgement(app: ApplicationView): Judgement {
  return portsJudgement(app, {
    ports: [...plainPorts, internalPort],
    bestClosed: plainPorts,
    wanted: `no listener in plain text, and TLS on port ${internalPort}`,
    met: 'no listener of any unit speaks plain text',
    verdict: notPlain,
  });
}

/** Whether ZooKeeper serves clients over TLS: the effect of its relation. */
export function zookeeperTlsEffect(app: ApplicationView): Judgement {
  const wanted = `port ${zookeeperTlsPort} of every unit speaks TLS`;
  return portsJudgement(app, { ports: [zookeeperTlsPort], wanted, met: wanted, verdict: notPlain });
}

function notPlain({ answer }: PortProbe): Verdict {
  if (answer !== 'plaintext') return good;
  return { says: 'bad', reason: 'PlainListener', words: 'answers in plain text' };
}
