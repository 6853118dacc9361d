import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { openEstate, runCli } from '../../test/support/cli.js';
import { application, controller, estate, model } from '../../test/support/world.js';
import type { Snapshot } from '../core/snapshot.js';
import { guides } from '../guides/index.js';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-policy-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const head = 'kind: Policy\nversion: v1\n';

function policy(text: string): string {
  const file = join(folder, 'holdfast.yaml');
  writeFileSync(file, head + text);
  return file;
}

function check(text: string, more: readonly string[] = [], snapshot: Snapshot = openEstate()) {
  return runCli(['policy', 'check', policy(text), ...more], { snapshot, io: { columns: 120 } });
}

function waiver(id: string, match: string, more = 'expires: "2027-06-01T00:00:00Z"'): string {
  return `{ id: ${id}, kind: waived, match: ${match}, reason: r, owner: ops, ${more} }`;
}

describe('policy check', () => {
  it('says what a sound policy would do, and exits 0', async () => {
    writeFileSync(join(folder, 'observer.yaml'), 'username: watcher\npassword: canary\n');
    chmodSync(join(folder, 'observer.yaml'), 0o600);
    const { code, out } = await check(
      'controllers: [{ name: prod, addresses: ["10.0.0.5:17070"], identities: { observer: { credentialsFile: observer.yaml } } }]\n' +
        'rules: [{ match: { model: data }, mode: propose, params: { declared: [kafka] } }]\n',
    );
    expect(code).toBe(0);
    expect(out).toContain('prod: read as observer');
    expect(out).toContain(
      'everywhere: observe (look and tell), profile baseline, disruptive steps by approval',
    );
    expect(out).toContain(
      'rules[0] model data: propose (look, tell and plan; nothing is changed); parameters declared',
    );
    expect(out).toContain('holdfast.yaml can be used.');
    expect(out).not.toContain('canary');
  });

  it('shows whom it names, and what it wants of them', async () => {
    const users =
      'users:\n  superusers: [admin, alice]\n  serviceAccounts: [ci]\n  managed: [fixer]\n' +
      '  grants: [{ match: { model: data }, levels: { bob: read, eve: none } }, { match: {}, levels: { bob: write } }]\n' +
      '  offers: [{ match: { offer: pg }, consumers: [ci] }, { match: {}, consumers: [] }]\n';
    const { code, out } = await check(users);
    expect(code).toBe(0);
    expect(out).toContain(
      [
        'Users',
        '  - may be superuser, and nobody else: admin, alice',
        '  - accounts of programs, not disabled for looking unused: ci',
        '  - Holdfast changes their passwords: fixer',
        '  - users.grants[0] model data: at most bob read, eve none',
        '  - users.grants[1] every model: at most bob write',
        '  - users.offers[0] offer pg: may be reached by ci',
        '  - users.offers[1] every offer: may be reached by nobody',
        '',
      ].join('\n'),
    );
    const json = await check(users, ['--format', 'json']);
    expect(JSON.parse(json.out)).toMatchObject({
      users: { superusers: ['admin', 'alice'], managed: ['fixer'] },
    });
  });

  it.each([
    ['says nothing of users where the policy does not', '', undefined],
    ['tells an empty list of superusers from none', 'users: { superusers: [] }\n', 'nobody else: nobody'],
  ])('%s', async (_name, users, expected) => {
    const { out } = await check(users);
    expect([out.includes('Users\n'), expected === undefined || out.includes(expected)]).toEqual([
      expected !== undefined,
      true,
    ]);
  });

  it('tells mistakes of form, of names and of values all at once, each with its path and what was meant', async () => {
    const { code, out } = await check(
      'rulez: []\n' +
        'rules: [{ match: { aplication: x } }, { match: { control: TOY-NET-02 } }, { match: {}, params: { declared: 1 } }]\n' +
        'waivers: [{ id: w, kind: mitigated, compensatedBy: TOY-TRUST-02, match: { control: TOY-NET-01 }, reason: r, owner: o, expires: "2027-01-01T00:00:00Z" }]\n',
    );
    expect(code).toBe(1);
    for (const told of [
      'rulez is unknown (did you mean rules?)',
      'rules[0].match.aplication is unknown (did you mean application?)',
      'rules[1].match.control "TOY-NET-02" matches nothing (did you mean TOY-NET-01?)',
      'rules[2].params.declared should be a list, not a number',
      'compensatedBy: there is no control TOY-TRUST-02 (did you mean TOY-TRUST-01?)',
      '5 mistakes',
    ])
      expect(out.replace(/\n +/g, ' ')).toContain(told);
  });

  it('shows a waiver of the wrong form as invalid, and the others by their states', async () => {
    const waivers = [
      waiver('good', '{ control: TOY-NET-01 }'),
      waiver('typo', '{ control: TOY-NET-03 }'),
      waiver('bad', '{ control: TOY-NET-01 }', 'expires: tomorrow'),
    ];
    const { code, out } = await check(`waivers: [${waivers.join(', ')}]\n`);
    expect([code, out.includes('Waivers: 1 invalid, 1 never-matching, 1 active')]).toEqual([1, true]);
    expect(out).toMatch(/never-matching +typo: .*"TOY-NET-03" matches nothing \(did you mean TOY-NET-01\?\)/);
  });

  it('held against an estate names rules and waivers that match nothing there, and exits 2', async () => {
    const { code, out } = await check(
      `rules: [{ match: { application: kafak }, mode: propose }, { match: { application: kafka }, enabled: false }]\nwaivers: [${waiver('w', '{ control: TOY-NET-01, application: zookeeper }')}]\n`,
      ['--status', '-'],
    );
    expect(code).toBe(2);
    expect(out).toContain('rules[0] (application kafak) matches nothing in the estate');
    expect(out).not.toContain('rules[1] (');
    expect(out).toMatch(/unused +w: it matches nothing in the estate/);
  });

  test.each([
    ['all', ['all'], true],
    ['remove-object, where nothing would be removed', ['remove-object'], false],
    ['destroy-model', ['destroy-model'], false],
  ])('says whether our own fixes would be stopped by the block %s', async (_name, sets, stops) => {
    const blocked = estate({
      controllers: {
        prod: controller({
          models: {
            data: model({
              applications: { kafka: application({ exposure: { exposed: true } }) },
              blocks: sets,
            }),
          },
        }),
      },
    });
    const { code, out } = await check('', ['--status', '-'], blocked);
    expect([
      code,
      out.includes('would stop our own fixes there (unexpose: TOY-NET-01; expose to undo it'),
    ]).toEqual([stops ? 2 : 0, stops]);
  });

  it('gives the same to programs', async () => {
    const { out } = await check(`waivers: [${waiver('w', '{ control: TOY-NET-01 }')}]\n`, [
      '--format',
      'json',
    ]);
    expect(JSON.parse(out)).toMatchObject({
      kind: 'PolicyCheck',
      version: 'v1',
      mistakes: [],
      waivers: [{ id: 'w', state: 'active' }],
    });
  });
});

describe('policy init', () => {
  const seen = estate({
    controllers: {
      'pr"od': controller({
        users: [
          { name: 'admin', displayName: '', access: 'superuser', disabled: false },
          { name: 'bob', displayName: '', access: 'login', disabled: false },
        ],
        models: {
          data: model({
            users: { bob: 'admin', '-rf\u001b[2J': 'read' },
            applications: {
              pgbouncer: application({
                exposure: { exposed: true, endpoints: { '': { cidrs: ['10.20.0.0/16'], spaces: [] } } },
              }),
              kafka: application({
                exposure: { exposed: true, endpoints: { '': { cidrs: ['0.0.0.0/0'], spaces: [] } } },
              }),
            },
          }),
        },
      }),
    },
  });
  const services = { guides: () => Promise.resolve(guides) };

  it('declares superusers, levels and networks, and not what is open to the world', async () => {
    const { code, out } = await runCli(['policy', 'init', '--status', '-'], { snapshot: seen, services });
    expect(code).toBe(0);
    expect(out).toContain('superusers: ["admin"]');
    expect(out).toContain('"bob": "admin"');
    expect(out).toContain('"pgbouncer": ["10.20.0.0/16"]');
    expect(out).toContain('# Left out, for no network short of the whole world was seen: kafka.');
    expect(out).not.toContain('\u001b');
  });

  it('grants levels and offers where they were seen, and does not open what is open to everyone', async () => {
    const offers = {
      pg: {
        name: 'pg',
        application: 'pg',
        endpoints: [],
        users: { admin: 'admin', carol: 'consume', 'everyone@external': 'read' },
      },
    };
    const snapshot = estate({ controllers: { prod: controller({ models: { data: model({ offers }) } }) } });
    const { out } = await runCli(['policy', 'init', '--status', '-'], { snapshot, services });
    expect(out).toContain(
      '- match: {"controller":"prod","model":"data","offer":"pg"}\n      consumers: ["carol"]\n',
    );
    expect(out).toContain('  grants:\n    - match: {"controller":"prod","model":"data"}\n      levels:\n');
  });

  it('names as superusers those who are so on every controller, and leaves the others to a person', async () => {
    const root = (name: string) => ({ name, displayName: '', access: 'superuser', disabled: false });
    const snapshot = estate({
      controllers: {
        prod: controller({ users: [root('admin'), root('alice')] }),
        lab: controller({ users: [root('mallory'), root('admin')] }),
      },
    });
    const { out } = await runCli(['policy', 'init', '--status', '-'], { snapshot, services });
    expect(out).toContain('  superusers: ["admin"]\n');
    expect(out).toContain('# Left out, being superusers on some controllers only: "alice", "mallory"\n');
  });

  it('finds nothing to say of users when its own policy is applied to the same estate', async () => {
    const file = join(folder, 'own.yaml');
    await runCli(['policy', 'init', '--status', '-', '--output', file], { snapshot: seen, services });
    const outcomes = async (policy: readonly string[]) => {
      const controls = ['--control', 'JUJU-USER-01', 'JUJU-USER-02'];
      const argv = ['audit', '--status', '-', ...policy, '--format', 'json', ...controls];
      const { out } = await runCli(argv, { snapshot: seen, services });
      const { findings } = JSON.parse(out) as { findings: { outcome: string }[] };
      return new Set(findings.map(({ outcome }) => outcome));
    };
    expect(await outcomes([])).toEqual(new Set(['pass', 'fail']));
    expect(await outcomes(['--policy', file])).toEqual(new Set(['pass']));
  });

  test.each([
    ['of an estate with strange names', seen],
    ['of an estate in which there is nothing', estate({ controllers: {} })],
  ])('%s writes what policy check accepts, held against the same estate', async (_name, snapshot) => {
    const file = join(folder, 'drafted.yaml');
    await runCli(['policy', 'init', '--status', '-', '--output', file], { snapshot, services });
    const { code, out } = await runCli(['policy', 'check', file], { services });
    expect([code, out.includes('can be used')]).toEqual([0, true]);
  });

  it('needs a source', async () => {
    const { code, err } = await runCli(['policy', 'init']);
    expect([code, err.includes('nothing to read was named')]).toEqual([1, true]);
  });
});

describe('the ledger', () => {
  it('is shown by audit with what somebody should see to, and stands in the report', async () => {
    const file = policy(
      `waivers: [${waiver('w1', '{ control: TOY-NET-01 }')}, ${waiver('w2', '{ control: TOY-NET-01, model: x }')}]\n`,
    );
    const audit = ['audit', '--status', '-', '--policy', file];
    const { out } = await runCli(audit);
    expect(out).toContain('Ledger of waivers: 1 unused, 1 active');
    expect(out).toMatch(/unused +w2 \(ops\): it matches nothing in the estate/);
    const json = await runCli([...audit, '--format', 'json', '--control', 'TOY-TRUST-01']);
    expect(JSON.parse(json.out)).toMatchObject({
      waivers: [
        { id: 'w1', state: 'active', covers: 1, matched: 2 },
        { id: 'w2', state: 'unused', covers: 0, matched: 0 },
      ],
    });
  });
});

describe('an attestation', () => {
  function attestation(attested: string, expires: string): string {
    return policy(
      `attestations: [{ id: a1, match: { control: TOY-REV-01 }, statement: reviewed by two, owner: ops, attested: "${attested}", expires: "${expires}" }]\n`,
    );
  }

  test.each([
    ['passes while it is current', '2026-10-01T00:00:00Z', '2027-01-01T00:00:00Z', 'pass'],
    ['passes from the second on which it was stated', '2026-11-22T06:00:00Z', '2027-01-01T00:00:00Z', 'pass'],
    ['counts for nothing before it', '2026-11-22T06:00:01Z', '2027-01-01T00:00:00Z', 'manual'],
    ['counts for nothing from its end on', '2026-10-01T00:00:00Z', '2026-11-22T06:00:00Z', 'manual'],
  ])('%s', async (_name, attested, expires, outcome) => {
    const argv = ['audit', '--status', '-', '--policy', attestation(attested, expires), '--format', 'json'];
    const { out } = await runCli([...argv, '--control', 'TOY-REV-01'], { snapshot: openEstate(['kafka']) });
    const report = JSON.parse(out) as { findings: { outcome: string; evidence: { source: string }[] }[] };
    expect(report.findings.map((finding) => finding.outcome)).toEqual([outcome]);
    expect(report.findings[0]?.evidence[0]?.source).toBe(
      outcome === 'pass' ? 'policy: attestation a1' : undefined,
    );
  });
});
