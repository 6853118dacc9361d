/**
 * Each `juju` command that the documentation and the pages of the controls hand to a person is one that the client takes,
 * and names endpoints, options and actions that the charms have.
 */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, test } from '@jest/globals';
import { parse } from 'yaml';
import { charmOf, jujuInfo, type Charm, type Endpoint } from '../../src/simulator/charms/charm.js';
import { charmsNamed } from '../../src/simulator/charms/table.js';
import { controllerDefaults, settableControllerKeys } from '../../src/simulator/world/controller-defaults.js';
import { modelDefaults, modelDefaults36 } from '../../src/simulator/world/model-defaults.js';
import { readJujuLine, type JujuLine } from '../support/juju-client.js';
import { MarkdownPage, markdownFiles } from '../support/markdown.js';
import { commandsIn, typedIn } from '../support/shell-words.js';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

interface Said {
  readonly page: string;
  /** Without `juju`. */
  readonly words: readonly string[];
}

function jujuIn(text: string): readonly (readonly string[])[] {
  return commandsIn(text)
    .filter(([first]) => first === 'juju')
    .map((words) => words.slice(1));
}

/** What a page says to run. A command that is only named, as in `juju config`, is none. */
function saidOn(page: string): readonly Said[] {
  const text = readFileSync(`${root}/${page}`, 'utf8');
  const { blocks } = new MarkdownPage(text);
  const typed = blocks
    .filter(({ language }) => ['console', 'shell', 'sh', 'bash'].includes(language))
    .flatMap((block) => jujuIn(typedIn(block.text)));
  const spans = text
    .replaceAll(/^ *(```+|~~~+)[\s\S]*?^ *\1/gm, '')
    .split(/\n{2,}/)
    .flatMap((paragraph) => [...paragraph.matchAll(/`(juju [^`]+)`/g)])
    .flatMap(([, command = '']) => jujuIn(command.replaceAll(/\s+/g, ' ')));
  return [...typed, ...spans.filter((words) => words.length > 1)].map((words) => ({ page, words }));
}

const pages = markdownFiles(root).map((path) => relative(root, path));
const said = pages.flatMap(saidOn);

function read({ words }: Said): readonly JujuLine[] {
  const line = readJujuLine(words);
  return typeof line === 'string' ? [] : [line];
}

interface Metadata {
  readonly provides: Record<string, { interface: string }>;
  readonly requires: Record<string, { interface: string }>;
  readonly config: { options: Record<string, { type: 'string' }> };
  readonly actions: Record<string, unknown>;
}

/** Our own charm, by its metadata. */
function ourCharm(): Charm {
  const text = readFileSync(`${root}/charm/charmcraft.yaml`, 'utf8');
  const { provides, requires, config, actions } = parse(text) as Metadata;
  const ends = (side: Metadata['provides'], role: string): readonly string[] =>
    Object.entries(side).map(([name, end]) => `${name} ${role} ${end.interface}`);
  return charmOf({
    name: 'holdfast-k8s',
    track: '',
    base: '24.04',
    workloadVersion: '',
    revision: 1,
    endpoints: [...ends(provides, 'provider'), ...ends(requires, 'requirer')],
    options: Object.fromEntries(Object.entries(config.options).map(([name, { type }]) => [name, [type]])),
    actions: Object.keys(actions),
  });
}

/** A charm of which only endpoints are known here. */
function endsOnly(name: string, ...endpoints: readonly string[]): Charm {
  const rest = { track: '', base: '24.04', workloadVersion: '', revision: 1, options: {}, actions: [] };
  return charmOf({ name, endpoints, ...rest });
}

const named = (...names: readonly string[]): readonly Charm[] => names.flatMap(charmsNamed);
const tlsProviders = named('self-signed-certificates', 'lego', 'manual-tls-certificates', 'vault');
const collectors = named('opentelemetry-collector', 'opentelemetry-collector-k8s', 'grafana-agent');
const products = named(
  ...['charmed-etcd', 'postgresql-k8s', 'postgresql', 'pgbouncer-k8s', 'mysql-k8s', 'mysql-router-k8s'],
  ...['kafka', 'kafka-k8s', 'zookeeper', 'zookeeper-k8s'],
);

/** MySQL 8.4 parted its endpoint for TLS in two; the simulator plays 8.0. */
const mysql84 = endsOnly(
  'mysql-k8s',
  'client-certificates requirer tls-certificates limit=1',
  'peer-certificates requirer tls-certificates limit=1',
);

/** The applications that texts speak of, whether as a placeholder or by a name of the tutorial's. */
const applications: Readonly<Record<string, readonly Charm[]>> = {
  ETCD: named('charmed-etcd'),
  etcd: named('charmed-etcd'),
  POSTGRESQL: named('postgresql-k8s', 'postgresql'),
  pg: named('postgresql-k8s'),
  journal: named('postgresql-k8s'),
  PGBOUNCER: named('pgbouncer-k8s'),
  MYSQL: [...named('mysql-k8s'), mysql84],
  ROUTER: named('mysql-router-k8s'),
  KAFKA: named('kafka', 'kafka-k8s'),
  ZOOKEEPER: named('zookeeper', 'zookeeper-k8s'),
  APPLICATION: products,
  PROVIDER: tlsProviders,
  OLD: tlsProviders,
  ca: tlsProviders,
  VAULT: named('vault'),
  COLLECTOR: collectors,
  'opentelemetry-collector': named('opentelemetry-collector'),
  S3_INTEGRATOR: named('s3-integrator'),
  DATA_INTEGRATOR: named('data-integrator'),
  HYDRA: named('hydra'),
  'landscape-client': named('landscape-client'),
  'ubuntu-pro': named('ubuntu-pro'),
  holdfast: [ourCharm()],
  'holdfast-k8s': [ourCharm()],
  prometheus: named('prometheus-k8s'),
  grafana: named('grafana-k8s'),
  loki: named('loki-k8s'),
  alertmanager: [endsOnly('alertmanager-k8s', 'alerting provider alertmanager_dispatch')],
};

/** Offers of COS, by the name that our texts give them: the other end of a relation is known by its own model only. */
const offers: Readonly<Record<string, string>> = {
  'prometheus-scrape': 'metrics-endpoint requirer prometheus_scrape',
  'grafana-dashboards': 'grafana-dashboard requirer grafana_dashboard',
  'loki-logging': 'logging provider loki_push_api',
  alertmanager: 'alerting provider alertmanager_dispatch',
  'prometheus-receive-remote-write': 'receive-remote-write provider prometheus_remote_write',
};

const isPlaceholder = (word: string): boolean => /^[A-Z][A-Z_]*$/.test(word);

/** The ends that a word of `juju integrate` can mean; none when nothing is called so. */
function endsNamed(word: string): readonly Endpoint[] {
  const offer = offers[word.replace(/^.*[./]/, '')];
  if (offer !== undefined && !word.includes(':metrics')) return endsOnly('offer', offer).endpoints;
  const [application = '', name] = word.split(':');
  const ends = (applications[application] ?? []).flatMap(({ endpoints }) => [...endpoints, jujuInfo]);
  return name === undefined ? ends : ends.filter((end) => end.name === name);
}

function fit(one: Endpoint, other: Endpoint): boolean {
  const roles = new Set([one.role, other.role]);
  return one.interface === other.interface && roles.has('provider') && roles.has('requirer');
}

function wrongRelation({ args: [from = '', to = ''] }: JujuLine): string | undefined {
  const others = endsNamed(to);
  // `APPLICATION` alone is whatever uses the other end.
  const related =
    from === 'APPLICATION'
      ? others.length > 0
      : endsNamed(from).some((one) => others.some((other) => fit(one, other)));
  return related ? undefined : `${from} and ${to} cannot be related`;
}

const unset: readonly string[] = [];

function keysOf({ args, options }: JujuLine, from: number): readonly string[] {
  const reset = options.flatMap(([name, value]) => (name === '--reset' ? value.split(',') : unset));
  return [...args.slice(from).map((word) => word.split('=')[0] ?? ''), ...reset].filter(
    (key) => !isPlaceholder(key),
  );
}

function wrongOption(line: JujuLine): string | undefined {
  const [application = ''] = line.args;
  const keys = keysOf(line, 1);
  const charms = applications[application];
  if (charms === undefined) return keys.length === 0 ? undefined : `nobody knows the charm of ${application}`;
  const found = charms.some(({ options }) => keys.every((key) => Object.hasOwn(options, key)));
  return found ? undefined : `${application} has no options ${keys.join(', ')}`;
}

function wrongAction({ args: [unit = '', action = ''] }: JujuLine): string | undefined {
  const [application = ''] = unit.split('/');
  const found = applications[application]?.some(({ actions }) => actions.includes(action)) ?? false;
  return found || isPlaceholder(action) ? undefined : `${application} has no action ${action}`;
}

function wrongSetting(known: readonly string[]): (line: JujuLine) => string | undefined {
  return (line) => {
    const strange = keysOf(line, 0).filter((key) => !known.includes(key));
    return strange.length === 0 ? undefined : `no setting is called ${strange.join(', ')}`;
  };
}

function wrongOffer({ args: [place = ''] }: JujuLine): string | undefined {
  return endsNamed(place.replace(/^.*\./, '')).length > 0 ? undefined : `${place} cannot be offered`;
}

const mistakes: Readonly<Record<string, (line: JujuLine) => string | undefined>> = {
  integrate: wrongRelation,
  'remove-relation': wrongRelation,
  offer: wrongOffer,
  config: wrongOption,
  run: wrongAction,
  'model-config': wrongSetting(Object.keys({ ...modelDefaults, ...modelDefaults36 })),
  'controller-config': wrongSetting([...Object.keys(controllerDefaults), ...settableControllerKeys]),
};

function mistakeIn(one: Said): string | undefined {
  const line = readJujuLine(one.words);
  return typeof line === 'string' ? line : mistakes[line.command]?.(line);
}

const shown = ({ page, words }: Said, mistake: string): string =>
  `${page}: juju ${words.join(' ')}: ${mistake}`;

describe('the juju commands that a person is told', () => {
  it('are such as the client takes, and name what the charms have', () => {
    const wrong = said.flatMap((one) => {
      const mistake = mistakeIn(one);
      return mistake === undefined ? [] : [shown(one, mistake)];
    });
    expect(wrong).toEqual([]);
  });

  it('are found in the pages of the controls and in those written by hand', () => {
    const own = said.filter(({ page }) => page.startsWith('docs/controls/'));
    expect(own.length).toBeGreaterThan(200);
    expect(said.length - own.length).toBeGreaterThan(80);
    expect(new Set(said.flatMap(read).map(({ command }) => command)).size).toBeGreaterThan(45);
  });

  test.each([
    ['a command that is none', 'relate-all a b', 'there is no juju relate-all'],
    ['an option of another command', 'expose ETCD --dry-run', 'juju expose has no --dry-run'],
    ['a value that is missing', 'refresh ETCD --channel', '--channel wants a value'],
    ['an argument that is missing', 'grant bob', 'wants 2 arguments or more'],
    ['an argument too many', 'trust ETCD KAFKA', 'takes 1 arguments at most'],
    [
      'an endpoint of another track',
      'integrate PROVIDER:certificates ETCD:certificates',
      'cannot be related',
    ],
    ['two ends that do not fit', 'integrate ETCD:etcd-client KAFKA:zookeeper', 'cannot be related'],
    ['an option of another spelling', 'config ZOOKEEPER certificate_include_ip_sans=false', 'has no options'],
    ['an action of another charm', 'run ETCD/leader get-listeners', 'has no action get-listeners'],
    ['a setting that is none', 'model-config ssh-allowed=LIST', 'no setting is called ssh-allowed'],
  ])('would be refused for %s', (_name, command, mistake) => {
    expect(mistakeIn({ page: '', words: command.split(' ') })).toContain(mistake);
  });
});
