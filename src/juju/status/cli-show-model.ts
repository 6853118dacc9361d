import { known, unknown, type Fact, type Reading } from '../../core/fact.js';
import type { CloudCredential, ModelInfo, ModelUser } from '../../core/snapshot.js';
import { readModelUsers } from './cli-users.js';
import { branch, defined, isBranch, text, textOr, type Branch } from './json.js';

/** A model in the list that `juju models` prints, or in `juju show-model`: both have the same keys. */
export interface ListedModel {
  /** Without its owner. */
  readonly name: string;
  readonly owner: string;
  readonly details: Pick<ModelInfo, 'uuid' | 'provider' | 'owner' | 'isController' | 'life' | 'migration'>;
}

/** Up to 3.x the owner stands apart, since 4.0 in front of the name only. */
export function listedModel(raw: Branch): ListedModel {
  const full = text(raw['name']);
  const slash = full.indexOf('/');
  const owner = slash < 0 ? text(raw['owner']) : full.slice(0, slash);
  const details = defined<ListedModel['details']>({
    uuid: textOr(raw['model-uuid']),
    provider: textOr(raw['type']),
    owner: owner === '' ? undefined : owner,
    isController: typeof raw['is-controller'] === 'boolean' ? raw['is-controller'] : undefined,
    life: textOr(raw['life']),
    migration: migrationOf(branch(raw['status'])),
  });
  return { name: full.slice(slash + 1), owner, details };
}

/** A migration that has not ended yet. */
function migrationOf(status: Branch): string | undefined {
  return textOr(status['migration-end']) === undefined ? textOr(status['migration']) : undefined;
}

/** What `juju show-model` tells beside the list. */
export interface ShownModel {
  readonly users: Fact<readonly ModelUser[]>;
  readonly credential: Fact<CloudCredential>;
}

/** Who is no superuser sees only himself among the users. */
export function shownModel(reading: Reading, value: unknown, superuser: boolean): ShownModel {
  const [only] = Object.values(branch(value));
  const raw = branch(only);
  const users = superuser
    ? readModelUsers(reading, raw['users'])
    : unknown(reading, 'Juju shows all users of a model to superusers only', 'controller superuser');
  return { users, credential: credentialOf(reading, raw['credential']) };
}

function credentialOf(reading: Reading, raw: unknown): Fact<CloudCredential> {
  if (!isBranch(raw)) return unknown(reading, 'Juju names no cloud credential for this model');
  const validity = text(raw['validity-check']);
  const credential = defined<CloudCredential>({
    name: text(raw['name']),
    owner: text(raw['owner']),
    cloud: text(raw['cloud']),
    authType: undefined,
    valid: validity === '' ? undefined : validity === 'valid',
  });
  return known(reading, credential);
}
