import { known, unknown, type Fact, type Reading } from '../../core/fact.js';
import type { CloudCredential, ModelUser } from '../../core/snapshot.js';
import { branch, defined, text, type Branch } from '../status/json.js';
import { entriesOf, refused, timeIn } from './answer.js';
import { isUserName, type OnBadName } from './names.js';
import { detailsOf, type ModelDetails } from './read-models.js';

/** What `ModelManager.ModelInfo` tells of one model. */
export interface ModelInformation {
  readonly details: ModelDetails | undefined;
  readonly users: Fact<readonly ModelUser[]>;
  readonly credential: Fact<CloudCredential>;
  /** The credential as later calls want it named, or `''`. */
  readonly credentialTag: string;
}

/** Reads the answer for one model. Who is no superuser sees only himself among the users. */
export function readModelInfo(
  reading: Reading,
  answer: unknown,
  { superuser, onBadName }: { readonly superuser: boolean; readonly onBadName: OnBadName },
): ModelInformation {
  const [entry] = entriesOf(reading, answer);
  if (entry === undefined || 'error' in entry) {
    const gap = refused(reading, entry?.error, 'model read');
    return { details: undefined, users: gap, credential: gap, credentialTag: '' };
  }
  const { result } = entry;
  const users = usersOf(result['users'], onBadName);
  return {
    details: { ...detailsOf(result), ...(superuser ? {} : readerAmong(users)) },
    users: superuser
      ? known(reading, users)
      : unknown(reading, 'Juju shows all users of a model to superusers only', 'controller superuser'),
    credential: credentialOf(reading, result),
    credentialTag: text(result['cloud-credential-tag']),
  };
}

/** The one who asks; nobody where it is not clear who of several that is. */
function readerAmong([only, ...others]: readonly ModelUser[]): Pick<ModelDetails, 'reader'> {
  if (only === undefined || others.length > 0) return {};
  return { reader: { name: only.name, access: only.access } };
}

function usersOf(raw: unknown, onBadName: OnBadName): readonly ModelUser[] {
  const users: ModelUser[] = [];
  for (const item of Array.isArray(raw) ? (raw as unknown[]) : []) {
    const { user, access, 'last-connection': seen } = branch(item);
    const name = text(user);
    if (isUserName(name))
      users.push(defined<ModelUser>({ name, access: text(access), lastConnection: timeIn(seen) }));
    else onBadName('user', name);
  }
  return users.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function credentialOf(reading: Reading, raw: Branch): Fact<CloudCredential> {
  const parts = text(raw['cloud-credential-tag'])
    .replace(/^cloudcred-/, '')
    .split('_')
    .map((part) => part.replaceAll('%5f', '_'));
  const [cloud, owner, name] = parts;
  if (cloud === undefined || owner === undefined || name === undefined)
    return unknown(reading, 'Juju names no cloud credential for this model');
  const validity = raw['cloud-credential-validity'];
  const valid = typeof validity === 'boolean' ? validity : undefined;
  return known(reading, defined<CloudCredential>({ name, owner, cloud, authType: undefined, valid }));
}

/** The credential's auth type from a `Cloud.Credential` answer. Its attributes are not looked at, not even public ones. */
export function readAuthType(reading: Reading, answer: unknown): string | undefined {
  const [entry] = entriesOf(reading, answer);
  if (entry === undefined || 'error' in entry) return undefined;
  return text(entry.result['auth-type']) || undefined;
}
