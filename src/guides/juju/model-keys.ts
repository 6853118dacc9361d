import { z } from 'zod';
import { defineControl } from '../../core/control.js';
import { isKnown } from '../../core/fact.js';
import { evidenceOf, fail, notSeen, pass } from '../../core/judgement.js';
import { names } from '../shared/params.js';
import { documents } from './documents.js';

export const knownKeys = defineControl({
  id: 'JUJU-MODEL-06',
  title: 'Only known SSH keys are on the machines',
  severity: 'high',
  section: 'Harden the model(s)',
  rationale:
    "A key in the model opens a shell with root's rights on all its machines, past Juju's users and audit log.",
  references: [documents.harden, documents.sshKeys],
  evidence: ['J'],
  scope: 'model',
  params: z.object({
    fingerprints: names().meta({ description: 'Fingerprints of the SSH keys that may be on the machines.' }),
  }),
  reasons: { UnknownSshKey: 'A key is on the machines whose fingerprint the policy does not name.' },
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    "Run 'juju ssh-keys -m MODEL' and find the owner of each key. Remove strangers with 'juju remove-ssh-key -m MODEL COMMENT' and look at what " +
    'they did. Name the fingerprints of the others in the policy.',
  hazards: ["Removing the key of the juju client (juju-client-key) breaks 'juju ssh' on Juju 3."],
  evaluate(view, { params }) {
    const fact = view.get('sshKeys');
    const wanted = `at most the ${params.fingerprints.length} declared keys`;
    if (!isKnown(fact)) return notSeen(fact, wanted);
    const unknown = fact.value.filter((key) => !params.fingerprints.includes(fingerprintOf(key)));
    const seen = evidenceOf(fact, fact.value.join('; ') || 'none', wanted);
    if (unknown.length === 0) return pass(`${fact.value.length} keys, all declared`, seen);
    return fail('UnknownSshKey', `not declared: ${unknown.join('; ')}`, seen);
  },
});

/** A comment may follow; it proves nothing. */
function fingerprintOf(key: string): string {
  return key.trim().split(/\s+/, 1)[0] ?? '';
}
