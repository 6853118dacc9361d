import { z } from 'zod';
import { defineControl } from '../../core/control.js';
import { isKnown } from '../../core/fact.js';
import { evidenceOf, manual, notSeen } from '../../core/judgement.js';
import { documents } from './documents.js';
import { isJujusOwn, isLocalUser } from './identities.js';

/** Controls on passwords, of which Juju keeps no date: a person attests. */

export const passwordRotation = defineControl({
  id: 'JUJU-USER-04',
  title: 'User credentials are rotated regularly',
  severity: 'medium',
  section: 'Juju users',
  rationale: 'A password that leaked unnoticed is of use only until it is changed.',
  references: [documents.etcdGuide, documents.users],
  evidence: ['N', 'A', 'J'],
  scope: 'controller',
  params: z.object({}),
  reasons: { PasswordAgeNotKept: 'Juju keeps no date of a password change, so a person has to attest it.' },
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    "For each user: run 'juju change-user-password -c CONTROLLER USER', store the new password as a Juju secret or in a password " +
    'manager, end the sessions that still run with the old one, and attest the date.',
  hazards: [
    'A password change ends no session: who is logged in stays so until his login is 24 hours old or the user is disabled for a moment.',
    "Changing one's own password replaces the stored one by a login of 24 hours.",
  ],
  evaluate(view) {
    const fact = view.get('users');
    const wanted = 'an attested rotation of every enabled user';
    if (!isKnown(fact)) return notSeen(fact, wanted);
    const rotating = fact.value.filter(
      ({ name, disabled }) => !disabled && isLocalUser(name) && !isJujusOwn(name),
    );
    const message = `Juju keeps no date of a password change; attest the rotation of ${rotating.length} users`;
    return manual(
      'PasswordAgeNotKept',
      message,
      evidenceOf(fact, `${rotating.length} enabled local users`, wanted),
    );
  },
});

export const bootstrapPassword = defineControl({
  id: 'JUJU-USER-07',
  title: 'The password of the bootstrap administrator was changed',
  severity: 'medium',
  section: 'Juju users',
  rationale:
    "Bootstrapping makes the user admin with a password that lies in the bootstrapping machine's files.",
  references: [documents.harden, documents.users],
  evidence: ['A', 'J'],
  scope: 'controller',
  params: z.object({}),
  reasons: {
    PasswordChangeNotKept: "Juju's API does not tell whether a password was changed since bootstrap.",
    BootstrapUserDisabled: 'The user admin is disabled, so its password opens nothing.',
  },
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    "Run 'juju change-user-password -c CONTROLLER admin', or disable the user admin once another superuser exists. The audit log " +
    'on the controller machines shows the change (UserManager.SetPassword). Attest the date.',
  hazards: ['The last enabled superuser must stay.'],
  evaluate(view) {
    const fact = view.get('users');
    const wanted = 'changed since bootstrap';
    if (!isKnown(fact)) return notSeen(fact, wanted);
    const admin = fact.value.find(({ name }) => name === 'admin');
    if (admin?.disabled === true) {
      const seen = evidenceOf(fact, 'admin is disabled', wanted);
      return {
        outcome: 'pass',
        reason: 'BootstrapUserDisabled',
        message: 'the user admin is disabled',
        evidence: [seen],
      };
    }
    const message =
      'whether the password of admin was changed is seen only in the audit log of the controller; attest it';
    return manual('PasswordChangeNotKept', message, evidenceOf(fact, 'no date', wanted));
  },
});
