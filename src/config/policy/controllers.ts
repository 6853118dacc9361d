import { resolve } from 'node:path';
import { InputError } from '../../core/input-error.js';
import type { ControllerAccess, Credentials } from '../../core/policy/policy.js';
import type { Mistake } from '../mistakes.js';
import { certificatesIn } from '../pem-file.js';
import { readCredentials, type CredentialsFile } from './credentials.js';
import type { PolicyFile } from './schema.js';

type ControllerEntry = NonNullable<PolicyFile['controllers']>[number];
type Writable<T> = { -readonly [K in keyof T]: T[K] };
type Role = keyof ControllerEntry['identities'];

/** Where a controller stands in the policy, and where its troubles go. */
interface Place {
  /** Relative paths in the policy start here. */
  readonly folder: string;
  readonly path: string;
  readonly troubles: Mistake[];
}

const optional = ['auditor', 'prober', 'remediator'] as const satisfies readonly Role[];

/** The controller with all that its files hold: none when one of them cannot be used, and `troubles` says why. */
export function controllerAccess(entry: ControllerEntry, place: Place): readonly ControllerAccess[] {
  const observer = identity(entry, 'observer', place);
  const others = optional.map((role) => [role, identity(entry, role, place)] as const);
  const caCert = caCertificate(entry, place) ?? observer?.caCert;
  if (observer === undefined) return [];
  const addresses = entry.addresses ?? observer.addresses ?? [];
  if (addresses.length === 0) {
    place.troubles.push(`${place.path}.addresses is missing, and the credentials of observer name none`);
    return [];
  }
  const access: Writable<ControllerAccess> = { name: entry.name, addresses, observer: loginOf(observer) };
  for (const [role, found] of others) if (found !== undefined) access[role] = loginOf(found);
  if (caCert !== undefined) access.caCert = caCert;
  return [{ ...access, ...filesOf(entry, place) }];
}

/** Those that are read again while it is followed. */
function filesOf(
  { auditLogFile, caFile }: ControllerEntry,
  { folder }: Place,
): Pick<ControllerAccess, 'auditLogFile' | 'caFile'> {
  return {
    ...(auditLogFile === undefined ? {} : { auditLogFile: resolve(folder, auditLogFile) }),
    ...(caFile === undefined ? {} : { caFile: resolve(folder, caFile) }),
  };
}

function identity(entry: ControllerEntry, role: Role, place: Place): CredentialsFile | undefined {
  const named = entry.identities[role];
  if (named === undefined) return undefined;
  return attempt(place, `${place.path}.identities.${role}`, () =>
    readCredentials(resolve(place.folder, named.credentialsFile)),
  );
}

function caCertificate(entry: ControllerEntry, place: Place): string | undefined {
  const { caFile } = entry;
  if (caFile === undefined) return undefined;
  return attempt(place, `${place.path}.caFile`, () => certificatesIn(resolve(place.folder, caFile)));
}

/** The controller's CA as its file has it now: as it was, while the file cannot be used. */
export function currentCa({
  caCert,
  caFile,
}: Pick<ControllerAccess, 'caCert' | 'caFile'>): string | undefined {
  if (caFile === undefined) return caCert;
  try {
    return certificatesIn(caFile);
  } catch (error) {
    if (error instanceof InputError) return caCert;
    throw error;
  }
}

function attempt<T>(place: Place, path: string, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    place.troubles.push(`${path}: ${error.message}`);
    return undefined;
  }
}

function loginOf({ user, password, file }: CredentialsFile): Credentials {
  return { user, password, file };
}
