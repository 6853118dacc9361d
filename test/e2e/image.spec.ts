/** The image: really built from the Dockerfile, and its program run by its user on a read-only file system. */
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest, test } from '@jest/globals';
import { startSimulator, type Simulator } from '../../src/simulator/index.js';
import { writePolicy } from '../support/policy-files.js';
import { etcdModel, rigUsers } from '../support/rig.js';
import { buildImage, contained, daemon, type BuiltImage, type Place } from './image/built.js';
import { authority } from './lab/pki.js';

jest.setTimeout(900_000);
const lines: string[] = [];
const tell = (line: string): unknown => lines.push(line);
const program = '/opt/holdfast/bin/holdfast';
const token = 'a-token-of-thirty-two-signs-or-so';

let work: string;
let image: BuiltImage;

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'holdfast-image-'));
  image = await buildImage(work);
});

afterAll(async () => {
  writeFileSync(
    join(import.meta.dirname, '../../build/e2e/image.txt'),
    `image: ${lines.join('\n       ')}\n`,
  );
  await image.remove();
  await rm(work, { recursive: true, force: true });
});

let places = 0;

function place(): Place {
  const [state, config] = ['state', 'config'].map((name) => join(work, `${name}-${places}`));
  places += 1;
  for (const folder of [state!, config!]) mkdirSync(folder, { mode: 0o755 });
  chownSync(state!, daemon, daemon);
  return { state: state!, config: config! };
}

async function said(argv: readonly string[], input = ''): Promise<readonly [number | null, string]> {
  const running = contained(image, place(), argv, { input });
  return [await running.code, running.output()];
}

/** Files and folders of the image, as in /opt/holdfast/bin/node. */
function everything(folder = ''): readonly string[] {
  return readdirSync(join(image.root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? [path, ...everything(path)] : [path];
  });
}

describe('what the image holds', () => {
  it('is small, in few layers, and says what it is', () => {
    const bytes = everything().reduce((sum, path) => sum + lstatSync(join(image.root, path)).size, 0);
    tell(`${mb(bytes)} MB, ${mb(image.packed)} MB to pull, ${image.layers} layers`);
    expect(bytes).toBeLessThan(220e6);
    expect(image.layers).toBeLessThanOrEqual(5);
    expect(image.config).toMatchObject({
      User: `${daemon}:${daemon}`,
      Entrypoint: [program],
      WorkingDir: '/var/lib/holdfast',
    });
    expect(image.config.Labels).toMatchObject({
      'org.opencontainers.image.title': 'Holdfast',
      'org.opencontainers.image.licenses': 'Apache-2.0 AND AGPL-3.0-only',
    });
  });

  it('is no shell, no package manager and nothing that runs with rights of somebody else', () => {
    const programs = everything().filter((path) => {
      const { mode } = lstatSync(join(image.root, path));
      return (mode & 0o111) !== 0 && !lstatSync(join(image.root, path)).isDirectory();
    });
    tell(`programs: ${programs.filter((path) => !path.includes('node_modules')).join(' ')}`);
    expect(
      programs.filter((path) => !/^\/lib|^\/opt\/holdfast\/(bin|juju|node_modules)\//.test(path)),
    ).toEqual([]);
    const rights = everything().filter((path) => (lstatSync(join(image.root, path)).mode & 0o6000) !== 0);
    expect(rights).toEqual([]);
  });

  it('belongs to root, but for the places of its policy and its state', () => {
    const owned = everything().filter((path) => lstatSync(join(image.root, path)).uid !== 0);
    expect(owned).toEqual(['/etc/holdfast', '/var/lib/holdfast']);
    const open = everything().filter((path) => {
      const found = lstatSync(join(image.root, path));
      return !found.isSymbolicLink() && (found.mode & 0o022) !== 0;
    });
    expect(open).toEqual(['/tmp']);
  });

  it('is what its list of contents names, and that alone', () => {
    const read = (file: string): string => readFileSync(join(image.root, file), 'utf8');
    const { components } = JSON.parse(read('/opt/holdfast/sbom.cdx.json')) as {
      readonly components: readonly { name: string; version: string; purl?: string; hashes?: unknown }[];
    };
    const named = (type: string): readonly string[] =>
      components
        .filter(({ purl = '' }) => purl.startsWith(`pkg:${type}/`))
        .map(({ name, version }) => `${name}@${version}`)
        .sort();
    const modules = everything('/opt/holdfast/node_modules')
      .filter((path) => /node_modules\/(@[^/]+\/)?[^/@]+\/package\.json$/.test(path))
      .map((path) => JSON.parse(read(path)) as { readonly name: string; readonly version: string })
      .map(({ name, version }) => `${name}@${version}`);
    const node = named('npm').filter((name) => name.startsWith('node-linux-'));
    expect(node).toHaveLength(1);
    expect(named('npm').filter((name) => !node.includes(name))).toEqual([...new Set(modules)].sort());
    const packages = readdirSync(join(image.root, 'var/lib/dpkg/status.d')).sort();
    expect(named('deb').map((name) => name.split('@')[0])).toEqual(packages);
    expect(components.filter(({ name }) => name === 'juju')).toMatchObject([
      { version: '3.6.28', hashes: [{ alg: 'SHA-256' }] },
      { version: '4.0.15', hashes: [{ alg: 'SHA-256' }] },
    ]);
    tell(`contents: ${modules.length} of npm, ${packages.join(' ')}, ${node.join('')}`);
  });
});

describe('its program, as user 584792 on a read-only file system', () => {
  it('is neither root nor able to write', async () => {
    const look = `
      const tried = ['/x', '/opt/holdfast/x', '/etc/holdfast/x', '/var/lib/holdfast/x', '/tmp/x'].map((file) => {
        try { fs.writeFileSync(file, ''); return 'written'; } catch (error) { return error.code; }
      });
      JSON.stringify([process.getuid(), process.getgid(), process.getgroups(), os.userInfo().username, ...tried])`;
    const [code, output] = await said(['/opt/holdfast/bin/node', '-p', look]);
    expect(code).toBe(0);
    expect(JSON.parse(output)).toEqual([
      ...[daemon, daemon, [daemon], '_daemon_'],
      ...['EROFS', 'EROFS', 'EROFS', 'written', 'written'],
    ]);
  });

  test.each([
    ['3', '3.6.28'],
    ['4', '4.0.15'],
  ])("has Juju's client of series %s", async (series, version) => {
    const [code, output] = await said([`/opt/holdfast/juju/${series}/juju`, 'version']);
    expect(output).toContain(version);
    expect(code).toBe(0);
  });

  it('says its version, and judges a status', async () => {
    expect(await said([program, '--version'])).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+\n$/)]);
    const captured = join(import.meta.dirname, '../fixtures/captures/real/1-bare/cli/status.json');
    const { stdout } = JSON.parse(readFileSync(captured, 'utf8')) as { readonly stdout: string };
    const [code, output] = await said([program, 'audit', '--status', '-'], stdout);
    expect(code).toBe(2);
    expect(output).toContain('Next: holdfast explain');
  });

  it('plays the demonstration to its end', async () => {
    const begun = Date.now();
    const [code, output] = await said([program, 'demo', '--once', '--port', '0', '--speed', '20']);
    tell(`demo --once --speed 20: ${((Date.now() - begun) / 1000).toFixed(1)} s`);
    expect(output).toMatch(/changed +\d+ changes made and verified through the juju command line/);
    expect(code).toBe(0);
  });
});

describe('its daemon', () => {
  let simulator: Simulator;
  let ca: string;

  beforeAll(async () => {
    const lab = { name: 'lab', flavour: '4.0', users: rigUsers, models: [etcdModel('data')] } as const;
    simulator = await startSimulator({ estate: { controllers: [lab] } });
  });
  afterAll(() => simulator.close());

  const more = `
pace: { poll: 1s, pollIdle: 1s, slowFacts: 1s }
rules: [{ match: { control: "JUJU-MODEL-*" }, mode: enforce, disruptive: allow }]
web:
  tls: { certFile: tls.crt, keyFile: tls.key }
  tokens: [{ name: operator, file: token, role: approver }]
`;

  /** Secrets lie there as Kubernetes mounts them with `fsGroup`: root's, shown to the group. */
  async function configured(): Promise<Place> {
    const made = place();
    await writePolicy(made.config, simulator.controller('lab'), {
      users: ['observer', 'auditor', 'remediator'],
      more,
    });
    const own = await authority('page');
    const leaf = await own.issue('CN=holdfast', { ips: ['127.0.0.1'] });
    ca = own.cert;
    for (const [name, content] of [
      ['tls.crt', leaf.cert],
      ['tls.key', leaf.key],
      ['token', token],
    ] as const)
      writeFileSync(join(made.config, name), content);
    for (const name of readdirSync(made.config)) {
      const file = join(made.config, name);
      chownSync(file, 0, daemon);
      chmodSync(file, 0o440);
    }
    return made;
  }

  function get(url: string): Promise<{ readonly status: number; readonly body: string }> {
    return new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${token}` };
      request(url, { ca, headers, agent: false }, (response) => {
        let body = '';
        response.on('data', (chunk) => (body += String(chunk)));
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, body });
        });
      })
        .on('error', reject)
        .end();
    });
  }

  it('is ready within seconds, puts drift right with the client of the series, and ends in order', async () => {
    const made = await configured();
    const begun = Date.now();
    const running = contained(image, made, [program, 'run', '--policy', '/etc/holdfast/holdfast.yaml'], {
      variables: ['HOLDFAST_LISTEN=0.0.0.0:0', 'HOLDFAST_LOG_LEVEL=debug'],
    });
    const until = async (what: string, holds: () => boolean | Promise<boolean>): Promise<void> => {
      const deadline = Date.now() + 60_000;
      while (!(await holds())) {
        if (Date.now() > deadline) {
          running.end();
          throw new Error(`waited 60 s until ${what}: ${running.output()}`);
        }
        await sleep(50);
      }
    };
    const port = (): string | undefined => /"address":"0\.0\.0\.0:(\d+)"/.exec(running.output())?.[1];
    await until('it listens', () => port() !== undefined);
    const page = `https://127.0.0.1:${port() ?? ''}`;
    await until('it is ready', async () => (await get(`${page}/readyz`)).status === 200);
    const ready = Date.now() - begun;
    await until('it has put right what it may', async () =>
      (await get(`${page}/remediations.json`)).body.includes('"state":"Succeeded"'),
    );
    tell(
      `daemon: ready after ${(ready / 1000).toFixed(1)} s, first fix after ${((Date.now() - begun) / 1000).toFixed(1)} s`,
    );
    running.end();
    expect(await running.code).toBe(0);
    expect(running.output()).not.toContain(token);
    await stateIsItsOwn(made.state);
  });

  /** Nobody else sees the journal and the logins that it writes for Juju's client. */
  async function stateIsItsOwn(state: string): Promise<void> {
    const files = readdirSync(state, { recursive: true, encoding: 'utf8' });
    expect(files).toContain(join('juju', 'lab', 'remediator', 'accounts.yaml'));
    for (const file of files) {
      const { uid, mode } = await stat(join(state, file));
      expect([file, uid, (mode & 0o077).toString(8)]).toEqual([file, daemon, '0']);
    }
    expect(existsSync(join(state, 'holdfast.pid'))).toBe(false);
  }
});

function mb(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}
