/** The files of deploy/, as the libraries of their own tools read them, and held against each other. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { installReaders, readBy } from './deploy/python.js';

const root = join(import.meta.dirname, '../..');
const text = (file: string): string => readFileSync(join(root, file), 'utf8');
const yaml = (file: string): unknown => parse(text(file));

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-deploy-'));
  installReaders();
});
afterAll(() => rm(folder, { recursive: true }));

type Named = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A Terraform module: its blocks by kind. */
interface Module {
  readonly terraform: readonly { readonly required_providers: readonly Named[] }[];
  readonly resource: readonly Readonly<Record<string, Named>>[];
  readonly variable: readonly Named[];
  readonly output: readonly Named[];
  readonly module?: readonly Named[];
}

const merged = (blocks: readonly Named[]): Named => Object.assign({}, ...blocks) as Named;

describe('the Terraform module', () => {
  const charm = yaml('charm/charmcraft.yaml') as Readonly<
    Record<'name' | 'provides' | 'requires' | 'resources' | 'storage', unknown>
  >;
  const module = (): Module => readBy('hcl', join(root, 'deploy/terraform')) as Module;
  const estate = (): Module => readBy('hcl', join(root, 'deploy/terraform/examples/estate')) as Module;

  it('takes what modules of charms take, and needs nothing but a model', () => {
    const variables = merged(module().variable);
    const inputs = ['app_name', 'base', 'channel', 'config', 'constraints', 'model_uuid', 'resources'];
    expect(Object.keys(variables).sort()).toEqual([...inputs, 'revision', 'storage_directives', 'units']);
    const needed = Object.entries(variables).filter(([, variable]) => !('default' in variable));
    expect(needed.map(([name]) => name)).toEqual(['model_uuid']);
    for (const variable of Object.values(variables))
      expect(variable['description']).toMatch(/^[A-Z].*[^ ]\.?$/);
  });

  it('deploys the charm, and never with trust', () => {
    const application = module().resource.flatMap(({ juju_application: found }) => found ?? [])[0]!;
    expect(application['holdfast']).toMatchObject({
      model_uuid: '${var.model_uuid}',
      trust: false,
      charm: [{ name: charm.name, channel: '${var.channel}', revision: '${var.revision}' }],
    });
  });

  it("gives out the charm's endpoints, all of them and no others", () => {
    const outputs = merged(module().output);
    expect(Object.keys(outputs).sort()).toEqual(['application', 'provides', 'requires']);
    for (const side of ['provides', 'requires'] as const) {
      const names = Object.keys(charm[side] as object);
      const wanted = Object.fromEntries(names.map((name) => [name.replaceAll('-', '_'), name]));
      expect(outputs[side]!['value']).toEqual(wanted);
    }
  });

  it('shows an estate whose relations lead to endpoints that are there', () => {
    const outputs = merged(module().output);
    const used = [
      ...text('deploy/terraform/examples/estate/main.tf').matchAll(/\.(provides|requires)\.(\w+)/g),
    ];
    expect(used.length).toBeGreaterThan(0);
    for (const [, side = '', name = ''] of used) expect(outputs[side]!['value']).toHaveProperty(name);
    const cos = /cos = \{(.*?)\n {2}\}/s.exec(text('deploy/terraform/examples/estate/cos.tf'))?.[1] ?? '';
    const related = [...cos.matchAll(/^ {4}(\w+) +=/gm)].map(([, name = '']) => name);
    const known = {
      ...(outputs['provides']!['value'] as object),
      ...(outputs['requires']!['value'] as object),
    };
    expect(related).toHaveLength(4);
    for (const name of related) expect(known).toHaveProperty(name);
  });

  it('shows an estate in which the password is not kept in the state', () => {
    const { resource, variable } = estate();
    const secret = resource.flatMap(({ juju_secret: found }) => found ?? [])[0]!['observer']!;
    expect(secret).toHaveProperty('value_wo');
    expect(secret).not.toHaveProperty('value');
    expect(merged(variable)['observer_password']).toMatchObject({ sensitive: true, ephemeral: true });
  });
});

describe('the image and the rock', () => {
  const dockerfile = text('Dockerfile');
  const rock = yaml('deploy/rock/rockcraft.yaml') as {
    readonly version: string;
    readonly environment: Readonly<Record<string, string>>;
    readonly services: Readonly<Record<string, { readonly command: string }>>;
  };
  const variables = Object.fromEntries(
    [.../^ENV ((?:.*\\\n)*.*)/m.exec(dockerfile)![1]!.matchAll(/(\w+)=(\S+)/g)].map(([, name, value]) => [
      name,
      value,
    ]),
  ) as Readonly<Record<string, string>>;

  it('are described as their tools want it', () => {
    expect(readBy('rock', join(root, 'deploy/rock/rockcraft.yaml'))).toEqual([]);
  });

  it('notices a rock that its tool would refuse', () => {
    const file = join(folder, 'rockcraft.yaml');
    writeFileSync(file, text('deploy/rock/rockcraft.yaml').replace('run-user: _daemon_', 'run-user: root'));
    expect(readBy('rock', file)).toEqual([expect.stringMatching(/^run-user: /)]);
  });

  it('set the same environment, but for the path', () => {
    const { PATH: path, ...rest } = variables;
    expect(path).toBe('/opt/holdfast/bin');
    expect(rock.environment).toEqual(rest);
  });

  it('run as the user that the charm gives to its container, and start the same program', () => {
    const { containers } = yaml('charm/charmcraft.yaml') as {
      readonly containers: { readonly holdfast: { readonly uid: number; readonly gid: number } };
    };
    expect(dockerfile).toContain(`\nUSER ${containers.holdfast.uid}:${containers.holdfast.gid}\n`);
    const program = /^ENTRYPOINT \["(.*)"\]$/m.exec(dockerfile)?.[1];
    expect(rock.services['holdfast']?.command.split(' ')[0]).toBe(program);
  });

  it('carry the version of the program', () => {
    const { version } = JSON.parse(text('package.json')) as { readonly version: string };
    expect(rock.version).toBe(version);
    expect(dockerfile).toContain(`\nARG VERSION=${version}\n`);
  });

  it('have a list of contents that is valid, whole and always the same', () => {
    const made = execFileSync(process.execPath, ['scripts/sbom.ts'], { cwd: root, encoding: 'utf8' });
    const file = join(folder, 'sbom.cdx.json');
    writeFileSync(file, made);
    expect(readBy('cyclonedx', file)).toEqual([]);
    const { components } = JSON.parse(made) as {
      readonly components: readonly { name: string; version: string; hashes: readonly unknown[] }[];
    };
    const lock = JSON.parse(text('package-lock.json')) as {
      readonly packages: Readonly<Record<string, { readonly version: string; readonly dev?: boolean }>>;
    };
    const wanted = Object.entries(lock.packages)
      .filter(([place, { dev }]) => place !== '' && dev !== true)
      .map(([place, { version }]) => `${place.split('node_modules/').at(-1) ?? ''}@${version}`);
    const python = [...text('charm/requirements.txt').matchAll(/^([\w.-]+)==([\w.!+-]+)/gm)];
    const carried = python.map(([, name = '', version = '']) => `${name}@${version}`);
    const [juju, packages] = [true, false].map((is) =>
      components.filter(({ name }) => (name === 'juju') === is),
    );
    expect(carried.length).toBeGreaterThan(20);
    expect(packages!.map(({ name, version }) => `${name}@${version}`).sort()).toEqual(
      [...new Set(wanted), ...carried].sort(),
    );
    expect(packages!.every(({ hashes }) => hashes.length > 0)).toBe(true);
    expect(juju).toMatchObject([
      { 'bom-ref': 'juju-3', licenses: [{ license: { id: 'AGPL-3.0-only' } }] },
      { 'bom-ref': 'juju-4', licenses: [{ license: { id: 'AGPL-3.0-only' } }] },
    ]);
    expect(execFileSync(process.execPath, ['scripts/sbom.ts'], { cwd: root, encoding: 'utf8' })).toBe(made);
  });
});
