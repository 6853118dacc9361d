/** Looks that go beyond one file of the unit, run by a real shell: through Pebble, at many files, at the packet filter. */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { describe, expect, it, test } from '@jest/globals';
import type { Look, LookAnswer } from '../../src/core/ports/workload-reader.js';
import { canary } from '../../src/simulator/charms/disk.js';
import { answersIn } from '../../src/workload/collect/answers.js';
import { scriptOf } from '../../src/workload/collect/script.js';
import { run, unitRoot } from '../support/unit-shell.js';

const file = '/etc/kafka/x';

describe('beside a workload in a container of its own', () => {
  /** As Pebble runs a program where the workload is: there the same paths are other files. */
  const pebble = (root: string): string => `#!/bin/bash
echo "$PEBBLE_SOCKET" >>${root}/sockets
[ "$1 $2" = 'exec --' ] || exit 2
shift 2
for word; do case $word in ${root}/*) set -- "$@" "${root}/workload\${word#${root}}";; *) set -- "$@" "$word";; esac; shift; done
exec "$@"
`;
  const look: Look = {
    ...{ kind: 'keys', paths: [file], format: 'properties', keys: ['listeners'] },
    container: 'kafka',
  };

  async function beside(
    inWorkload: string | undefined,
  ): Promise<{ answer: LookAnswer | undefined; sockets: string }> {
    const root = unitRoot();
    const put = (path: string, text: string, mode = 0o644): void => {
      mkdirSync(dirname(root + path), { recursive: true });
      writeFileSync(root + path, text, { mode });
    };
    put(file, `listeners=${canary}\n`);
    if (inWorkload !== undefined) put(`/workload${file}`, inWorkload);
    put('/charm/bin/pebble', pebble(root), 0o755);
    const socket = `${root}/charm/containers/kafka/pebble.socket`;
    mkdirSync(dirname(socket), { recursive: true });
    const server = createServer().listen(socket);
    await once(server, 'listening');
    try {
      const script = scriptOf([look])
        .replaceAll("'/etc/", `'${root}/etc/`)
        .replaceAll('/charm/', `${root}/charm/`);
      const { stdout } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
      return {
        answer: answersIn(stdout.replaceAll(root, ''), [look])[0],
        sockets: readFileSync(`${root}/sockets`, 'utf8').replaceAll(root, ''),
      };
    } finally {
      server.close();
    }
  }

  it('files are read through Pebble, and not those of the charm', async () => {
    const { answer, sockets } = await beside('listeners=SSL://:9093\n');
    expect(answer).toEqual({ text: 'listeners=SSL://:9093\n' });
    expect(new Set(sockets.trim().split('\n'))).toEqual(new Set(['/charm/containers/kafka/pebble.socket']));
  });

  it('a file that is not there is absent, whatever the charm has', async () => {
    expect((await beside(undefined)).answer).toEqual({ missing: 'there is no /etc/kafka/x on the unit' });
  });
});

describe('every process of PgBouncer', () => {
  const ini = (auth: string): string => `[pgbouncer]\nauth_type = ${auth}\nauth_query = ${canary}\n`;
  const path = (n: number): string => `/var/lib/pgbouncer/instance_${n}/pgbouncer.ini`;
  const look: Look = {
    kind: 'keys',
    paths: [0, 1, 2].map(path),
    each: true,
    format: 'ini',
    keys: ['pgbouncer/auth_type'],
  };

  it('is read', () => {
    const files = [0, 2].map((n) => ({ path: path(n), text: ini(n === 0 ? 'scram-sha-256' : 'md5') }));
    const { stdout } = run([look], files);
    expect(answersIn(stdout, [look])).toEqual([
      { text: `#${path(0)}\npgbouncer/auth_type\tscram-sha-256\n#${path(2)}\npgbouncer/auth_type\tmd5\n` },
    ]);
  });

  it('is missed where there is none', () => {
    expect(answersIn(run([look], []).stdout, [look])).toEqual([
      { missing: `there is no ${path(0)} on the unit` },
    ]);
  });
});

describe('the packet filter of a machine', () => {
  const look: Look = { kind: 'program', program: 'packet-filter' };
  const none = '#!/bin/sh\nexit 1\n';
  const printing = (text: string): string => `#!/bin/sh\ncat <<'END'\n${text}\nEND\n`;
  const ufw = printing(
    [
      ...[
        'Status: active',
        'Logging: on (low)',
        'Default: deny (incoming), allow (outgoing), disabled (routed)',
        '',
      ],
      ...['To                         Action      From', '--                         ------      ----'],
      ...[
        'OpenSSH                    ALLOW IN    Anywhere',
        `2379,2380/tcp              ALLOW IN    10.0.0.0/8                 # ${canary}`,
      ],
      ...[
        'Anywhere on eth1           ALLOW IN    Anywhere',
        '22 (v6)                    LIMIT IN    Anywhere (v6)',
      ],
    ].join('\n'),
  );
  const iptables = printing(
    [
      ...[
        '-P INPUT DROP',
        '-A INPUT -i lo -j ACCEPT',
        '-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
      ],
      `-A INPUT -s 10.0.0.0/8 -p tcp -m tcp --dport 2379 -m comment --comment "${canary} x" -j ACCEPT`,
      ...[
        '-A INPUT -p tcp -m multiport --dports 22,80 -j ACCEPT',
        '-A INPUT -j REJECT --reject-with icmp-port-unreachable',
        `-A INPUT -j ${canary}`,
      ],
    ].join('\n'),
  );

  test.each<[string, Readonly<Record<string, string>>, string]>([
    [
      'ufw',
      { ufw, iptables },
      'ufw\nDefault: deny (incoming),\n22                    ALLOW IN    Anywhere\n2379,2380/tcp              ALLOW IN    10.0.0.0/8\nother\n22 (v6)                    LIMIT IN    Anywhere (v6)\n\n',
    ],
    [
      'iptables',
      { ufw: none, iptables },
      'iptables\n-P INPUT DROP\nloopback\nestablished\n-A INPUT -s 10.0.0.0/8 -p tcp --dport 2379 -j ACCEPT\n-A INPUT -p tcp --dports 22,80 -j ACCEPT\n-A INPUT -j REJECT\nother\n\n',
    ],
    [
      'nft alone',
      {
        ufw: none,
        iptables: none,
        nft: printing('table inet x { chain y { type filter hook input priority 0; policy drop; } }'),
      },
      'nft\n\n',
    ],
    ['none', { ufw: none, iptables: printing('-P INPUT ACCEPT'), nft: none }, 'none\n\n'],
  ])('%s', (_name, programs, expected) => {
    const { stdout } = run([look], [], { programs });
    expect(stdout).not.toContain(canary);
    expect(answersIn(stdout, [look])).toEqual([{ text: expected }]);
  });

  it('is unknown where nothing can tell it', () => {
    const { stdout } = run([look], [], { programs: { ufw: none, iptables: none, nft: none } });
    expect(answersIn(stdout, [look])).toEqual([{ missing: 'packet-filter failed on the unit' }]);
  });
});
