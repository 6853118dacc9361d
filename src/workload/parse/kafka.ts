import { newDict, type Dict } from '../../core/dict.js';
import type { KafkaListener, KafkaProtocol, KafkaSettings, OauthChecks } from '../../core/evidence/kafka.js';
import { ParseError, word, words } from './parse-error.js';
import { isTrue, parseProperties } from './properties.js';

const protocols: ReadonlySet<string> = new Set(['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL']);
/** Where nothing is written (Kafka documentation, "Broker Configs"). */
const defaults = { listeners: 'PLAINTEXT://:9092', mechanisms: 'GSSAPI' } as const;
const url = /^(.*):\/\/\[?([\w\-%.:]*)\]?:(-?\d+)$/;

/** What a broker makes of `server.properties`. @throws ParseError */
export function parseKafka(text: string): KafkaSettings {
  const properties = parseProperties(text);
  const map = protocolMap(properties['listener.security.protocol.map']);
  const interBroker = properties['inter.broker.listener.name']?.trim().toUpperCase();
  const authorizer = properties['authorizer.class.name']?.trim();
  const mapping = properties['ssl.principal.mapping.rules'];
  return {
    listeners: words(properties['listeners'] ?? defaults.listeners).map((one) => listenerOf(one, map)),
    ...(interBroker === undefined ? {} : { interBroker: word(interBroker) }),
    ...(authorizer === undefined || authorizer === '' ? {} : { authorizer: word(authorizer) }),
    superUsers: words(properties['super.users'] ?? '', ';'),
    everyoneIfNoAcl: everyone(properties['allow.everyone.if.no.acl.found']),
    clientAuth: clientAuth(properties['ssl.client.auth']),
    clientAuthOf: clientAuths(properties),
    mechanisms: mechanisms(properties),
    ...(mapping === undefined ? {} : { principalMapping: word(mapping) }),
    oauth: Object.entries(properties).flatMap(oauthOf),
  };
}

/** Names of listeners count in capitals. */
function protocolMap(text: string | undefined): ReadonlyMap<string, KafkaProtocol> {
  const pairs = words(text ?? '').flatMap((pair): [string, KafkaProtocol][] => {
    const [name = '', protocol = ''] = pair.split(':').map((part) => part.trim().toUpperCase());
    return protocols.has(protocol) ? [[name, protocol as KafkaProtocol]] : [];
  });
  return new Map(pairs);
}

function listenerOf(text: string, map: ReadonlyMap<string, KafkaProtocol>): KafkaListener {
  const [, given = '', , port = ''] = url.exec(text) ?? [];
  if (port === '') throw new ParseError('has a listener that is no address');
  const name = given.trim().toUpperCase();
  const protocol =
    map.get(name) ?? (map.size === 0 && protocols.has(name) ? (name as KafkaProtocol) : undefined);
  return { name: word(name), port: Number(port), ...(protocol === undefined ? {} : { protocol }) };
}

function everyone(value: string | undefined): boolean {
  const given = value?.trim().toLowerCase() ?? 'false';
  if (given !== 'true' && given !== 'false') throw new ParseError('has no boolean where one belongs');
  return given === 'true';
}

function clientAuth(value: string | undefined): string {
  const given = value?.trim().toLowerCase() ?? '';
  return given === '' ? 'none' : word(given);
}

const ofListener = /^listener\.name\.([^.]+)\.(.+)$/;

function clientAuths(properties: Dict<string>): Dict<string> {
  const found = newDict<string>();
  for (const [key, value] of Object.entries(properties)) {
    const [, name, setting] = ofListener.exec(key) ?? [];
    if (name !== undefined && setting === 'ssl.client.auth')
      found[word(name.toLowerCase())] = clientAuth(value);
  }
  return found;
}

function mechanisms(properties: Dict<string>): readonly string[] {
  const given = Object.entries(properties).flatMap(([key, value]) =>
    key === 'sasl.enabled.mechanisms' || ofListener.exec(key)?.[2] === 'sasl.enabled.mechanisms'
      ? words(value)
      : [],
  );
  return [...new Set(given.length === 0 ? [defaults.mechanisms] : given)].sort();
}

/** What the unit told of the checks: `oauth.check.audience=true oauth.valid.issuer.uri=https`. */
function oauthOf([key, value]: [string, string]): readonly OauthChecks[] {
  const listener = /^listener\.name\.([^.]+)\.oauthbearer\.sasl\.jaas\.config$/.exec(key)?.[1];
  if (listener === undefined) return [];
  const checks = new Map(
    words(value, ' ').map((pair): [string, string] => [
      pair.slice(0, Math.max(0, pair.indexOf('='))),
      pair.slice(pair.indexOf('=') + 1),
    ]),
  );
  const schemes = [...checks].flatMap(([name, scheme]) => (name.endsWith('.uri') ? [scheme] : []));
  return [
    {
      listener: word(listener),
      checksAudience: isTrue(checks.get('oauth.check.audience')),
      schemes: [...new Set(schemes)].sort(),
    },
  ];
}
