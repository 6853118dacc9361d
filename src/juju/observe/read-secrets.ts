import { known, type Known, type Reading } from '../../core/fact.js';
import type { SecretMeta } from '../../core/snapshot.js';
import { branch, defined, text, textOr, type Branch } from '../status/json.js';
import { afterTag, timeIn } from './answer.js';

/** A `Secrets.ListSecrets` answer without contents. */
export function readSecrets(reading: Reading, answer: unknown): Known<readonly SecretMeta[]> {
  const { results } = branch(answer);
  const secrets: SecretMeta[] = [];
  for (const item of Array.isArray(results) ? (results as unknown[]) : []) {
    const secret = secretOf(branch(item));
    if (secret.id !== '') secrets.push(secret);
  }
  return known(
    reading,
    secrets.sort((a, b) => (a.id < b.id ? -1 : 1)),
  );
}

function secretOf(raw: Branch): SecretMeta {
  const newest = newestRevision(raw['revisions']);
  return defined<SecretMeta>({
    id: text(raw['uri']).replace(/^secret:/, ''),
    owner: ownerOf(raw['owner-tag']),
    label: textOr(raw['label']),
    rotation: textOr(raw['rotate-policy']),
    nextRotation: timeIn(raw['next-rotate-time']),
    expires: timeIn(raw['latest-expire-time']),
    revisionCreated: timeIn(newest['create-time']),
    backend: textOr(newest['backend-name']),
  });
}

function newestRevision(raw: unknown): Branch {
  let newest = branch(undefined);
  for (const item of Array.isArray(raw) ? (raw as unknown[]) : []) {
    const revision = branch(item);
    if (Number(revision['revision'] ?? 0) >= Number(newest['revision'] ?? 0)) newest = revision;
  }
  return newest;
}

/** The owner as Juju's CLI shows it: an application, a unit, or `<model>`. */
function ownerOf(tag: unknown): string {
  const application = afterTag(tag, 'application');
  if (application !== '') return application;
  const unit = afterTag(tag, 'unit');
  if (unit !== '') return unit.replace(/-(\d+)$/, '/$1');
  return afterTag(tag, 'model') === '' ? text(tag) : '<model>';
}
