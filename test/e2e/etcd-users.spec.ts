/**
 * Users and roles of a real etcd with authentication on, read as the identity that the policy gives, and what is concluded
 * from them. Left as a table in build/e2e/etcd-users.txt.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EtcdIdentity, EtcdUsers } from '../../src/core/evidence/etcd-users.js';
import { isKnown, type Fact } from '../../src/core/fact.js';
import { charmedEtcd } from '../../src/guides/charmed-etcd/index.js';
import { systemClock } from '../../src/main/system.js';
import { readEtcdUsers } from '../../src/workload/collect/etcd-users.js';
import { columns } from '../support/columns.js';
import { etcdWorld, findingOn } from '../support/etcd.js';
import { writePki, type PkiFiles } from '../support/etcd-pki.js';
import { application, controller, estate, model, unit } from '../support/world.js';
import { etcdPrograms } from './etcd/etcd-process.js';
import { ask, setUp, turnOnUsers, type SetUp } from './etcd/setups.js';

let folder: string;
let pki: PkiFiles;
let pem: Readonly<Record<'ca' | 'otherCa' | 'root' | 'rootKey' | 'nobody' | 'nobodyKey', string>>;
const table: (readonly string[])[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-etcd-users-'));
  pki = await writePki(folder);
  const read = (file: string): Promise<string> => readFile(file, 'utf8');
  pem = {
    ...{ ca: await read(pki.ca), otherCa: await read(pki.otherCa) },
    ...{ root: await read(pki.cert('root')), rootKey: await read(pki.key('root')) },
    ...{ nobody: await read(pki.cert('nobody')), nobodyKey: await read(pki.key('nobody')) },
  };
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  mkdirSync('build/e2e', { recursive: true });
  const head = ['etcd', 'users', 'asked as', 'ETCD-AUTHZ-01', 'seen, or why not'];
  writeFileSync('build/e2e/etcd-users.txt', `users and roles of a real etcd\n${columns([head, ...table])}`);
});

const password = 'only-for-this-test';
const all = { perm: { permType: 'READWRITE', key: 'AA==', range_end: 'AA==' } };

/** Adds users with roles before authentication is turned on. */
type Setup = readonly (readonly [path: string, body: object])[];
const user = (name: string): Setup => [
  ['user/add', { name, password }],
  ['role/add', { name: `role-${name}` }],
  ['user/grant', { user: name, role: `role-${name}` }],
];
const prefix = (name: string): Setup => {
  const bytes = (text: string): string => Buffer.from(text).toString('base64');
  const perm = { permType: 'READWRITE', key: bytes(`/${name}/`), range_end: bytes(`/${name}0`) };
  return [...user(name), ['role/grant', { name: `role-${name}`, perm }]];
};
const wide: Setup = [...user('wide'), ['role/grant', { name: 'role-wide', ...all }]];
/** The user has to be there before the role root is given to him. */
const rooted: Setup = [
  ['user/add', { name: 'boss', password }],
  ['role/add', { name: 'root' }],
  ['user/grant', { user: 'boss', role: 'root' }],
];

function identityFor(who: 'certificate' | 'password' | 'nobody' | 'wrong CA'): EtcdIdentity {
  const shown = { cert: pem.nobody, key: pem.nobodyKey };
  switch (who) {
    case 'certificate':
      return { ca: pem.ca, cert: pem.root, key: pem.rootKey };
    case 'password':
      // The certificate opens the connection, the password says who asks.
      return { ca: pem.ca, ...shown, user: 'root', password };
    case 'nobody':
      return { ca: pem.ca, ...shown };
    case 'wrong CA':
      return { ca: pem.otherCa, cert: pem.root, key: pem.rootKey };
  }
}

async function usersOf(etcd: SetUp, who: Parameters<typeof identityFor>[0]): Promise<Fact<EtcdUsers>> {
  const units = { 'etcd/0': unit('etcd/0', { address: '127.0.0.1' }) };
  const applications = { etcd: application({ charm: { name: 'charmed-etcd', track: '3.6' }, units }) };
  const made = estate({ controllers: { prod: controller({ models: { data: model({ applications }) } }) } });
  const app = made.controllers['prod']?.models['data']?.applications['etcd'];
  if (app === undefined) throw new Error('no etcd');
  const identity = { ...identityFor(who), port: Number(new URL(etcd.url).port) };
  return readEtcdUsers(app, identity, {
    clock: systemClock,
    now: () => '2026-11-22T06:00:00Z',
    mayAsk: (address) => address === '127.0.0.1',
  });
}

const programs = etcdPrograms().map((program) => [program.version, program] as const);

type Case = readonly [
  name: string,
  setup: Setup,
  who: Parameters<typeof identityFor>[0],
  params: object,
  expected: string,
];
const cases: readonly Case[] = [
  ['root alone', [], 'certificate', {}, 'pass AsRequired'],
  ['two with prefixes of their own', [...prefix('a'), ...prefix('b')], 'certificate', {}, 'pass AsRequired'],
  ['the same, by password', [...prefix('a'), ...prefix('b')], 'password', {}, 'pass AsRequired'],
  ['one with every key', wide, 'certificate', {}, 'fail WholeKeySpace'],
  ['one with every key, declared', wide, 'certificate', { wholeKeySpace: ['wide'] }, 'pass AsRequired'],
  ['one with the role root', rooted, 'certificate', {}, 'fail RootRoleBeyondRoot'],
  ['one beyond its prefix', prefix('a'), 'certificate', { prefixes: { a: ['/b/'] } }, 'fail BeyondPrefix'],
  ['asked as one who may not', prefix('a'), 'nobody', {}, 'unknown EtcdIdentityNeeded'],
  ['of another CA than is trusted', prefix('a'), 'wrong CA', {}, 'unknown UsersNotTold'],
];

describe.each(programs)('etcd %s with authentication on', (version, program) => {
  test.each(cases.map(([name, ...given]) => [name, given] as const))(
    '%s',
    async (name, [setup, who, params, expected]) => {
      const etcd = await setUp(program, 'TLS with client authentication', pki);
      try {
        for (const [path, body] of setup) await ask(etcd, pki, path, body);
        await turnOnUsers(etcd, pki, setup === rooted);
        const fact = await usersOf(etcd, who);
        const world = etcdWorld({ etcd: { workload: { etcdUsers: fact } } });
        const { outcome, reason, evidence } = findingOn(charmedEtcd, 'ETCD-AUTHZ-01', world, {
          params: { ...params },
        }).judgement;
        const seen = isKnown(fact) ? (evidence[0]?.seen ?? '') : fact.unknown.reason;
        table.push([version, name, who, `${outcome} ${reason}`, seen]);
        expect(`${outcome} ${reason}`).toBe(expected);
        expect(JSON.stringify(fact)).not.toContain(password);
      } finally {
        await etcd.end();
      }
    },
    60_000,
  );
});
