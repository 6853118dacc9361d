import type { SimUnit } from '../../world/state.js';
import type { ShellAnswer } from '../behaviour.js';
import { providerOf, type Side } from './tls-state.js';

export const folder = '/var/snap/charmed-etcd/current';
export const configFile = `${folder}/etcd.conf.yml`;
export const dataFolder = '/var/snap/charmed-etcd/common/var/lib/etcd';

/** The commands that evidence is gathered with; anything else is not known here. */
export function etcdShell(unit: SimUnit, command: string): ShellAnswer | undefined {
  if (command === `cat ${configFile}`) return { code: 0, stdout: configText(unit) };
  if (command.startsWith('stat ') && command.includes(configFile))
    return { code: 0, stdout: statText(command) };
  return undefined;
}

function statText(command: string): string {
  const lines = [`644 584788 0 ${configFile}`];
  if (command.includes(dataFolder)) lines.push(`750 584788 0 ${dataFolder}`);
  return `${lines.join('\n')}\n`;
}

/** The file that the charm writes, in its order. */
export function configText(unit: SimUnit): string {
  const client = `${scheme(unit, 'client')}://${unit.address}:2379`;
  const peer = `${scheme(unit, 'peer')}://${unit.address}:2380`;
  const { settings, charm } = unit.application;
  const option = (name: string): string => String(settings.get(name) ?? charm.options[name]?.[1] ?? '');
  const lines = [
    `name: ${memberName(unit)}`,
    `data-dir: ${dataFolder}`,
    `listen-peer-urls: ${peer}`,
    `listen-client-urls: ${client}`,
    `initial-advertise-peer-urls: ${peer}`,
    `advertise-client-urls: ${client}`,
    `listen-metrics-urls: http://${unit.address}:9100`,
    `initial-cluster: ${cluster(unit)}`,
    'initial-cluster-state: existing',
    `heartbeat-interval: ${option('heartbeat-interval')}`,
    `election-timeout: ${option('election-timeout')}`,
    `auto-compaction-mode: ${option('auto-compaction-mode')}`,
    `auto-compaction-retention: '${option('auto-compaction-retention')}'`,
    'strict-reconfig-check: false',
    'enable-pprof: true',
    'logger: zap',
    'log-outputs: [/var/snap/charmed-etcd/common/var/log/etcd/etcd.log]',
    'enable-log-rotation: true',
    'tls-min-version: TLS1.2',
    'cipher-suites: [TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384]',
    ...security(unit, 'client'),
    ...security(unit, 'peer'),
  ];
  return `${lines.join('\n')}\n`;
}

function scheme(unit: SimUnit, side: Side): string {
  return providerOf(unit, side) === undefined ? 'http' : 'https';
}

function memberName(unit: SimUnit): string {
  return unit.name.replace('/', '');
}

function cluster(unit: SimUnit): string {
  const members = unit.application.units.map(
    (each) => `${memberName(each)}=${scheme(each, 'peer')}://${each.address}:2380`,
  );
  return members.join(',');
}

function security(unit: SimUnit, side: Side): readonly string[] {
  if (providerOf(unit, side) === undefined) return [];
  return [
    `${side}-transport-security:`,
    `  cert-file: ${folder}/tls/${side}.pem`,
    `  key-file: ${folder}/tls/${side}.key`,
    '  client-cert-auth: true',
    `  trusted-ca-file: ${folder}/tls/${side}_ca.pem`,
  ];
}
