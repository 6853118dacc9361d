import type { ZookeeperSettings } from '../../core/evidence/kafka.js';
import { words } from './parse-error.js';
import { isTrue, parseProperties } from './properties.js';

/**
 * What ZooKeeper makes of `zoo.cfg` with its dynamic file behind it: both are Java's properties, values are trimmed, and
 * only `true` is true. @throws ParseError
 */
export function parseZookeeper(text: string): ZookeeperSettings {
  const properties = parseProperties(text);
  const is = (key: string): boolean => isTrue(properties[key]);
  const securePort = portIn(properties['secureClientPort']);
  return {
    enforceAuth: is('enforce.auth.enabled'),
    authSchemes: words(properties['enforce.auth.schemes'] ?? ''),
    saslProvider: Object.entries(properties).some(
      ([key, value]) => key.startsWith('authProvider.') && /\bSASLAuthenticationProvider$/.test(value.trim()),
    ),
    quorumSasl: is('quorum.auth.enableSasl'),
    quorumLearnerRequires: is('quorum.auth.learnerRequireSasl'),
    quorumServerRequires: is('quorum.auth.serverRequireSasl'),
    plainPorts: plainPorts(properties),
    ...(securePort === undefined ? {} : { securePort }),
    sslQuorum: is('sslQuorum'),
    portUnification: is('portUnification'),
  };
}

/** `clientPort`, and what stands behind the `;` of each server: `[address:]port`. */
function plainPorts(properties: Readonly<Record<string, string>>): readonly number[] {
  const ofServers = Object.entries(properties).flatMap(([key, value]) =>
    /^server\.\d+$/.test(key) ? [value.split(';')[1]?.split(':').at(-1)] : [],
  );
  const ports = [properties['clientPort'], ...ofServers].flatMap((text) => portIn(text) ?? []);
  return [...new Set(ports)].sort((a, b) => a - b);
}

function portIn(text: string | undefined): number | undefined {
  const port = /^\s*(\d{1,5})\s*$/.exec(text ?? '')?.[1];
  return port === undefined || port === '0' ? undefined : Number(port);
}
