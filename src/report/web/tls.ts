/** The page's certificate, taken anew from its files when they change. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Server as HttpsServer, ServerOptions } from 'node:https';
import { createSecureContext } from 'node:tls';
import { InputError } from '../../core/input-error.js';
import type { TlsFiles } from '../../core/policy/web.js';
import type { Clock, Log } from '../../core/ports/index.js';

/** Files are looked at so often, ms: whatever puts them there may swap folders, which no watch would tell. */
const lookEvery = 10_000;

interface Pair {
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** @throws InputError */
export function tlsOptions(files: TlsFiles): ServerOptions {
  return { ...readPair(files), minVersion: 'TLSv1.2' };
}

export interface TlsWatch {
  /** Takes the certificate from other files from now on. */
  use(files: TlsFiles): void;
  /** Looks at once. */
  look(): void;
  stop(): void;
}

/** Serves with what the files hold; a pair that does not fit is told, and the one before stays in use. */
export function watchTls(
  server: HttpsServer,
  first: TlsFiles,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): TlsWatch {
  let files = first;
  let seen = digestOf(readPair(files));
  let cancel = (): void => undefined;
  const look = (): void => {
    try {
      const pair = readPair(files);
      const digest = digestOf(pair);
      if (digest === seen) return;
      seen = digest;
      createSecureContext(pair);
      server.setSecureContext(pair);
      log.info({ certFile: files.certFile }, 'serving with another certificate');
    } catch (error) {
      log.error({ error: error instanceof Error ? error.message : '' }, 'the certificate was not taken over');
    }
  };
  const again = (): void => {
    cancel = clock.after(lookEvery, () => {
      look();
      again();
    });
  };
  again();
  return {
    look,
    use: (next) => {
      files = next;
      look();
    },
    stop: () => {
      cancel();
    },
  };
}

function readPair({ certFile, keyFile }: TlsFiles): Pair {
  return { cert: read(certFile), key: read(keyFile) };
}

function read(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new InputError(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}`);
  }
}

function digestOf({ cert, key }: Pair): string {
  return createHash('sha256').update(cert).update(key).digest('hex');
}
