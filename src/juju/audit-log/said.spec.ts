import { describe, expect, it } from '@jest/globals';
import { saidWithoutValues } from './said.js';

describe('a command line from the audit log', () => {
  it.each([
    [
      'an integration stays whole',
      'juju remove-relation etcd:client ca',
      'juju remove-relation etcd:client ca',
    ],
    [
      'values are left out',
      'juju config pg admin-password=s3cret n=1',
      'juju config pg admin-password=… n=…',
    ],
    ['what was run stays unknown', 'juju exec --unit pg/0 -- cat /etc/shadow', 'juju exec --unit …'],
    ['parameters of actions go', 'juju run pg/0 set-password password=x', 'juju run pg/0 …'],
    ['a secret is only named', 'juju add-secret name token=abc', 'juju add-secret name …'],
    ['control characters become blanks', 'juju\u001b[2J deploy\nx', 'juju [2J deploy x'],
    ['clients that say nothing stay silent', '', ''],
  ])('%s', (_, what, said) => {
    expect(saidWithoutValues(what)).toBe(said);
  });

  it('is cut where it is very long', () => {
    expect(saidWithoutValues(`juju deploy ${'x'.repeat(5000)}`)).toHaveLength(201);
  });
});
