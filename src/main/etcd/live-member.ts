/** A live member, as it shows itself to a caller with and without a certificate. */
import type { EtcdMember } from '../../core/evidence/etcd.js';
import { known, unknown, type Fact, type Reading } from '../../core/fact.js';
import { InputError } from '../../core/input-error.js';
import type { Prober } from '../../core/ports/prober.js';
import type { Clock } from '../../core/ports/time.js';
import type { PortProbe } from '../../core/snapshot.js';
import { askMember, type AskedMember } from '../../workload/etcd/live/ask-member.js';
import type { EtcdCredentials, EtcdEndpoint } from '../../workload/etcd/live/connection.js';

export interface LiveTools {
  readonly credentials: EtcdCredentials;
  readonly prober: Prober;
  readonly clock: Clock;
  /** Of one endpoint. */
  readonly reading: Reading;
}

const deadlineMs = 4000;

/** Every mistake in a URL that a person names is told. @throws InputError */
export function endpointOf(text: string): EtcdEndpoint {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const mistake = url === undefined ? noUrl(text) : mistakeIn(url, text);
  if (url === undefined || mistake !== undefined) throw new InputError(`--etcd-endpoint ${mistake ?? text}`);
  const secure = url.protocol === 'https:';
  const standard = secure ? 443 : 80;
  const port = url.port === '' ? standard : Number(url.port);
  return { url: `${url.protocol}//${url.hostname}:${port}`, secure, port, host: bare(url.hostname) };
}

function noUrl(text: string): string {
  return `${text} is no URL such as https://10.0.0.1:2379`;
}

function mistakeIn(url: URL, text: string): string | undefined {
  const { protocol, hostname, username, password, pathname, search, hash } = url;
  if (!/^https?:$/.test(protocol) || hostname === '') return noUrl(text);
  if (`${username}${password}` !== '')
    return 'holds a name or password: name certificates by --cert and --key';
  return pathname === '/' && `${search}${hash}` === ''
    ? undefined
    : `${text} goes on behind the port: name scheme, host and port only`;
}

function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}

type Live = Required<Pick<EtcdMember, 'clientPort' | 'served'>> & Pick<EtcdMember, 'peerPort'>;

export async function liveMember(endpoint: EtcdEndpoint, tools: LiveTools): Promise<Live> {
  const { prober, reading, clock, credentials } = tools;
  const { host: address, port } = endpoint;
  const probe = await prober.probe({ unit: '', address, port, protocol: 'etcd-client' });
  const clientPort = known(reading, probe);
  try {
    const asked = await askMember(endpoint, credentials, { clock, deadlineMs });
    return {
      clientPort,
      served: known(reading, asked.served),
      peerPort: await peerPortOf(asked, endpoint, tools),
    };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { clientPort, served: unknown(reading, `${endpoint.url} could not be asked: ${why}`) };
  }
}

/** Only on the host that a person named: an answer must not send us anywhere else. */
async function peerPortOf(
  { peerUrls }: AskedMember,
  { host }: EtcdEndpoint,
  { prober, reading }: LiveTools,
): Promise<Fact<PortProbe>> {
  if (peerUrls === undefined)
    return unknown(
      reading,
      'it did not tell where it listens to members',
      'a client certificate that etcd takes (--cert and --key), or --etcd-config',
    );
  const own = peerUrls.flatMap((url) => (URL.canParse(url) ? [new URL(url)] : []));
  const here = own.find(({ hostname, port }) => bare(hostname) === host && port !== '');
  if (here === undefined)
    return unknown(
      reading,
      `it listens to members elsewhere than on ${host}: ${peerUrls.join(', ').slice(0, 200)}`,
    );
  return known(
    reading,
    await prober.probe({ unit: '', address: host, port: Number(here.port), protocol: 'etcd-peer' }),
  );
}
