/** `holdfast demo`: the built program as a process, without a terminal, on an estate that lives ten times as fast. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it, test } from '@jest/globals';

const launcher = fileURLToPath(new URL('../../bin/holdfast', import.meta.url));

describe('the demonstration', () => {
  let out = '';
  let code: unknown;

  beforeAll(async () => {
    const child = spawn(launcher, ['demo', '--port', '0', '--speed', '10', '--seed', '7'], {
      env: { PATH: process.env['PATH'], TMPDIR: process.env['TMPDIR'] },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child.stdout.on('data', (chunk) => (out += String(chunk)));
    [code] = (await once(child, 'close')) as unknown[];
  });

  /** The commands and what was verified, in order; each on one line. */
  function steps(): readonly string[] {
    return out
      .replace(/\n {10,}/g, ' ')
      .split('\n')
      .map((line) => line.replace(/^[\d:]+ {2}/, ''))
      .filter((line) => /^(run|verified) /.test(line));
  }

  it('ends by itself, with everything put right', () => {
    expect(code).toBe(0);
    expect(out).toMatch(/^left {7}0 critical, /m);
  });

  it('tells what looks into the units show that nothing else does', () => {
    expect(out.replace(/\n {10,}/g, ' ')).toMatch(
      /inside .*findings come from a look .*ETCD-FILE-01.*KAFKA-FILE-01/,
    );
  });

  it('judges Holdfast itself, which is part of the estate', () => {
    const told = out.replace(/\n {10,}/g, ' ');
    expect(told).toMatch(/^ourselves {2}.*our charm postgres\/holdfast comes from latest\/edge.*is trusted/m);
  });

  it('fits 80 columns', () => {
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it('secures ZooKeeper before Kafka 3, with nothing between them in their model', () => {
    const inModel = steps().filter((line) => line.includes('edge:admin/streams'));
    expect(inModel.slice(0, 2).map((line) => line.split(' ').at(-1))).toEqual([
      'zookeeper:certificates',
      'kafka3:certificates',
    ]);
  });

  it('secures the members of PostgreSQL 16 before its clients', () => {
    const sides = steps().flatMap((line) => /pg16:\S+/.exec(line) ?? []);
    expect(sides).toEqual([
      'pg16:peer-certificates',
      'pg16:client-certificates',
      // Once more after somebody removed it.
      'pg16:client-certificates',
    ]);
  });

  test.each([
    ['etcd', /seen at the ports: etcd .*ETCD-ENC-03/],
    ['postgresql', /seen at the ports: pg14 PG-ENC-03, PG-ENC-06; pg16 PG-ENC-03/],
    ['pgbouncer', /offers TLS to its clients/],
    ['zookeeper', /speaks TLS with Kafka/],
    ['kafka', /seen at the ports: kafka3 KAFKA-ENC-02; kafka4 KAFKA-ENC-02/],
  ])('tells in the end what it did on %s', (product, said) => {
    const short = out.slice(out.indexOf('In short')).replace(/\n {10,}/g, ' ');
    expect(short.split('\n').find((line) => line.startsWith(`${product} `))).toMatch(said);
  });
});
