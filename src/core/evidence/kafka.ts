/** How Kafka and ZooKeeper are set up, as their files say it. */
import type { Dict } from '../dict.js';

/** What is spoken on a listener of Kafka. */
export type KafkaProtocol = 'PLAINTEXT' | 'SSL' | 'SASL_PLAINTEXT' | 'SASL_SSL';

export interface KafkaListener {
  readonly name: string;
  readonly port: number;
  /** As the map of protocols says, or the name itself where it is one; absent: neither says. */
  readonly protocol?: KafkaProtocol;
}

export interface KafkaSettings {
  readonly listeners: readonly KafkaListener[];
  /** The listener that brokers talk over. */
  readonly interBroker?: string;
  readonly authorizer?: string;
  readonly superUsers: readonly string[];
  /** Kafka's own default is false. */
  readonly everyoneIfNoAcl: boolean;
  /** `ssl.client.auth` for all listeners; `none` is Kafka's own default. */
  readonly clientAuth: string;
  /** The same of single listeners, by their name in lower case. */
  readonly clientAuthOf: Dict<string>;
  /** SASL mechanisms that are on, of all listeners. */
  readonly mechanisms: readonly string[];
  readonly principalMapping?: string;
  /** What the listeners with OAuth check of a token. */
  readonly oauth: readonly OauthChecks[];
}

export interface OauthChecks {
  readonly listener: string;
  readonly checksAudience: boolean;
  /** Schemes of the addresses at which the issuer and its keys are looked up: `https`. */
  readonly schemes: readonly string[];
}

export interface ZookeeperSettings {
  readonly enforceAuth: boolean;
  readonly authSchemes: readonly string[];
  /** Whether a provider of SASL is set. */
  readonly saslProvider: boolean;
  readonly quorumSasl: boolean;
  readonly quorumLearnerRequires: boolean;
  readonly quorumServerRequires: boolean;
  /** Ports on which clients are served in the clear: in zoo.cfg, and in each server's line of the dynamic file. */
  readonly plainPorts: readonly number[];
  readonly securePort?: number;
  readonly sslQuorum: boolean;
  /** Set: on its way between plain text and TLS, or stuck there. */
  readonly portUnification: boolean;
}

/** Where Kafka's authorizer writes what it allowed and refused. */
export interface AuthorizerLog {
  /** `INFO` (refusals) or `DEBUG` (what was allowed, too), …; absent: it comes from where the file does not say. */
  readonly level?: string;
  readonly appenders: readonly string[];
  /** Whether its lines go to the other logs, too. */
  readonly additive: boolean;
  /** Whether one of its appenders writes to standard output. */
  readonly console: boolean;
}
