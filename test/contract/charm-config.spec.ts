/** What the charm gives to the daemon and asks of it, by one example that both hold to (charm/tests/contract). */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { databaseIn } from '../../src/config/database.js';
import { readEnvironment } from '../../src/config/environment.js';
import { loadKnowledge } from '../../src/config/knowledge.js';
import { mistakesAgainst } from '../../src/config/policy/against-guides.js';
import { inspectPolicy, loadPolicy } from '../../src/config/policy/load.js';
import { apiPaths } from '../../src/config/schemas/api-paths.js';
import { webDefaults } from '../../src/core/policy/web.js';
import { guides } from '../../src/guides/index.js';
import { refuseExposure } from '../../src/report/web/access/exposure.js';
import { runCli } from '../support/cli.js';
import { controllerCertificate } from '../support/certificate.js';

interface Example {
  readonly files: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string>>;
  readonly command: string;
  readonly commands: readonly (readonly string[])[];
  readonly paths: readonly string[];
}

const file = new URL('../../charm/tests/contract/example.json', import.meta.url);
const example = JSON.parse(readFileSync(file, 'utf8')) as Example;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-charm-'));
  for (const [name, text] of Object.entries({ ...example.files, ...(await pair()) })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text, { mode: 0o600 });
  }
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** In the charm it comes by the relation certificates; no key is kept in the example. */
async function pair(): Promise<Record<string, string>> {
  const { cert, key } = await controllerCertificate(['holdfast.example']);
  return { 'page.crt': cert, 'page.key': key };
}

const policyFile = (): string => join(folder, 'holdfast.yaml');

/** Where the charm has its files, in this folder instead. */
function here(text: string): string {
  return text.replaceAll('/etc/holdfast/candidate.yaml', policyFile()).replaceAll('/etc/holdfast', folder);
}

describe('the policy of the charm', () => {
  it('has no mistake, held against the guides, and every file that it names can be used', () => {
    const { policy, mistakes, notes } = inspectPolicy(policyFile());
    expect([...mistakes, ...mistakesAgainst(policy, guides), ...notes]).toEqual([]);
  });

  it('names its controllers with their logins, and what the user says of them besides', () => {
    const { policy } = loadPolicy(policyFile(), { credentials: 'required' });
    expect(policy.controllers).toMatchObject([
      {
        name: 'juju',
        addresses: ['10.1.2.3:17070', '[fd00::1]:17070'],
        caCert: example.files['controller-juju-ca.pem'],
        observer: { user: 'observer' },
        auditor: { user: 'auditor' },
        remediator: { user: 'remediator' },
        auditLogFile: '/var/log/juju/audit.log',
      },
      { name: 'prod', observer: { password: 'password of the observer' } },
    ]);
  });

  it('goes as far as the option says', () => {
    expect(inspectPolicy(policyFile()).policy.defaults.mode).toBe('propose');
  });

  it('shares the estate under the name of the unit', () => {
    expect(inspectPolicy(policyFile()).policy.sharing).toMatchObject({ unit: 'holdfast-0', parts: 32 });
  });

  it('tells the related Alertmanager and whom the user names', () => {
    const targets = inspectPolicy(policyFile()).policy.notify?.targets ?? [];
    expect(targets.map(({ name, type }) => [name, type])).toEqual([
      ['siem', 'webhook'],
      ['alertmanager', 'alertmanager'],
    ]);
  });

  it('lets in by token and identity provider, over TLS, so that it may listen to other pods', () => {
    const { web } = inspectPolicy(policyFile()).policy;
    expect(web?.tokens.map(({ name, role }) => [name, role])).toEqual([
      ['anna@example.org', 'approver'],
      ['charm', 'viewer'],
    ]);
    expect(web).toMatchObject({
      url: 'https://holdfast.example',
      session: 4 * 3600,
      oidc: {
        issuer: 'https://idp.example',
        nameClaim: 'preferred_username',
        roles: { approver: ['platform'] },
      },
    });
    const { listen } = readEnvironment(example.environment);
    expect(() => {
      refuseExposure(listen, web ?? webDefaults);
    }).not.toThrow();
  });
});

describe('the environment of the charm', () => {
  it('is understood', () => {
    expect(readEnvironment(example.environment)).toMatchObject({
      policyFile: '/etc/holdfast/holdfast.yaml',
      databaseFile: '/etc/holdfast/database',
      stateDir: '/var/lib/holdfast',
      logLevel: 'debug',
      listen: { host: '0.0.0.0', port: 8420 },
      dataDir: '/etc/holdfast/knowledge',
      unit: 'holdfast-0',
      mayColor: false,
    });
  });

  it('holds nothing that stands in a file of mode 0600', () => {
    const told = JSON.stringify([example.environment, example.command, example.commands]);
    const secrets = ['password of', 'p@ss', 'p%40ss', 'a'.repeat(64), 'c'.repeat(64), 'a key of'];
    expect(secrets.filter((secret) => told.includes(secret))).toEqual([]);
  });

  it('names a database that is reached with a verified certificate', () => {
    expect(databaseIn(join(folder, 'database'))()).toMatchObject({
      host: 'pg.data.svc',
      user: 'relation_7',
      password: 'p@ss/w:rd',
      tls: { check: 'name' },
    });
  });

  it('names knowledge that can be laid over what is shipped', () => {
    expect(loadKnowledge(join(folder, 'knowledge')).dates).toMatchObject({ jujuFloors: '2026-11-01' });
  });
});

describe('what the charm runs', () => {
  /** A mistake in the command line itself, as opposed to one in what it is about. */
  const misunderstood = /unknown (option|command)|too many arguments|missing required|is invalid|error:/;

  test.each([[example.command.split(' ').slice(1)], ...example.commands.map((argv) => [argv])])(
    'is a command: %j',
    async (argv) => {
      const { err } = await runCli(argv.map(here), { variables: { HOLDFAST_STATE_DIR: folder } });
      expect(err).not.toMatch(misunderstood);
    },
  );

  it('would be told apart from one that is not', async () => {
    const { err } = await runCli(['approve', '--plan=1', '--', '3f2a']);
    expect(err).toMatch(misunderstood);
  });

  it('tells mistakes and troubles with files where the charm looks for them', async () => {
    const file = join(folder, 'wrong.yaml');
    const controllers = '[{name: a, addresses: ["b:1"], identities: {observer: {credentialsFile: gone}}}]';
    writeFileSync(file, `kind: Policy\nversion: v1\nmodes: {}\ncontrollers: ${controllers}\n`);
    const { code, out } = await runCli(['policy', 'check', file, '--format', 'json']);
    const found = JSON.parse(out) as { mistakes: string[]; notes: string[] };
    expect([code, found.mistakes.length, found.notes.length]).toEqual([1, 1, 1]);
  });
});

describe('what the charm asks of the page', () => {
  test.each(example.paths.filter((path) => path.startsWith('/api/v1')))('is answered there: %s', (path) => {
    const asked = new URL(path, 'http://localhost');
    const found = Object.entries(apiPaths).find(([known]) =>
      new RegExp(`^/api/v1${known.replace(/\{[^}]+\}/g, '[^/]+')}$`).test(asked.pathname),
    )?.[1];
    expect(found?.method).toBe('get');
    const known: readonly string[] = found?.method === 'get' ? (found.query ?? []) : [];
    expect([...asked.searchParams.keys()].filter((key) => !known.includes(key))).toEqual([]);
  });
});
