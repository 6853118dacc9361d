/** As whom etcd is asked for its users and roles. */
import { resolve } from 'node:path';
import { z } from 'zod';
import type { EtcdIdentity } from '../../core/evidence/etcd-users.js';
import { InputError } from '../../core/input-error.js';
import type { Mistake } from '../mistakes.js';
import { readTextFile, refuseReadableByOthers } from '../read-file.js';
import { readCredentials } from './credentials.js';
import { text } from './parts.js';

export const EtcdIdentityEntry = z
  .strictObject({
    caFile: text.meta({ description: "PEM file with the CA of etcd's own certificates." }),
    certFile: text.exactOptional().meta({
      description: 'PEM file with a client certificate; its common name is the user.',
    }),
    keyFile: text.exactOptional().meta({ description: 'PEM file with its key, of mode 0600.' }),
    credentialsFile: text.exactOptional().meta({
      description: 'YAML file of mode 0600 with username and password of a user of etcd.',
    }),
    port: z.int().min(1).max(65_535).exactOptional().meta({ description: '2379 unless given.' }),
  })
  .refine(({ certFile, keyFile }) => (certFile === undefined) === (keyFile === undefined), {
    error: 'certFile and keyFile belong together',
  })
  .refine(({ certFile, credentialsFile }) => certFile !== undefined || credentialsFile !== undefined, {
    error: 'name a user: by certFile and keyFile, or by credentialsFile',
  })
  .meta({
    description:
      'As whom etcd is asked for its users and roles, which it lists to users with the role root only.',
  });

interface Place {
  readonly folder: string;
  readonly path: string;
  readonly troubles: Mistake[];
}

/** Undefined where one of its files cannot be used: `troubles` says why. */
export function etcdIdentity(
  entry: z.output<typeof EtcdIdentityEntry>,
  { folder, path, troubles }: Place,
): EtcdIdentity | undefined {
  try {
    return identityIn(entry, (file) => resolve(folder, file));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    troubles.push(`${path}: ${error.message}`);
    return undefined;
  }
}

function identityIn(
  { caFile, certFile, keyFile, credentialsFile, port }: z.output<typeof EtcdIdentityEntry>,
  at: (file: string) => string,
): EtcdIdentity {
  const login = credentialsFile === undefined ? undefined : readCredentials(at(credentialsFile));
  return {
    ca: pemIn(at(caFile), 'CERTIFICATE'),
    ...(certFile === undefined ? {} : { cert: pemIn(at(certFile), 'CERTIFICATE') }),
    ...(keyFile === undefined ? {} : { key: pemIn(at(keyFile), 'PRIVATE KEY') }),
    ...(login === undefined ? {} : { user: login.user, password: login.password }),
    ...(port === undefined ? {} : { port }),
  };
}

function pemIn(file: string, kind: 'CERTIFICATE' | 'PRIVATE KEY'): string {
  const read = readTextFile(file);
  if (kind === 'PRIVATE KEY') refuseReadableByOthers(file, read);
  if (!new RegExp(`-----BEGIN (?:[A-Z]+ )?${kind}-----`).test(read.content))
    throw new InputError(`${file} holds no ${kind.toLowerCase()} in PEM form: name the file that has one`);
  return read.content;
}
