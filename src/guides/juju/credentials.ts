import { z } from 'zod';
import { defineControl } from '../../core/control.js';
import { isKnown, valueOf } from '../../core/fact.js';
import { evidenceOf, fail, manual, notApplicable, notSeen, pass, unsettled } from '../../core/judgement.js';
import type { CloudCredential } from '../../core/snapshot.js';
import { attestationReasons, byStatement } from '../shared/attestation.js';
import { lookup } from '../shared/lookup.js';
import { duration } from '../shared/params.js';
import { documents } from './documents.js';

const section = 'Cloud credentials';
const references = [documents.etcdGuide, documents.harden, documents.credentials] as const;

/** The kind of credential that stores no key, by provider; the other clouds have none. */
const keyless: Readonly<Record<string, string>> = {
  ec2: 'instance-role',
  azure: 'managed-identity',
  gce: 'service-account',
};

export const keylessCredential = defineControl({
  id: 'JUJU-CRED-01',
  title: 'The cloud credential stores no long-lived key where the cloud has such a kind',
  severity: 'medium',
  section,
  rationale: 'A role of the controller machine cannot be copied from a file, and the cloud rotates its keys.',
  references,
  evidence: ['J'],
  scope: 'model',
  params: z.object({}),
  reasons: {
    LongLivedKey: 'The credential is a stored key although the cloud has a kind without one.',
    NoKeylessKind: 'The cloud has no kind of credential without a stored key.',
    ProviderNotSeen: "The model's cloud provider is not shown.",
    AuthTypeNotSeen: 'The kind of the credential is not shown.',
  },
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    'Give the controller machines an instance role (AWS), a managed identity (Azure) or a service account (Google), add a credential ' +
    "of that kind with 'juju add-credential', try it in a new model, then run 'juju set-credential' on each model.",
  hazards: ['A role that lacks a permission stops Juju from making machines in every model that uses it.'],
  evaluate(view) {
    const fact = view.get('credential');
    const provider = valueOf(view.get('info'))?.provider;
    if (provider === undefined)
      return unsettled('ProviderNotSeen', "the model's cloud provider is not shown");
    const wanted = lookup(keyless, provider);
    if (wanted === undefined)
      return notApplicable('NoKeylessKind', `${provider} has no kind of credential without a stored key`);
    if (!isKnown(fact)) return notSeen(fact, wanted);
    const { authType, name } = fact.value;
    const seen = evidenceOf(fact, `${name}: ${authType ?? 'kind not shown'}`, wanted);
    if (authType === undefined)
      return unsettled('AuthTypeNotSeen', `the kind of credential ${name} is not shown`, seen);
    if (authType === wanted) return pass(`credential ${name} is of kind ${authType}`, seen);
    return fail('LongLivedKey', `credential ${name} is of kind ${authType}; ${provider} has ${wanted}`, seen);
  },
});

export const validCredential = defineControl({
  id: 'JUJU-CRED-02',
  title: 'The cloud credential is valid',
  severity: 'high',
  section,
  rationale: 'With an invalid or revoked credential Juju can neither replace a machine nor close a port.',
  references,
  evidence: ['J'],
  scope: 'model',
  params: z.object({}),
  reasons: {
    CredentialInvalid: 'The cloud refuses the credential, or it was revoked.',
    ValidityNotSeen: 'Whether the credential is valid is not shown.',
  },
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    "Make a new key on the cloud, then run 'juju update-credential CLOUD NAME -f FILE -c CONTROLLER' without --force, so that Juju tries it " +
    'on every model that uses it. Delete the old key on the cloud afterwards.',
  hazards: ['--force stores a credential without trying it.'],
  evaluate(view) {
    const fact = view.get('credential');
    if (!isKnown(fact)) return notSeen(fact, 'valid');
    const label = labelOf(fact.value);
    const { valid } = fact.value;
    if (valid === undefined)
      return unsettled(
        'ValidityNotSeen',
        `whether ${label} is valid is not shown`,
        evidenceOf(fact, label, 'valid'),
      );
    const seen = evidenceOf(fact, `${label}: ${valid ? 'valid' : 'invalid'}`, 'valid');
    return valid
      ? pass(`${label} is valid`, seen)
      : fail('CredentialInvalid', `${label} is invalid or revoked`, seen);
  },
});

export const rotatedCredential = defineControl({
  id: 'JUJU-CRED-03',
  title: 'The cloud credential is rotated',
  severity: 'medium',
  section,
  rationale: 'A key that leaked unnoticed is of use only until it is changed.',
  references,
  evidence: ['A', 'J'],
  scope: 'model',
  params: z.object({
    age: duration('180d').meta({ description: 'How long ago the key may have been made, as in 180d.' }),
  }),
  reasons: {
    CredentialAgeNotKept:
      "Juju keeps no date of a credential; the cloud's own date or an attestation is needed.",
    AttestationExpired: attestationReasons.AttestationExpired,
    AttestationOld: attestationReasons.AttestationOld,
    NothingToRotate: 'The credential stores no key: the cloud rotates what the machine is given.',
  },
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    'Rotate the key as in JUJU-CRED-02 and attest the date, or attest the date that the cloud shows for the key.',
  hazards: ['Other controllers may use the same key.'],
  evaluate(view, context) {
    const fact = view.get('credential');
    if (!isKnown(fact)) return notSeen(fact, 'an attestation');
    const { authType = '' } = fact.value;
    const label = labelOf(fact.value);
    if (storesNoKey.has(authType))
      return notApplicable('NothingToRotate', `${label} is of kind ${authType}, which stores no key`);
    const message = `Juju keeps no date of a credential; attest the rotation of ${label} (attestations, match: { control: JUJU-CRED-03 })`;
    const otherwise = manual('CredentialAgeNotKept', message, evidenceOf(fact, label, 'an attestation'));
    const what = `when ${label} was last rotated`;
    return byStatement(context, { what, control: 'JUJU-CRED-03', age: context.params.age, otherwise });
  },
});

/** A service account of Google is kept with its key, unless the machine itself has one. */
const storesNoKey: ReadonlySet<string> = new Set(['instance-role', 'managed-identity', 'empty']);

function labelOf({ cloud, owner, name }: CloudCredential): string {
  return `credential ${cloud}/${owner}/${name}`;
}
