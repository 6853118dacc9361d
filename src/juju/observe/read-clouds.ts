import { newDict, type Dict } from '../../core/dict.js';
import { known, type Known, type Reading } from '../../core/fact.js';
import type { CloudState } from '../../core/snapshot.js';
import { branch, isBranch, text, type Branch } from '../status/json.js';
import { afterTag, entriesOf } from './answer.js';
import { isUserName } from './names.js';

/** Tags of the clouds in a `Cloud.Clouds` answer, in a stable order. */
export function cloudTags(answer: unknown): readonly string[] {
  return Object.keys(branch(branch(answer)['clouds'])).sort();
}

/** A `Cloud.CloudInfo` answer to the question for these tags; a superuser sees every user of every cloud. */
export function readClouds(
  reading: Reading,
  answer: unknown,
  tags: readonly string[],
): Known<Dict<CloudState>> {
  const clouds = newDict<CloudState>();
  entriesOf(reading, answer).forEach((entry, index) => {
    const name = afterTag(tags[index], 'cloud');
    if ('result' in entry && name !== '') clouds[name] = cloudOf(entry.result);
  });
  return known(reading, clouds);
}

function cloudOf(raw: Branch): CloudState {
  // Descriptions of the API nest the details; the wire has them beside the users.
  const details = isBranch(raw['CloudDetails']) ? raw['CloudDetails'] : raw;
  const users = newDict<string>();
  for (const item of Array.isArray(raw['users']) ? (raw['users'] as unknown[]) : []) {
    const { user, access } = branch(item);
    const name = text(user);
    if (isUserName(name)) users[name] = text(access);
  }
  return { type: text(details['type']), users };
}
