import { z } from 'zod';
import { defineControl } from '../../core/control.js';
import { isKnown, valueOf } from '../../core/fact.js';
import { evidenceOf, manual, notSeen, pass } from '../../core/judgement.js';
import { loggedChange } from './logged-passwords.js';
import { attestationReasons, byStatement } from '../shared/attestation.js';
import { documents } from './documents.js';

/** A control on a password of which Juju keeps no date: a person attests, or our own history shows it. */

export const bootstrapPassword = defineControl({
  id: 'JUJU-USER-07',
  title: 'The password of the bootstrap administrator was changed',
  severity: 'medium',
  section: 'Juju users',
  rationale:
    "Bootstrapping makes the user admin with a password that lies in the bootstrapping machine's files.",
  references: [documents.harden, documents.users],
  evidence: ['N', 'A', 'J'],
  scope: 'controller',
  params: z.object({}),
  reasons: {
    AttestationExpired: attestationReasons.AttestationExpired,
    PasswordChangeNotKept: "Juju's API does not tell whether a password was changed since bootstrap.",
    BootstrapUserDisabled: 'The user admin is disabled, so its password opens nothing.',
  },
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    "Run 'juju change-user-password -c CONTROLLER admin', or disable the user admin once another superuser exists. The audit log " +
    'on the controller machines shows the change (UserManager.SetPassword). Attest the date.',
  hazards: ['The last enabled superuser must stay.'],
  evaluate(view, context) {
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
    const changes = view.get('rotations');
    const change =
      changes &&
      valueOf(changes)?.find(({ user, application }) => user === 'admin' && application === undefined);
    if (changes !== undefined && change !== undefined)
      return pass(`Holdfast changed it ${change.at}`, evidenceOf(changes, `changed ${change.at}`, wanted));
    const logged = loggedChange(view, 'admin');
    if (logged !== undefined)
      return pass(
        `the audit log shows it changed ${logged.at}`,
        evidenceOf(logged.log, `changed ${logged.at}`, wanted),
      );
    const message =
      'whether the password of admin was changed is seen only in the audit log of the controller; attest it';
    const otherwise = manual('PasswordChangeNotKept', message, evidenceOf(fact, 'no date', wanted));
    const what = 'whether the password of admin was changed since bootstrap';
    return byStatement(context, { what, control: 'JUJU-USER-07', otherwise });
  },
});
