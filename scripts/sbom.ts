/**
 * Prints what Holdfast is made of, as CycloneDX (JSON): what package-lock.json names for run time, as `npm sbom` lists
 * it, what the charm carries, and Juju's clients as deploy/image/pins.env names them. With `--image DIR`, of what
 * scripts/image-root.sh laid out there instead: no charm, but the packages of Debian's, and the clients that are there.
 * Nothing in it depends on when and where it is made.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { charmPackages } from './charm-packages.ts';

interface Component {
  readonly type: string;
  readonly name: string;
  readonly 'bom-ref': string;
  readonly version?: string;
  readonly purl?: string;
  readonly scope?: 'optional';
  readonly description?: string;
  readonly licenses?: readonly unknown[];
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
}

interface Bom {
  readonly serialNumber?: string;
  readonly metadata: { readonly component: Component; readonly [key: string]: unknown };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
  readonly [key: string]: unknown;
}

const root = join(import.meta.dirname, '..');
const at = argv.indexOf('--image');
const image = at < 0 ? undefined : argv[at + 1];
process.stdout.write(
  `${JSON.stringify(numbered(image === undefined ? released() : bomOf(image)), null, 2)}\n`,
);

/** `npm sbom --omit=dev` would leave out what development needs as well as run time: the lock knows better. */
function bom(): Bom {
  const args = ['sbom', '--sbom-format=cyclonedx', '--package-lock-only', '--loglevel=error'];
  const made = JSON.parse(
    execFileSync('npm', args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 }),
  ) as Bom;
  // npm calls the whole by the name of its folder, and says when it was asked.
  const { component, ...metadata } = made.metadata;
  const whole = { ...component, name: 'holdfast', type: 'application' };
  const all = { ...made, metadata: { ...metadata, timestamp: undefined, component: whole } };
  const needed = atRunTime();
  return only(all, (ref) => ref === component['bom-ref'] || needed.has(ref));
}

/** As in `yaml@2.9.1`. */
function atRunTime(): ReadonlySet<string> {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, { name?: string; version: string; dev?: boolean }>>;
  };
  const needed = Object.entries(lock.packages).filter(([folder, { dev }]) => folder !== '' && dev !== true);
  return new Set(
    needed.map(
      ([folder, { name, version }]) => `${name ?? folder.split('node_modules/').pop() ?? ''}@${version}`,
    ),
  );
}

function only(made: Bom, isThere: (ref: string) => boolean): Bom {
  return {
    ...made,
    components: made.components.filter((component) => isThere(component['bom-ref'])),
    dependencies: made.dependencies
      .filter(({ ref }) => isThere(ref))
      .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter(isThere) })),
  };
}

/** All that a release consists of. */
function released(): Bom {
  const made = bom();
  return { ...made, components: [...made.components, ...charm(), ...pinnedJuju()] };
}

function charm(): readonly Component[] {
  return charmPackages().map(({ name, version, sha256 }) => {
    const purl = `pkg:pypi/${name}@${version}`;
    const hashes = sha256.map((content) => ({ alg: 'SHA-256', content }));
    return { type: 'library', 'bom-ref': purl, name, version, purl, hashes };
  });
}

/** Whoever builds an image brings the clients along: one that is not pinned has no version yet. */
function pinnedJuju(): readonly Component[] {
  const pins = readFileSync(join(root, 'deploy/image/pins.env'), 'utf8');
  return ['3', '4'].map((series) => {
    const source = field(pins, `JUJU_${series}`, '=');
    const sums = ['AMD64', 'ARM64'].map((arch) => field(pins, `JUJU_${series}_SHA256_${arch}`, '='));
    const hashes = sums.filter((sum) => sum !== '').map((content) => ({ alg: 'SHA-256', content }));
    const why = source === '' ? '; not pinned yet' : '';
    return {
      ...jujuClient(series, source),
      scope: 'optional',
      description: `client for controllers of Juju ${series}, in the image only${why}`,
      hashes,
    };
  });
}

function jujuClient(series: string, source: string): Component {
  const version = /\d+\.\d+(?:\.\d+|-(?:beta|rc)\d+)*/.exec(source)?.[0];
  return {
    type: 'application',
    'bom-ref': `juju-${series}`,
    name: 'juju',
    ...(version === undefined ? {} : { version }),
    licenses: [{ license: { id: 'AGPL-3.0-only' } }],
  };
}

/** The image holds Node for one architecture only. */
function bomOf(folder: string): Bom {
  const other = `node-linux-${process.arch === 'x64' ? 'arm64' : 'x64'}@`;
  const made = only(bom(), (ref) => !ref.startsWith(other));
  const more = [...debian(join(folder, 'system')), ...juju(join(folder, 'juju'))];
  return { ...made, components: [...made.components, ...more] };
}

function debian(system: string): readonly Component[] {
  const folder = join(system, 'var/lib/dpkg/status.d');
  const release = field(readFileSync(join(system, 'etc/os-release'), 'utf8'), 'VERSION_ID', '=');
  return readdirSync(folder)
    .sort()
    .map((name) => {
      const status = readFileSync(join(folder, name), 'utf8');
      const version = field(status, 'Version', ': ');
      const query = `arch=${field(status, 'Architecture', ': ')}&distro=debian-${release}`;
      const purl = `pkg:deb/debian/${encodeURIComponent(name)}@${encodeURIComponent(version)}?${query}`;
      return { type: 'library', 'bom-ref': purl, name, version, purl };
    });
}

function field(text: string, name: string, separator: string): string {
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${name}${separator}`));
  if (line === undefined) throw new Error(`there is no ${name}`);
  return line.slice(name.length + separator.length).replaceAll('"', '');
}

function juju(folder: string): readonly Component[] {
  return ['3', '4'].flatMap((series) => {
    const program = join(folder, series, 'juju');
    if (!existsSync(program)) return [];
    const content = createHash('sha256').update(readFileSync(program)).digest('hex');
    const { source } = JSON.parse(readFileSync(join(folder, series, 'origin.json'), 'utf8')) as {
      readonly source: string;
    };
    const client = jujuClient(series, source);
    return [{ ...client, version: client.version ?? series, hashes: [{ alg: 'SHA-256', content }] }];
  });
}

/** A serial number that is the same for the same content. */
function numbered(made: Bom): Bom {
  const content = { ...made, serialNumber: undefined };
  const digest = createHash('sha256').update(JSON.stringify(content)).digest('hex');
  const parts = [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    `8${digest.slice(17, 20)}`,
  ];
  return { ...content, serialNumber: `urn:uuid:${parts.join('-')}-${digest.slice(20, 32)}` };
}
