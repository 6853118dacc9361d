import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from '@jest/globals';
import { InputError } from '../core/input-error.js';
import { databaseIn } from './database.js';

const pem = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-database-'));
  file = join(folder, 'url');
  write('ca.pem', pem);
  write('secret', 'from a file\n');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(name: string, content: string, mode = 0o600): void {
  writeFileSync(join(folder, name), content, { mode });
  chmodSync(join(folder, name), mode);
}

function read(url: string): ReturnType<ReturnType<typeof databaseIn>> {
  write('url', `${url}\n`);
  return databaseIn(file)();
}

const plain = { host: 'db', port: 5432, database: 'holdfast', user: 'u', password: 'p' };

describe('the URL of a database', () => {
  test.each([
    ['is verified in full where nothing is said', 'db/holdfast', { check: 'name' }],
    [
      'is verified in full with the authority named',
      'db/holdfast?sslrootcert=ca.pem',
      { check: 'name', ca: pem },
    ],
    ['may ask for the authority only', 'db/holdfast?sslmode=verify-ca', { check: 'authority' }],
    ['may ask for encryption only', 'db/holdfast?sslmode=require', { check: 'nothing' }],
    [
      'that names an authority has it checked',
      'db/holdfast?sslmode=require&sslrootcert=ca.pem',
      { check: 'authority', ca: pem },
    ],
    ['may do without, in so many words', 'db/holdfast?sslmode=disable', undefined],
  ])('%s', (_what, rest, tls) => {
    expect(read(`postgresql://u:p@${rest}`)).toEqual({ ...plain, ...(tls && { tls }) });
  });

  test.each([
    ['this machine', 'postgres://u:p@127.0.0.1:5433/d', { host: '127.0.0.1', port: 5433 }],
    ['this machine by IPv6', 'postgres://u:p@[::1]/d', { host: '::1', port: 5432 }],
    [
      'a socket',
      'postgres://u:p@localhost/d?host=/run/pg&sslmode=verify-full',
      { host: '/run/pg', port: 5432 },
    ],
  ])('may lead to %s, without TLS', (_where, url, place) => {
    expect(read(url)).toEqual({ ...plain, database: 'd', ...place });
  });

  it('has names and passwords in which anything may stand', () => {
    expect(read('postgresql://a%40b:p%2F%3A%25@db/x%20y?sslmode=disable')).toMatchObject({
      user: 'a@b',
      password: 'p/:%',
      database: 'x y',
    });
  });

  it('may leave the password to a file beside it', () => {
    expect(read('postgresql://u@db/d?sslmode=disable&passwordFile=secret').password).toBe('from a file');
    expect(read('postgresql://u@db/d?sslmode=disable')).not.toHaveProperty('password');
  });

  test.each([
    ['no URL', 'hunter2', 'holds no URL of one database'],
    ['that of another database', 'mysql://u:hunter2@db/d', 'holds no URL of one database'],
    ['several hosts', 'postgres://u:hunter2@a,b/d', 'holds no URL of one database'],
    ['a port that is none', 'postgres://u:hunter2@db:x/d', 'holds no URL of one database'],
    ['several lines', 'postgres://u:hunter2@db/d\nx', 'one line is expected'],
    ['no database', 'postgres://u:hunter2@db', 'names no database'],
    ['no user', 'postgres://db/d', 'names no user'],
    ['no host', 'postgres:///d', 'names no host'],
    ['a percent sign alone', 'postgres://u:hunter2%@db/d', 'write it %25'],
    [
      'a parameter that is not known',
      'postgres://u:hunter2@db/d?hunter2=1',
      'known are sslmode, sslrootcert',
    ],
    ['a way to fall back to clear text', 'postgres://u:hunter2@db/d?sslmode=prefer', 'best is verify-full'],
    ['a mode that every object has', 'postgres://u:hunter2@db/d?sslmode=toString', 'best is verify-full'],
    ['two wishes', 'postgres://u:hunter2@db/d?sslmode=disable&sslrootcert=ca.pem', 'do not go together'],
    ['an authority that is none', 'postgres://u:hunter2@db/d?sslrootcert=secret', 'holds no PEM certificate'],
  ])('is refused with %s, without a word of its content', (_what, url, message) => {
    const said = refusal(() => read(url));
    expect(said).toContain(message);
    expect(said).not.toContain('hunter2');
  });
});

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  throw new Error('not refused');
}

describe('the file with it', () => {
  it('is refused when others may read it', () => {
    write('url', 'postgres://u:p@db/d', 0o640);
    expect(() => databaseIn(file)).toThrow(/may be read by others \(mode 640\): chmod 600 it/);
  });

  it('is refused when it is the URL itself, without a word of it', () => {
    const said = refusal(() => databaseIn('postgresql://u:hunter2@db/d'));
    expect(said).toMatch(/HOLDFAST_DATABASE is a URL/);
    expect(said).not.toContain('hunter2');
  });

  it('is read anew each time, and counts as before while it cannot be read', () => {
    write('url', 'postgres://u:p@db/holdfast?sslmode=disable');
    const access = databaseIn(file);
    write('url', 'postgres://u:p@other/holdfast?sslmode=disable');
    expect(access().host).toBe('other');
    rmSync(file);
    expect(access().host).toBe('other');
  });
});
