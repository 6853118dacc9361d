/** The ways in which the etcds of these tests are set up. */
import { request as secureRequest } from 'node:https';
import { readFileSync } from 'node:fs';
import type { PkiFiles } from '../../support/etcd-pki.js';
import { freePorts, startEtcd, type EtcdProgram, type RunningEtcd } from './etcd-process.js';

export const setups = [
  'plain',
  'TLS without client authentication',
  'TLS with a trusted CA only',
  'TLS with client authentication',
  'RBAC on',
  'RBAC on with a trusted CA only',
  'made-up certificates',
] as const;
export type Setup = (typeof setups)[number];

export interface SetUp extends RunningEtcd {
  readonly url: string;
  readonly args: readonly string[];
}

function tlsFlags(setup: Setup, pki: PkiFiles): readonly string[] {
  if (setup === 'plain') return [];
  if (setup === 'made-up certificates')
    return ['--auto-tls', '--client-cert-auth', `--trusted-ca-file=${pki.ca}`, '--peer-auto-tls'];
  const own = [
    `--cert-file=${pki.cert('server')}`,
    `--key-file=${pki.key('server')}`,
    `--peer-cert-file=${pki.cert('peer')}`,
    `--peer-key-file=${pki.key('peer')}`,
  ];
  if (setup === 'TLS without client authentication') return own;
  const trusted = [`--trusted-ca-file=${pki.ca}`, `--peer-trusted-ca-file=${pki.ca}`];
  const demand = setup.includes('trusted CA only') ? [] : ['--client-cert-auth'];
  return [...own, ...trusted, ...demand, '--peer-client-cert-auth'];
}

export async function setUp(program: EtcdProgram, setup: Setup, pki: PkiFiles): Promise<SetUp> {
  const [client, peer] = await freePorts();
  const scheme = setup === 'plain' ? 'http' : 'https';
  const [url, peerUrl] = [`${scheme}://127.0.0.1:${client}`, `${scheme}://127.0.0.1:${peer}`];
  let args: readonly string[] = [];
  const running = await startEtcd(program, {
    args: (dataDir) => {
      args = [
        `--name=default`,
        `--data-dir=${dataDir}`,
        `--listen-client-urls=${url}`,
        `--advertise-client-urls=${url}`,
        `--listen-peer-urls=${peerUrl}`,
        `--initial-advertise-peer-urls=${peerUrl}`,
        `--initial-cluster=default=${peerUrl}`,
        ...tlsFlags(setup, pki),
      ];
      return args;
    },
  });
  const one = { ...running, url, args };
  if (running.state === 'serving' && setup.startsWith('RBAC')) await turnOnUsers(one, pki);
  return one;
}

/** One call of the gateway, as nobody: it is answered while users are not asked for. */
export function ask({ url }: SetUp, pki: PkiFiles, path: string, body: object): Promise<void> {
  return post(`${url}/v3/auth/${path}`, body, pki);
}

/** By the gateway, which takes it as long as users are not asked for. */
export async function turnOnUsers(etcd: SetUp, pki: PkiFiles, hasRole = false): Promise<void> {
  await ask(etcd, pki, 'user/add', { name: 'root', password: 'only-for-this-test' });
  if (!hasRole) await ask(etcd, pki, 'role/add', { name: 'root' });
  await ask(etcd, pki, 'user/grant', { user: 'root', role: 'root' });
  await ask(etcd, pki, 'enable', {});
}

function post(url: string, body: object, pki: PkiFiles): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = secureRequest(url, {
      method: 'POST',
      ca: readFileSync(pki.ca),
      cert: readFileSync(pki.cert('root')),
      key: readFileSync(pki.key('root')),
      agent: false,
    });
    request.on('error', reject);
    request.on('response', (response) => {
      response.resume();
      response.on('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`${url} answers ${response.statusCode}`));
      });
    });
    request.end(JSON.stringify(body));
  });
}
