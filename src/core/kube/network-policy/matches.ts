import { coveredBy } from '../../cidr.js';
import type { NetworkPeer, PolicyPort } from '../network.js';
import { selects } from './selector.js';
import {
  isPod,
  namespaceLabels,
  type Party,
  type PolicyPod,
  type PolicyWorld,
  type PortUse,
} from './world.js';

/** Whether one of the ports of a rule is the one used; no ports stand for all. Names are those of the target's ports. */
export function coversPort(ports: readonly PolicyPort[] | undefined, use: PortUse, target: Party): boolean {
  if (ports === undefined || ports.length === 0) return true;
  return ports.some((port) => coversOne(port, use, target));
}

function coversOne({ protocol = 'TCP', port, endPort }: PolicyPort, use: PortUse, target: Party): boolean {
  if (protocol !== use.protocol) return false;
  if (port === undefined) return true;
  if (typeof port === 'string') return isPod(target) && isNamed(target, port, use);
  return use.port >= port && use.port <= (endPort ?? port);
}

function isNamed({ ports }: PolicyPod, name: string, use: PortUse): boolean {
  return ports.some((port) => port.name === name && port.port === use.port && port.protocol === use.protocol);
}

/** Whether one of the peers of a rule is this party; no peers stand for everybody. */
export function coversPeer(
  peers: readonly NetworkPeer[] | undefined,
  party: Party,
  place: { readonly world: PolicyWorld; readonly namespace: string },
): boolean {
  if (peers === undefined || peers.length === 0) return true;
  return peers.some((peer) => isPeer(peer, party, place));
}

/**
 * Blocks of addresses are read as the specification has them, for pods too; some network plugins leave pods out there,
 * so that this is the wider reading. A peer of neither kind is nobody.
 */
function isPeer(
  { ipBlock, podSelector, namespaceSelector }: NetworkPeer,
  party: Party,
  { world, namespace }: { readonly world: PolicyWorld; readonly namespace: string },
): boolean {
  if (ipBlock !== undefined) return addressesOf(party).some((address) => isInBlock(address, ipBlock));
  if (!isPod(party) || party.hostNetwork) return false;
  if (podSelector !== undefined && !selects(podSelector, party.labels)) return false;
  if (namespaceSelector !== undefined)
    return selects(namespaceSelector, namespaceLabels(world, party.namespace));
  return podSelector !== undefined && party.namespace === namespace;
}

function addressesOf(party: Party): readonly string[] {
  return isPod(party) ? party.addresses : [party.address];
}

function isInBlock(address: string, { cidr, except = [] }: NonNullable<NetworkPeer['ipBlock']>): boolean {
  return coveredBy([cidr], address) && !coveredBy(except, address);
}
