import { describe, expect, test } from '@jest/globals';
import { messages, verdicts } from '../../../test/support/verdicts.js';
import { judge, prod } from '../../../test/support/world.js';
import type { OwnPlace } from '../../core/snapshot.js';
import { ourOwnLevels } from './self.js';

const identities = [{ role: 'observer', user: 'watch', access: 'login' }];

describe('JUJU-SELF-01 where we run', () => {
  const shut: OwnPlace = {
    files: [
      { what: 'the policy', mode: 0o644, secret: false },
      { what: 'the journal', mode: 0o600, secret: true },
    ],
    page: { reach: 'loopback', encrypted: false },
  };
  const at = (place: Partial<OwnPlace>) => prod({ self: { identities, place: { ...shut, ...place } } });
  const policy = { what: 'the policy', secret: false };

  test.each<[string, Partial<OwnPlace>, string, string]>([
    [
      'a policy that others read, a journal of our own and a page on loopback pass',
      {},
      'pass AsRequired',
      '',
    ],
    [
      'a policy that a group may write fails',
      { files: [{ ...policy, mode: 0o664 }] },
      'fail OwnFilesOpen',
      'the policy may be written by others (mode 664)',
    ],
    [
      'a journal that others may read fails',
      { files: [{ what: 'the journal', mode: 0o604, secret: true }] },
      'fail OwnFilesOpen',
      'the journal may be read by others (mode 604)',
    ],
    [
      'a page for the network without TLS fails',
      { page: { reach: 'network', encrypted: false } },
      'fail OwnPageInTheClear',
      'without TLS',
    ],
    [
      'a page for the network with TLS passes',
      { page: { reach: 'network', encrypted: true } },
      'pass AsRequired',
      '',
    ],
  ])('%s', (_, place, expected, message) => {
    const found = judge(ourOwnLevels, at(place));
    expect(verdicts(found)).toEqual([expected]);
    expect(messages(found)).toContain(message);
  });
});
