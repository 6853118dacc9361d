import { z } from 'zod';
import { defineControl, type Context } from '../../core/control.js';
import type { ControllerView } from '../../core/evaluate/view.js';
import { isKnown, valueOf } from '../../core/fact.js';
import { evidenceOf, manual, notSeen, pass, type Judgement } from '../../core/judgement.js';
import { attestationReasons, byStatement } from '../shared/attestation.js';
import { duration } from '../shared/params.js';
import { documents } from './documents.js';

export const controllerBackup = defineControl({
  id: 'JUJU-CTRL-10',
  title: 'The controller is backed up',
  severity: 'high',
  section: 'Harden the controller(s)',
  rationale: 'Without a backup the loss of the controller is the loss of the management of all models.',
  references: [documents.harden, documents.controllers],
  evidence: ['A', 'N'],
  scope: 'controller',
  params: z.object({
    age: duration('30d').meta({ description: 'How old the newest backup may be, as in 30d.' }),
  }),
  reasons: {
    BackupNotAttested: 'Juju keeps no list of backups, so a person has to attest the newest one.',
    AttestationExpired: attestationReasons.AttestationExpired,
    AttestationOld: attestationReasons.AttestationOld,
  },
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    "Run 'juju create-backup -m controller', keep the file off the controller and encrypted: it holds every credential. Rehearse the restore. Attest the date.",
  hazards: ['The file of a backup holds all cloud credentials and the CA key of the controller.'],
  evaluate(view, context) {
    const fact = view.get('info');
    const wanted = 'an attested backup, or one that the audit log shows';
    if (!isKnown(fact)) return notSeen(fact, wanted);
    const logged = loggedBackup(view, context, wanted);
    if (logged !== undefined) return logged;
    const message =
      'Juju keeps no list of backups; attest the newest one (attestations, match: { control: JUJU-CTRL-10 })';
    const otherwise = manual('BackupNotAttested', message, evidenceOf(fact, 'no list', wanted));
    const what = 'when the controller was last backed up';
    return byStatement(context, { what, control: 'JUJU-CTRL-10', age: context.params.age, otherwise });
  },
});

/** A backup that the audit log shows to have been made lately; undefined where it shows none. */
function loggedBackup(
  view: ControllerView,
  { params, time }: Context<{ readonly age: number }>,
  wanted: string,
): Judgement | undefined {
  const deeds = view.get('deeds');
  const made = deeds && valueOf(deeds)?.backup;
  if (deeds === undefined || made === undefined || time.isOlder(made, params.age)) return undefined;
  return pass(`the audit log shows a backup made ${made}`, evidenceOf(deeds, `made ${made}`, wanted));
}
