import { dirname, resolve } from 'node:path';
import { InputError } from '../core/input-error.js';
import type { DatabaseTls } from '../core/ports/index.js';
import type { DatabaseParameters } from './database.js';
import { certificatesIn } from './pem-file.js';

/** What `sslmode` asks of the server's certificate where no authority is named; undefined: no TLS. */
const modes = {
  disable: undefined,
  require: 'nothing',
  'verify-ca': 'authority',
  'verify-full': 'name',
} as const;

/**
 * What goes to another machine is verified in full unless the URL says otherwise, and whoever names an authority has
 * the certificate held against it. `sslmode` as in https://www.postgresql.org/docs/current/libpq-ssl.html; those that
 * let an attacker choose clear text are refused.
 * @throws InputError
 */
export function tlsFrom(given: DatabaseParameters, host: string, file: string): DatabaseTls | undefined {
  if (host.startsWith('/')) return undefined;
  const { sslrootcert } = given;
  const mode =
    given.sslmode ?? (sslrootcert === undefined && isThisMachine(host) ? 'disable' : 'verify-full');
  if (!isMode(mode))
    throw new InputError(`${file}: sslmode can be ${Object.keys(modes).join(', ')}; best is verify-full`);
  const check = modes[mode];
  if (sslrootcert === undefined) return check && { check };
  if (check === undefined)
    throw new InputError(`${file}: sslmode=disable and sslrootcert do not go together: leave sslmode out`);
  const ca = certificatesIn(resolve(dirname(file), sslrootcert));
  return { check: check === 'nothing' ? 'authority' : check, ca };
}

function isMode(mode: string): mode is keyof typeof modes {
  return Object.hasOwn(modes, mode);
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}
