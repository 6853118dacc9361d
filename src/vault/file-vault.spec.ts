import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from '@jest/globals';
import type { Account, Vault } from '../core/ports/index.js';
import { fileVault, tidyVault } from './file-vault.js';
import { newPassword } from './new-password.js';

const watch: Account = { controller: 'prod', user: 'watch' };
const bob: Account = { controller: 'prod', user: 'bob' };

let home: string;
let file: string;
let folder: string;
let own: string[];
let vault: Vault;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'holdfast-vault-'));
  file = join(home, 'watch.yaml');
  folder = join(home, 'rotation');
  writeFileSync(file, '# ours\nusername: watch\npassword: "former" # keep this\n', { mode: 0o600 });
  own = [file];
  vault = fileVault({ folder, filesOf: ({ user }) => (user === 'watch' ? own : []) });
});

afterEach(() => {
  rmSync(home, { recursive: true });
});

function below(at: string): readonly string[] {
  return existsSync(at) ? readdirSync(at) : [];
}

describe('our own password', () => {
  it('is kept beside the old one, and takes its place only when it is settled', async () => {
    await vault.keep(watch, 'fresh');
    expect(await vault.current(watch)).toBe('former');
    expect(await vault.pending(watch)).toBe('fresh');
    expect(statSync(`${file}.next`).mode & 0o777).toBe(0o600);

    await vault.settle(watch, 'fresh');
    expect(readFileSync(file, 'utf8')).toBe('# ours\nusername: watch\npassword: "fresh" # keep this\n');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await vault.pending(watch)).toBeUndefined();
    expect(below(home)).toEqual(['watch.yaml']);
  });

  it('is forgotten where it did not become the password', async () => {
    await vault.keep(watch, 'fresh');
    await vault.drop(watch);
    expect([await vault.pending(watch), await vault.current(watch), below(home)]).toEqual([
      undefined,
      'former',
      ['watch.yaml'],
    ]);
  });

  it('goes into every file of the same user, also when a crash came between them', async () => {
    const second = join(home, 'second.json');
    writeFileSync(second, '{"username":"watch","password":"former"}', { mode: 0o600 });
    await vault.keep(watch, 'fresh');
    await vault.settle(watch, 'fresh');
    own.push(second);
    await vault.settle(watch, 'fresh');
    expect(JSON.parse(readFileSync(second, 'utf8'))).toEqual({ username: 'watch', password: 'fresh' });
    expect([...below(home)].sort()).toEqual(['second.json', 'watch.yaml']);
  });

  it('goes where a link leads, and the link stays', async () => {
    const link = join(home, 'link.yaml');
    symlinkSync(file, link);
    own = [link];
    await vault.keep(watch, 'fresh');
    await vault.settle(watch, 'fresh');
    expect([await vault.current(watch), readFileSync(file, 'utf8').includes('fresh')]).toEqual([
      'fresh',
      true,
    ]);
    expect([...below(home)].sort()).toEqual(['link.yaml', 'watch.yaml']);
  });

  test.each([
    ['is no YAML', 'password: [former'],
    ['has none', 'username: watch\n'],
    ['has one that something else refers to', 'password: &p former\nusername: *p\n'],
    ['is gone', undefined],
  ])('cannot be kept where the file %s; nothing of it is quoted', async (_, text) => {
    if (text === undefined) rmSync(file);
    else writeFileSync(file, text);
    const message = await vault.keep(watch, 'fresh').catch((error: unknown) => String(error));
    expect(message).toMatch(/holds no password that could be replaced|ENOENT/);
    expect(message).not.toMatch(/former|fresh/);
  });
});

describe("another's password", () => {
  it('is kept for us alone until it is settled', async () => {
    expect(await vault.pending(bob)).toBeUndefined();
    await vault.keep(bob, 'fresh');
    const [name = ''] = below(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    expect(name).not.toContain('bob');
    expect([vault.isOwn(bob), await vault.current(bob), await vault.pending(bob)]).toEqual([
      false,
      undefined,
      'fresh',
    ]);
    await vault.settle(bob, 'fresh');
    expect(below(folder)).toEqual([]);
  });
});

describe('a file for juju', () => {
  it('is there for us alone while it is used, and gone afterwards whatever happens', async () => {
    let seen = '';
    const failing = vault.withFile({ password: 'fresh' }, (path) => {
      seen = `${(statSync(path).mode & 0o777).toString(8)} ${readFileSync(path, 'utf8')}`;
      return Promise.reject(new Error('juju failed'));
    });
    await expect(failing).rejects.toThrow('juju failed');
    expect(seen).toBe('600 {"password":"fresh"}');
    expect(below(folder)).toEqual([]);
  });

  it('that a killed program left is removed; what is pending stays', async () => {
    await vault.keep(bob, 'fresh');
    writeFileSync(join(folder, 'for-juju-1.yaml'), 'password: left');
    await tidyVault(folder);
    expect(below(folder)).toHaveLength(1);
    expect(await vault.pending(bob)).toBe('fresh');
  });

  it('is no trouble where there never was any', async () => {
    await expect(tidyVault(join(home, 'nowhere'))).resolves.toBeUndefined();
  });
});

test('passwords are long, of letters and digits, and never the same', () => {
  const made = Array.from({ length: 200 }, newPassword);
  expect(new Set(made).size).toBe(200);
  for (const password of made) expect(password).toMatch(/^[A-Za-z0-9]{40}$/);
});
