import { dirname, resolve } from 'node:path';
import { InputError } from '../core/input-error.js';
import type { DatabaseAccess } from '../core/ports/index.js';
import { tlsFrom } from './database-tls.js';
import { secretIn } from './secret-file.js';

/** Parameters of the URL; the first two are as PostgreSQL's own clients know them. */
const known = ['sslmode', 'sslrootcert', 'host', 'passwordFile'] as const;

/** What the URL says after its question mark. */
export type DatabaseParameters = Partial<Record<(typeof known)[number], string>>;

/**
 * Reads how to reach the journal's database. The function returned reads it anew: after a failover or a change of the
 * password the file is another. One that cannot be read then counts for nothing.
 * @throws InputError that never quotes the content.
 */
export function databaseIn(file: string): () => DatabaseAccess {
  if (/^postgres(ql)?:/i.test(file))
    throw new InputError(
      'HOLDFAST_DATABASE is a URL, which others could see: write it into a file of mode 0600, and name that file',
    );
  let last = readDatabase(file);
  return () => {
    try {
      last = readDatabase(file);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
    }
    return last;
  };
}

/** @throws InputError that never quotes the content. */
function readDatabase(file: string): DatabaseAccess {
  const url = parse(secretIn(file), file);
  const parameters = parametersOf(url, file);
  const decoded = decoderFor(file);
  const host = parameters.host ?? decoded(url.hostname).replace(/^\[(.*)\]$/, '$1');
  const access = {
    host: needed(host, 'host', file),
    port: url.port === '' ? 5432 : Number(url.port),
    database: needed(decoded(url.pathname.slice(1)), 'database', file),
    user: needed(decoded(url.username), 'user', file),
  };
  const password = passwordOf(parameters, file) ?? decoded(url.password);
  const tls = tlsFrom(parameters, host, file);
  return { ...access, ...(password === '' ? {} : { password }), ...(tls === undefined ? {} : { tls }) };
}

function passwordOf({ passwordFile }: DatabaseParameters, file: string): string | undefined {
  return passwordFile === undefined ? undefined : secretIn(resolve(dirname(file), passwordFile));
}

/** The parser's own error holds the text that it stumbled over: it is left out. */
function parse(text: string, file: string): URL {
  const url = /^postgres(ql)?:\/\//.test(text) ? URL.parse(text) : null;
  if (url === null || url.hostname.includes(','))
    throw new InputError(
      `${file} holds no URL of one database: write postgresql://USER:PASSWORD@HOST:PORT/DATABASE, ` +
        'with what has a meaning in a URL written as in %40 for @',
    );
  return url;
}

function parametersOf({ searchParams }: URL, file: string): DatabaseParameters {
  const names: readonly string[] = known;
  for (const name of searchParams.keys())
    if (!names.includes(name))
      throw new InputError(
        `${file}: the URL has a parameter that is not known here; known are ${known.join(', ')}`,
      );
  return Object.fromEntries(searchParams);
}

function decoderFor(file: string): (text: string) => string {
  return (text) => {
    try {
      return decodeURIComponent(text);
    } catch {
      throw new InputError(`${file}: in the URL a percent sign stands alone: write it %25`);
    }
  };
}

function needed(text: string, what: string, file: string): string {
  if (text === '')
    throw new InputError(
      `${file}: the URL names no ${what}: write postgresql://USER:PASSWORD@HOST:PORT/DATABASE`,
    );
  return text;
}
