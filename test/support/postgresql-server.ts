/** A PostgreSQL server of our own: real, alone, and quick to forget what it was told (no fsync). */
import { spawn, spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { DatabaseAccess } from '../../src/core/ports/index.js';
import { controllerCertificate } from './certificate.js';

/** Holds characters that a URL, a shell and a file of settings each would take for something else. */
export const password = 's3cr:t/@ %\'\\"#pw';
const [user, superuser] = ['holdfast', 'admin'];
/** What must not be on this machine's disk for a test that a server keeps up with several writers. */
const settings = `
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
fsync = off
full_page_writes = off
max_connections = 60
log_min_messages = warning
log_statement = none
deadlock_timeout = 200ms
`;

export class PostgresServer {
  readonly port: number;
  /** PEM of the authority that its certificate is from. */
  readonly ca: string;
  private readonly folder: string;
  private readonly owner: Owner;
  private version = 0;
  private databases = 0;

  private constructor(folder: string, port: number, ca: string) {
    this.folder = folder;
    this.port = port;
    this.ca = ca;
    this.owner = ownerOfServers();
  }

  /** With a certificate for `localhost` only: over 127.0.0.1 its name does not fit. */
  static async start(): Promise<PostgresServer> {
    programs();
    const folder = mkdtempSync(join(tmpdir(), 'holdfast-pg-'));
    const { caCert, cert, key } = await controllerCertificate(['localhost']);
    const server = new PostgresServer(folder, await freePort(), caCert);
    await server.initialise(cert, key);
    await server.up();
    const [shown] = await server.admin('show server_version_num');
    server.version = Math.floor(Number(shown?.['server_version_num']) / 10_000);
    await server.admin(`create role ${user} login password '${password.replaceAll("'", "''")}'`);
    return server;
  }

  /** A new empty database, sorted as in English where the server can do that by itself; without TLS unless told. */
  async database(
    more: Partial<DatabaseAccess> & { readonly template?: string } = {},
  ): Promise<DatabaseAccess> {
    const { template = this.english, ...access } = more;
    this.databases += 1;
    const database = `journal_${this.databases}`;
    await this.admin(`create database ${database} owner ${user} template ${template}`);
    return { host: '127.0.0.1', port: this.port, database, user, password, ...access };
  }

  /** As users write it into a file. */
  url({ host, port, database, user: name, password: secret = '' }: DatabaseAccess): string {
    return `postgresql://${name}:${encodeURIComponent(secret)}@${host}:${port}/${database}?sslmode=disable\n`;
  }

  /** Runs SQL as superuser, past whatever the journal's owner may do. */
  async admin(text: string, database = 'postgres'): Promise<readonly Record<string, unknown>[]> {
    const about = { host: '127.0.0.1', port: this.port, user: superuser, password, database };
    const client = new pg.Client(about);
    client.on('error', () => undefined);
    await client.connect();
    try {
      const { rows } = await client.query<Record<string, unknown>>(text);
      return rows;
    } finally {
      await client.end();
    }
  }

  /** Names are then sorted otherwise than by their bytes. */
  private get english(): string {
    const locale = this.version < 15 ? '' : "locale_provider icu icu_locale 'en-US'";
    return `template0 encoding 'UTF8' lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8' ${locale}`;
  }

  /** Starts anew with `ssl` on or off, and these lines of pg_hba.conf and no others. */
  async settle(ssl: string, rules: string): Promise<void> {
    await this.admin(`alter system set ssl = ${ssl}`);
    this.write(join(this.data, 'pg_hba.conf'), `${rules}\n`);
    await this.down('fast');
    await this.up();
  }

  async up(): Promise<void> {
    await this.control('start', '-l', join(this.folder, 'log'), '-t', '30');
  }

  /** `immediate` is as good as a power cut to its clients. */
  async down(how: 'fast' | 'immediate'): Promise<void> {
    await this.control('stop', '-m', how, '-t', '30');
  }

  /** What the server has logged. */
  log(): string {
    return spawnSync('cat', [join(this.folder, 'log')], { encoding: 'utf8' }).stdout;
  }

  async remove(): Promise<void> {
    await this.down('immediate').catch(() => undefined);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async initialise(cert: string, key: string): Promise<void> {
    const { folder, owner } = this;
    chownSync(folder, owner.uid, owner.gid);
    const secret = join(folder, 'password');
    this.write(secret, `${password}\n`);
    const data = ['-D', this.data, '-U', superuser, '--pwfile', secret];
    await this.program('initdb', ...data, '-A', 'scram-sha-256', '-E', 'UTF8', '--locale', 'C', '-N');
    const [certFile, keyFile] = [join(folder, 'server.crt'), join(folder, 'server.key')];
    this.write(certFile, cert);
    this.write(keyFile, key);
    this.write(
      join(this.data, 'postgresql.auto.conf'),
      `${settings}port = ${this.port}\nssl = on\nssl_cert_file = '${certFile}'\nssl_key_file = '${keyFile}'\n`,
    );
  }

  private get data(): string {
    return join(this.folder, 'data');
  }

  private write(file: string, text: string): void {
    writeFileSync(file, text, { mode: 0o600 });
    chownSync(file, this.owner.uid, this.owner.gid);
  }

  private control(...args: readonly string[]): Promise<unknown> {
    return this.program('pg_ctl', '-D', this.data, '-w', ...args);
  }

  /** The server keeps the outputs that it was started with: nobody must wait for their end. */
  private async program(name: string, ...args: readonly string[]): Promise<void> {
    const { uid, gid } = this.owner;
    const options = { uid, gid, cwd: this.folder, env: { LC_ALL: 'C' }, stdio: 'ignore' } as const;
    const child = spawn(join(programs(), name), args, options);
    const [code] = (await once(child, 'exit')) as [number | null];
    if (code !== 0) throw new Error(`${name} ${args.join(' ')} ended with ${code}: ${this.log()}`);
  }
}

interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root: then as `nobody`. */
function ownerOfServers(): Owner {
  const [uid = 0, gid = 0] = [process.getuid?.(), process.getgid?.()];
  return uid === 0 ? { uid: 65_534, gid: 65_534 } : { uid, gid };
}

function programs(): string {
  const folder = process.env['HOLDFAST_PG_BIN'];
  if (folder === undefined)
    throw new Error('HOLDFAST_PG_BIN does not name the folder of PostgreSQL: make e2e does');
  return folder;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
