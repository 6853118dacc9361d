/** An etcd without Juju: on this host by what it is started with, and live by its endpoints. */
import type { EtcdRequest } from '../../cli/services.js';
import { readTextFile } from '../../config/read-file.js';
import { dictOf } from '../../core/dict.js';
import type { EtcdMember } from '../../core/evidence/etcd.js';
import { known, unknown, type Reading, type Road } from '../../core/fact.js';
import type { Clock } from '../../core/ports/time.js';
import type { Snapshot } from '../../core/snapshot.js';
import { instant } from '../../core/time.js';
import type { EtcdCredentials, EtcdEndpoint } from '../../workload/etcd/live/connection.js';
import { tcpProber } from '../../workload/prober.js';
import { certificatesAt, certificatesNamed, standingOf } from './host-files.js';
import { endpointOf, liveMember } from './live-member.js';
import { localPort } from './local-ports.js';
import { etcdSnapshot } from './snapshot.js';
import { hostConfiguration, type HostConfiguration } from './sources.js';

/** @throws InputError for what a person named and cannot be used. What only cannot be seen stays unknown. */
export async function readEtcd(request: EtcdRequest, clock: Clock): Promise<Snapshot> {
  const reader = { request, clock, at: instant(clock.now()) };
  const host = hostConfiguration(request);
  const endpoints = request.endpoints.map(endpointOf);
  const others = dictOf(request.otherCas.map((file) => [file, certificatesNamed(file)]));
  const credentials = credentialsOf(request);
  const live = await Promise.all(
    endpoints.map((endpoint) => liveMember(endpoint, liveTools(reader, endpoint, credentials))),
  );
  const own = await hostMember(host, endpoints.length > 0, reader);
  const [first] = endpoints;
  const members =
    own === undefined
      ? endpoints.map(({ url }, index): [string, EtcdMember] => [url, live[index] ?? {}])
      : [[host?.file ?? first?.url ?? 'etcd', { ...own, ...live[0] }] as [string, EtcdMember]];
  return etcdSnapshot(dictOf(members), others, readingOf(reader, 'workload', 'etcd'));
}

interface Reader {
  readonly request: EtcdRequest;
  readonly clock: Clock;
  readonly at: string;
}

function readingOf({ at }: Reader, road: Road, call: string): Reading {
  return { source: { road, call }, at };
}

function liveTools(reader: Reader, { url }: EtcdEndpoint, credentials: EtcdCredentials) {
  const { clock } = reader;
  const prober = tcpProber({ clock, mayProbe: () => true });
  return { credentials, prober, clock, reading: readingOf(reader, 'probe', url) };
}

function credentialsOf({ cacert, cert, key }: EtcdRequest): EtcdCredentials {
  return {
    ...(cacert === undefined ? {} : { ca: readTextFile(cacert).content }),
    ...(cert === undefined ? {} : { cert: readTextFile(cert).content }),
    ...(key === undefined ? {} : { key: readTextFile(key).content }),
  };
}

/** What this host shows of its etcd; undefined where nothing of this host was named. */
async function hostMember(
  host: HostConfiguration | undefined,
  isAskedLive: boolean,
  reader: Reader,
): Promise<EtcdMember | undefined> {
  const { dataDir } = reader.request;
  if (host === undefined) return dataDir === undefined ? undefined : filesOf({ dataDir }, reader);
  const { configuration, file } = host;
  const told = readingOf(reader, 'workload', file ?? 'flags and environment');
  const directory = dataDir ?? configuration.settings['data-dir']?.value;
  return {
    configuration: known(told, configuration),
    ...filesOf({ dataDir: directory, file }, reader),
    ...casOf(host, reader),
    ...(isAskedLive || !claimsToRun(reader.request) ? {} : await portsOf(host, reader)),
  };
}

/** Arguments and environment alone are those of a process: whether it serves can be asked, and has to be. */
function claimsToRun({ config }: EtcdRequest): boolean {
  return config === undefined;
}

async function portsOf(
  { configuration }: HostConfiguration,
  reader: Reader,
): Promise<Pick<EtcdMember, 'clientPort' | 'peerPort'>> {
  if (configuration.refusal !== undefined) return {};
  const prober = tcpProber({ clock: reader.clock, mayProbe: () => true });
  const tools = { prober, reading: readingOf(reader, 'probe', "this host's own ports") };
  const [clientPort, peerPort] = await Promise.all([
    localPort(configuration, 'etcd-client', tools),
    localPort(configuration, 'etcd-peer', tools),
  ]);
  return { clientPort, peerPort };
}

function filesOf(
  { dataDir, file }: { readonly dataDir?: string | undefined; readonly file?: string | undefined },
  reader: Reader,
): Pick<EtcdMember, 'dataDirectory' | 'configurationFile'> {
  const stat = (path: string) => standingOf(path, readingOf(reader, 'workload', `stat ${path}`));
  return {
    ...(dataDir === undefined ? {} : { dataDirectory: stat(dataDir) }),
    ...(file === undefined ? {} : { configurationFile: stat(file) }),
  };
}

function casOf(
  { configuration: { settings } }: HostConfiguration,
  reader: Reader,
): Pick<EtcdMember, 'clientCas' | 'peerCas'> {
  const at = (name: string) => {
    const path = settings[name]?.value;
    const reading = readingOf(reader, 'workload', path ?? name);
    return path === undefined ? unknown(reading, `${name} is not set`) : certificatesAt(path, reading);
  };
  return { clientCas: at('trusted-ca-file'), peerCas: at('peer-trusted-ca-file') };
}
