/** The ports on which an etcd of this host should listen, asked from this host: whether anybody serves there at all. */
import { networkInterfaces } from 'node:os';
import type { EtcdConfiguration } from '../../core/evidence/etcd.js';
import { known, unknown, type Fact, type Reading } from '../../core/fact.js';
import type { Prober, ProbeProtocol } from '../../core/ports/prober.js';
import type { PortProbe } from '../../core/snapshot.js';
import { listenUrlsOf } from '../../workload/etcd/consistency.js';
import type { ListenUrl } from '../../workload/etcd/urls.js';

const mostUrls = 8;

export async function localPort(
  configuration: EtcdConfiguration,
  protocol: Extract<ProbeProtocol, 'etcd-client' | 'etcd-peer'>,
  { prober, reading }: { readonly prober: Prober; readonly reading: Reading },
): Promise<Fact<PortProbe>> {
  const settings = new Map(Object.entries(configuration.settings).map(([name, { value }]) => [name, value]));
  const urls = listenUrlsOf(settings, protocol === 'etcd-client' ? '' : 'peer-').filter(
    ({ port }) => port !== '',
  );
  const probes: PortProbe[] = [];
  for (const url of urls.slice(0, mostUrls)) {
    const address = ownAddress(url);
    if (address === undefined)
      return unknown(reading, `it listens on ${url.host}, which is no address of this host`);
    probes.push(await prober.probe({ unit: '', address, port: Number(url.port), protocol }));
  }
  const [worst] = probes.sort((a, b) => rank(a) - rank(b));
  return worst === undefined ? unknown(reading, 'it listens on no port') : known(reading, worst);
}

/** From the worst answer to the best: one open door is enough. */
const order: readonly PortProbe['answer'][] = [
  'plaintext',
  'tls',
  'unrecognised',
  'refused',
  'unreachable',
  'timeout',
  'tls-client-certificate',
];

function rank({ answer }: PortProbe): number {
  return order.indexOf(answer);
}

/** Where this host reaches the URL on itself; nobody else's address is ever connected to. */
function ownAddress({ host }: ListenUrl): string | undefined {
  if (host === '' || host === '0.0.0.0' || host === 'localhost') return '127.0.0.1';
  if (host === '::') return '::1';
  const own = Object.values(networkInterfaces()).flatMap((list) =>
    (list ?? []).map(({ address }) => address),
  );
  return host.startsWith('127.') || own.includes(host) ? host : undefined;
}
