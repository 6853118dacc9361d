import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { columns } from '../support/columns.js';
import { auditEtcd, checks, notPassing, shortly } from '../support/etcd-audit.js';
import { writePki, type PkiFiles } from '../support/etcd-pki.js';
import { etcdPrograms, freePorts } from './etcd/etcd-process.js';
import { setUp, type Setup } from './etcd/setups.js';

let folder: string;
let pki: PkiFiles;
const table: (readonly string[])[] = [];
/** What is told of processes that are no etcd. */
const said: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-etcd-pki-'));
  pki = await writePki(folder);
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  mkdirSync('build/e2e', { recursive: true });
  const head = ['etcd', ...checks, 'what does not pass'];
  writeFileSync(
    'build/e2e/etcd.txt',
    `cis-etcd on real etcd\n${columns([head, ...table])}${said.join('\n')}\n`,
  );
});

const ids = ['2.1', '2.2', '2.3', '2.4', '2.5', '2.6', '2.7'];

const plain = 'PlainTextServed';
const allRight = { 2.1: 'pass', 2.2: 'pass', 2.3: 'pass', 2.4: 'pass', 2.5: 'pass', 2.6: 'pass' };

interface Expected {
  /** From outside, by endpoint alone. */
  readonly live: Readonly<Record<string, string>>;
  /** By the arguments of the process, whose ports are asked. */
  readonly host: Readonly<Record<string, string>>;
  readonly users: 'on' | 'off';
}

const expected: Readonly<Record<Setup, Expected>> = {
  plain: {
    live: {
      2.1: `fail ${plain}`,
      2.2: `fail ${plain}`,
      2.3: 'unknown EffectNotShown',
      2.4: `fail ${plain}`,
      2.5: `fail ${plain}`,
      2.6: 'unknown EffectNotShown',
      2.7: 'unknown ConfigurationNotSeen',
    },
    host: {
      2.1: 'fail CertificateNotSet',
      2.2: 'fail ClientCertAuthNotSet',
      2.3: 'pass',
      2.4: 'fail CertificateNotSet',
      2.5: 'fail ClientCertAuthNotSet',
      2.6: 'pass',
      2.7: 'fail TrustedCaNotSet',
    },
    users: 'off',
  },
  'TLS without client authentication': {
    live: {
      ...allRight,
      2.2: 'fail ClientCertificateNotDemanded',
      2.5: 'fail ClientCertificateNotDemanded',
      2.7: 'manual CaNotSeen',
    },
    host: {
      ...allRight,
      2.2: 'fail ClientCertAuthNotSet',
      2.5: 'fail ClientCertAuthNotSet',
      2.7: 'fail TrustedCaNotSet',
    },
    users: 'off',
  },
  'TLS with a trusted CA only': {
    live: { ...allRight, 2.7: 'manual CaNotSeen' },
    host: { ...allRight, 2.2: 'fail ClientCertAuthNotSet', 2.7: 'pass' },
    users: 'off',
  },
  'TLS with client authentication': {
    live: { ...allRight, 2.7: 'manual CaNotSeen' },
    host: { ...allRight, 2.7: 'pass' },
    users: 'off',
  },
  'RBAC on': {
    live: { ...allRight, 2.7: 'manual CaNotSeen' },
    host: { ...allRight, 2.7: 'pass' },
    users: 'on',
  },
  'RBAC on with a trusted CA only': {
    live: { ...allRight, 2.2: 'fail NameNotTaken', 2.7: 'manual CaNotSeen' },
    host: { ...allRight, 2.2: 'fail ClientCertAuthNotSet', 2.7: 'pass' },
    users: 'on',
  },
  'made-up certificates': {
    live: {
      2.1: 'fail CertificateMadeUp',
      2.2: 'fail ClientCertificateNotDemanded',
      2.3: 'fail CertificateMadeUp',
      2.4: 'fail CertificateMadeUp',
      2.5: 'fail ClientCertificateNotDemanded',
      2.6: 'fail CertificateMadeUp',
      2.7: 'unknown ConfigurationNotSeen',
    },
    host: {
      2.1: 'fail CertificateNotSet',
      2.2: 'fail AutoTlsDropsDemand',
      2.3: 'fail AutoTlsOn',
      2.4: 'fail CertificateNotSet',
      2.5: 'fail ClientCertAuthNotSet',
      2.6: 'fail AutoTlsOn',
      2.7: 'fail AutoTlsDropsDemand',
    },
    users: 'off',
  },
};

function ofService(says: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(ids.map((id) => [id, (says[id] ?? '').replace(/^pass AsRequired$/, 'pass')]));
}

/** From 3.7 on etcd tells nobody without a name where its members listen. */
function lately(version: string, setup: Setup): Readonly<Record<string, string>> {
  const isSince = Number(version.split('.')[1]) >= 7;
  if (!isSince || setup !== 'RBAC on with a trusted CA only') return {};
  const unseen = 'unknown NotReachedFromHere';
  return { 2.4: unseen, 2.5: unseen, 2.6: unseen };
}

const rows = etcdPrograms().flatMap((program) =>
  (Object.keys(expected) as Setup[]).map((setup) => [program.version, setup, program] as const),
);

describe('a real etcd', () => {
  test.each(rows)(
    '%s, %s: from outside, and by its arguments',
    async (version, setup, program) => {
      const etcd = await setUp(program, setup, pki);
      try {
        expect(etcd.state).toBe('serving');
        const access = ['--cacert', pki.ca, '--cert', pki.cert('nobody'), '--key', pki.key('nobody')];
        const live = await auditEtcd('--etcd-endpoint', etcd.url, ...access);
        const host = await auditEtcd('--etcd-args', `etcd ${etcd.args.join(' ')}`, '--other-ca', pki.otherCa);
        table.push([`${version} ${setup}, from outside`, ...shortly(live.says), notPassing(live.says)]);
        table.push([`${version} ${setup}, by its arguments`, ...shortly(host.says), notPassing(host.says)]);
        const { live: wanted, host: byArguments, users } = expected[setup];
        expect(ofService(live.says)).toEqual({ ...wanted, ...lately(version, setup) });
        expect(ofService(host.says)).toEqual(byArguments);
        const seen = live.findings.flatMap(({ evidence = [] }) => evidence.map((one) => one.seen)).join('\n');
        expect(seen).toContain(`authentication of users is ${users}`);
        expect(host.says).toMatchObject({
          '1.1.7': 'not-applicable NoConfigurationFile',
          '1.1.11': 'pass AsRequired',
        });
      } finally {
        await etcd.end();
      }
    },
    60_000,
  );
});

describe('from outside without a certificate of ours', () => {
  it('a hardened member is seen to turn us away, and what it then does not tell stays unknown', async () => {
    const [program] = etcdPrograms();
    if (program === undefined) throw new Error('no etcd');
    const etcd = await setUp(program, 'RBAC on', pki);
    try {
      const { says } = await auditEtcd('--etcd-endpoint', etcd.url, '--cacert', pki.ca);
      table.push([
        `${program.version} RBAC on, from outside without certificate`,
        ...shortly(says),
        notPassing(says),
      ]);
      expect(ofService(says)).toMatchObject({ 2.1: 'pass', 2.2: 'pass', 2.3: 'pass' });
      for (const id of ['2.4', '2.5', '2.6']) expect(says[id]).toMatch(/^unknown /);
    } finally {
      await etcd.end();
    }
  }, 60_000);
});

describe('what is no etcd', () => {
  const flags = (client: number, peer: number): readonly string[] => [
    `--listen-client-urls=https://127.0.0.1:${client}`,
    `--advertise-client-urls=https://127.0.0.1:${client}`,
    `--listen-peer-urls=https://127.0.0.1:${peer}`,
    '--client-cert-auth',
    `--trusted-ca-file=${pki.ca}`,
    `--cert-file=${pki.cert('server')}`,
    `--key-file=${pki.key('server')}`,
    '--peer-client-cert-auth',
    `--peer-trusted-ca-file=${pki.ca}`,
    `--peer-cert-file=${pki.cert('peer')}`,
    `--peer-key-file=${pki.key('peer')}`,
  ];

  async function argumentsOf(pid: number): Promise<string> {
    const ps = spawn('ps', ['-o', 'args=', '-p', String(pid)]);
    let said = '';
    ps.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    await once(ps, 'close');
    return said.trim();
  }

  test.each<[string, (line: string) => string, RegExp, string]>([
    [
      'a sleep whose name holds the arguments: etcd would not start with what is left of its own',
      (line) => `etcd ${line}`,
      /^fail ConfigurationRefused$/,
      '"300" is not a valid flag',
    ],
    [
      'a sleep whose own argument is hidden behind a flag: it does not serve',
      (line) => `etcd ${line} --name`,
      /^unknown NotServing$/,
      'is closed',
    ],
  ])('%s', async (name, argv0, wanted, sentence) => {
    const line = flags(...(await freePorts())).join(' ');
    const sleep = spawn('/bin/sleep', ['300'], { argv0: argv0(line), stdio: 'ignore' });
    try {
      await once(sleep, 'spawn');
      const args = await argumentsOf(sleep.pid ?? 0);
      expect(args).toMatch(/^etcd --listen.* 300$/);
      const { says, findings } = await auditEtcd('--etcd-args', args, '--other-ca', pki.otherCa);
      table.push([name.split(':', 1).join(''), ...shortly(says), notPassing(says)]);
      for (const id of ids) expect(says[id]).toMatch(wanted);
      const message = findings.find(({ control }) => control === 'CIS-2.1')?.message;
      said.push(`${name.split(':', 1).join('')}: ${message ?? ''}`);
      expect(message).toContain(sentence);
    } finally {
      sleep.kill('SIGKILL');
      await once(sleep, 'exit');
    }
  });
});
