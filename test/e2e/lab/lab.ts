import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { call, must, type Caller } from './calls.js';
import { authority, signingPair, type Authority, type Leaf } from './pki.js';
import { freePorts, run, type Running } from './process.js';

/** A real etcd and a real kube-apiserver on free ports of this machine, with certificates made for this run alone. */
export class Lab {
  /** Where the API server listens; the same over restarts. */
  readonly port: number;
  readonly #folder: string;
  readonly #etcdPort: number;
  readonly #peerPort: number;
  readonly #etcdCa: Authority;
  readonly #clientCa: Authority;
  #servingCa: Authority;
  #etcd: Running | undefined;
  #api: Running | undefined;
  #admin: Caller | undefined;
  #etcdClient: Caller | undefined;

  private constructor(folder: string, ports: readonly number[], authorities: readonly Authority[]) {
    const [port = 0, etcdPort = 0, peerPort = 0] = ports;
    const [etcdCa, clientCa, servingCa] = authorities;
    if (etcdCa === undefined || clientCa === undefined || servingCa === undefined)
      throw new Error('three CAs');
    this.port = port;
    this.#folder = folder;
    this.#etcdPort = etcdPort;
    this.#peerPort = peerPort;
    this.#etcdCa = etcdCa;
    this.#clientCa = clientCa;
    this.#servingCa = servingCa;
  }

  /** `flags` are for the first start of the API server. */
  static async start(flags: readonly string[] = []): Promise<Lab> {
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-kubelab-'));
    const authorities = await Promise.all(['etcd-ca', 'client-ca', 'serving-ca'].map(authority));
    const lab = new Lab(folder, await freePorts(3), authorities);
    await lab.#writeFiles();
    await lab.#startEtcd();
    await lab.startApi(flags);
    return lab;
  }

  /** The CA that signed what the API server shows, PEM. */
  get servingCa(): string {
    return this.#servingCa.cert;
  }

  get admin(): Caller {
    if (this.#admin === undefined) throw new Error('the lab has not started');
    return { ...this.#admin, ca: this.servingCa };
  }

  /** Resolves once it is ready. */
  async startApi(flags: readonly string[] = []): Promise<void> {
    this.#api = run(kubelab(), [...this.#apiFlags(), ...flags], log('kube-apiserver'));
    await this.#until('kube-apiserver', this.#api, () => call(this.admin, 'GET', '/readyz'));
  }

  async endApi(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    await this.#api?.end(signal);
  }

  /** From its next start on the API server shows a certificate of a new CA. */
  async renewServing(): Promise<void> {
    this.#servingCa = await authority('serving-ca-2');
    await this.#writeServing();
  }

  /** A certificate with which the user `observer` logs in, for some seconds. */
  observersCertificate(seconds: number): Promise<Leaf> {
    return this.#clientCa.issue('CN=observer', { seconds });
  }

  /** Makes etcd forget all history. */
  async compact(): Promise<void> {
    const etcd = this.#etcdClient;
    if (etcd === undefined) throw new Error('etcd has not started');
    const { header } = (await must(etcd, 'POST', '/v3/kv/range', { key: 'AA==' })) as {
      readonly header: { readonly revision: string };
    };
    await must(etcd, 'POST', '/v3/kv/compaction', { revision: header.revision, physical: true });
  }

  /** Bytes of the values that etcd keeps under a prefix, as in `/registry/openreports.io/`. */
  async stored(prefix: string): Promise<readonly number[]> {
    const etcd = this.#etcdClient;
    if (etcd === undefined) throw new Error('etcd has not started');
    const last = prefix.slice(0, -1) + String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1);
    const range = { key: base64(prefix), range_end: base64(last) };
    const { kvs = [] } = (await must(etcd, 'POST', '/v3/kv/range', range)) as {
      readonly kvs?: readonly { readonly value: string }[];
    };
    return kvs.map(({ value }) => Buffer.byteLength(value, 'base64'));
  }

  async close(): Promise<void> {
    await this.#api?.end('SIGKILL');
    await this.#etcd?.end('SIGKILL');
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #writeFiles(): Promise<void> {
    const [admin, etcd, toEtcd] = await Promise.all([
      this.#clientCa.issue('CN=lab-admin, O=system:masters'),
      this.#etcdCa.issue('CN=etcd', { ips: ['127.0.0.1'] }),
      this.#etcdCa.issue('CN=kube-apiserver'),
    ]);
    const signing = signingPair();
    await Promise.all([
      this.#write('etcd-ca.crt', this.#etcdCa.cert),
      this.#write('client-ca.crt', this.#clientCa.cert),
      this.#write('etcd.crt', etcd.cert),
      this.#write('etcd.key', etcd.key),
      this.#write('to-etcd.crt', toEtcd.cert),
      this.#write('to-etcd.key', toEtcd.key),
      this.#write('sa.key', signing.privateKey),
      this.#write('sa.pub', signing.publicKey),
      this.#writeServing(),
    ]);
    this.#admin = { url: `https://127.0.0.1:${this.port}`, ca: '', ...admin };
    this.#etcdClient = { url: `https://127.0.0.1:${this.#etcdPort}`, ca: this.#etcdCa.cert, ...toEtcd };
  }

  async #writeServing(): Promise<void> {
    const serving = await this.#servingCa.issue('CN=kube-apiserver', { ips: ['127.0.0.1'] });
    await this.#write('serving.crt', serving.cert);
    await this.#write('serving.key', serving.key);
  }

  #write(name: string, content: string): Promise<void> {
    return writeFile(this.#file(name), content, { mode: 0o600 });
  }

  #file(name: string): string {
    return join(this.#folder, name);
  }

  async #startEtcd(): Promise<void> {
    const client = `https://127.0.0.1:${this.#etcdPort}`;
    const peer = `http://127.0.0.1:${this.#peerPort}`;
    const flags = [
      ...['--name=lab', `--data-dir=${this.#file('etcd')}`, '--unsafe-no-fsync', '--log-level=warn'],
      ...[`--listen-client-urls=${client}`, `--advertise-client-urls=${client}`],
      ...[
        `--listen-peer-urls=${peer}`,
        `--initial-advertise-peer-urls=${peer}`,
        `--initial-cluster=lab=${peer}`,
      ],
      ...['--client-cert-auth', `--trusted-ca-file=${this.#file('etcd-ca.crt')}`],
      ...[`--cert-file=${this.#file('etcd.crt')}`, `--key-file=${this.#file('etcd.key')}`],
    ];
    this.#etcd = run(kubelab(), ['etcd', ...flags], log('etcd'));
    const etcd = this.#etcdClient;
    if (etcd !== undefined) await this.#until('etcd', this.#etcd, () => call(etcd, 'GET', '/health'));
  }

  #apiFlags(): readonly string[] {
    const file = (name: string): string => this.#file(name);
    return [
      'kube-apiserver',
      ...['--bind-address=127.0.0.1', `--secure-port=${this.port}`, '--advertise-address=127.0.0.1'],
      ...['--endpoint-reconciler-type=none', '--service-cluster-ip-range=10.96.0.0/16', '--profiling=false'],
      // An orderly end would wait a minute for open watches.
      '--shutdown-watch-termination-grace-period=1s',
      ...[`--etcd-servers=https://127.0.0.1:${this.#etcdPort}`, `--etcd-cafile=${file('etcd-ca.crt')}`],
      ...[`--etcd-certfile=${file('to-etcd.crt')}`, `--etcd-keyfile=${file('to-etcd.key')}`],
      ...[`--tls-cert-file=${file('serving.crt')}`, `--tls-private-key-file=${file('serving.key')}`],
      ...[`--client-ca-file=${file('client-ca.crt')}`, '--authorization-mode=RBAC'],
      '--service-account-issuer=https://kubernetes.default.svc',
      ...[
        `--service-account-signing-key-file=${file('sa.key')}`,
        `--service-account-key-file=${file('sa.pub')}`,
      ],
      // No controller makes the default service accounts here, without which it would admit no pod.
      '--disable-admission-plugins=ServiceAccount',
    ];
  }

  async #until(
    what: string,
    server: Running,
    ask: () => Promise<{ readonly status: number }>,
  ): Promise<void> {
    const ended = server.ended.then(() => 'ended' as const);
    const deadline = Date.now() + 120_000;
    while (Date.now() < deadline) {
      const { status } = await ask().catch(() => ({ status: 0 }));
      if (status === 200) return;
      if ((await Promise.race([ended, sleep(100)])) === 'ended') break;
    }
    throw new Error(`${what} did not get ready: see ${log(what)}`);
  }
}

function log(name: string): string {
  return join(import.meta.dirname, `../../../build/e2e/${name}.log`);
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

function kubelab(): string {
  const binary = process.env['HOLDFAST_KUBELAB'];
  if (binary === undefined) throw new Error('make e2e builds the servers and names them in HOLDFAST_KUBELAB');
  return binary;
}
