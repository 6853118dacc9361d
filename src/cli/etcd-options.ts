/** Options of an audit of an etcd without Juju: on this host, or live. */
import type { Command } from 'commander';
import type { Guide } from '../core/control.js';
import { InputError } from '../core/input-error.js';
import { wantedGuides } from './filter.js';
import type { FilterOptions, RoadOptions } from './options.js';
import type { EtcdRequest } from './services.js';

/** The guide that judges them. */
const guideId = 'cis-etcd';

export function addEtcdOptions(command: Command): Command {
  return command
    .optionsGroup('An etcd without Juju, judged by the guide cis-etcd:')
    .option('--etcd-config <file>', 'the configuration file that etcd is started with')
    .option('--etcd-env <file>', 'its environment: NAME=value lines, or /proc/PID/environ')
    .option('--etcd-args <line>', 'its arguments, as `ps -o args=` shows them; its ports are asked, too')
    .option('--etcd-version <version>', 'its version, where a setting depends on that')
    .option('--data-dir <dir>', 'its data directory, where the configuration does not name it')
    .option('--etcd-endpoint <url...>', 'live members, as in https://10.0.0.1:2379')
    .option('--cacert <file>', 'the CA of the live members')
    .option('--cert <file>', 'a certificate to show to them')
    .option('--key <file>', 'its key')
    .option('--other-ca <file...>', "CAs of others, from which etcd's has to differ");
}

/** What the options ask for; undefined when they name no etcd. @throws InputError for options that do not fit. */
export function etcdRequest(options: RoadOptions): EtcdRequest | undefined {
  const { etcdEndpoint: endpoints = [], otherCa: otherCas = [], ...single } = options;
  const named = { config: single.etcdConfig, env: single.etcdEnv, args: single.etcdArgs };
  const others = { version: single.etcdVersion, dataDir: single.dataDir };
  const access = { cacert: single.cacert, cert: single.cert, key: single.key };
  const isHost = Object.values({ ...named, dataDir: others.dataDir }).some((value) => value !== undefined);
  const isLive = endpoints.length > 0;
  if (!isHost && !isLive) {
    refuseAlone({ ...others, ...access }, otherCas);
    return undefined;
  }
  refuseMisfits({ isHost, endpoints, access });
  if (others.version !== undefined && !/^v?\d+\.\d+/.test(others.version))
    throw new InputError(`--etcd-version ${others.version} is no version: write it as in 3.6.8`);
  return { ...given({ ...named, ...others, ...access }), endpoints, otherCas };
}

type Texts = Readonly<Record<string, string | undefined>>;

function given(texts: Texts): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(texts).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function refuseAlone(texts: Texts, otherCas: readonly string[]): void {
  const names: Readonly<Record<string, string>> = { version: 'etcd-version' };
  const [first] = [...Object.keys(given(texts)), ...(otherCas.length > 0 ? ['other-ca'] : [])];
  if (first !== undefined)
    throw new InputError(
      `--${names[first] ?? first} says something of an etcd that is not named: add --etcd-config, --etcd-args, --etcd-env or --etcd-endpoint`,
    );
}

function refuseMisfits({
  isHost,
  endpoints,
  access,
}: {
  readonly isHost: boolean;
  readonly endpoints: readonly string[];
  readonly access: Texts;
}): void {
  if ((access['cert'] === undefined) !== (access['key'] === undefined))
    throw new InputError('--cert and --key belong together: name both');
  const [lonely] = Object.keys(given(access));
  if (lonely !== undefined && endpoints.length === 0)
    throw new InputError(`--${lonely} is for asking a live member: name it by --etcd-endpoint`);
  if (isHost && endpoints.length > 1)
    throw new InputError(
      'one configuration is that of one member: name one --etcd-endpoint with it, or the endpoints alone',
    );
}

/** How a report calls what it was made from. */
export function etcdNames({ config, env, args, dataDir, endpoints }: EtcdRequest): string {
  const files = [config, env].filter((file) => file !== undefined);
  const names = [...files, ...(args === undefined ? [] : ['arguments of etcd']), ...endpoints];
  return names.length === 0 ? (dataDir ?? 'etcd') : names.join(', ');
}

/** @throws InputError when another guide is asked for by name. */
export function ofEtcdGuide(guides: readonly Guide[], options: FilterOptions): readonly Guide[] {
  const wanted = wantedGuides(guides, options).filter(({ id }) => id === guideId);
  if (wanted.length > 0) return wanted;
  throw new InputError(`an etcd without Juju is judged by the guide ${guideId} only: leave --guide out`);
}
