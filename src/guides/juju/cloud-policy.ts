import { z } from 'zod';
import { cloudPolicyDifference, type CloudPolicyDifference } from '../../core/cloud-policy/difference.js';
import type { CloudPermissions } from '../../core/cloud-policy/grants.js';
import { defineControl } from '../../core/control.js';
import type { ModelView } from '../../core/evaluate/view.js';
import { isKnown, type Known } from '../../core/fact.js';
import {
  evidenceOf,
  fail,
  manual,
  notApplicable,
  notSeen,
  pass,
  sourceText,
  unsettled,
  type Evidence,
  type Judgement,
} from '../../core/judgement.js';
import { cloudPoliciesFor, type HandedCloudPolicy } from '../../core/policy/cloud-policies.js';
import type { CloudCredential } from '../../core/snapshot.js';
import { clean, listed } from '../../core/text.js';
import { attestationReasons, byStatement } from '../shared/attestation.js';
import { lookup } from '../shared/lookup.js';
import { duration } from '../shared/params.js';
import { documents } from './documents.js';
import { isKubernetes, providerOf } from './provider.js';

const wanted = 'all that Juju needs, and no wildcard over a service, owner or admin';

export const cloudPolicy = defineControl({
  id: 'JUJU-CRED-04',
  title: "The cloud user's permissions are what Juju needs",
  severity: 'medium',
  section: 'Cloud credentials',
  rationale:
    'Too few permissions stop Juju half-way; too many make the controller the key to the whole account.',
  references: [
    documents.etcdGuide,
    documents.harden,
    documents.credentials,
    documents.postgresqlGuide,
    documents.supportedClouds,
  ],
  evidence: ['A', 'J'],
  scope: 'model',
  params: z.object({
    age: duration('365d').meta({
      description: 'How long ago a statement in place of a document may have been made, as in 365d.',
    }),
  }),
  reasons: {
    AttestationExpired: attestationReasons.AttestationExpired,
    AttestationOld: attestationReasons.AttestationOld,
    PermissionsTooWide:
      'The account holds wildcards over whole services, or rights with which it can give itself any other.',
    PermissionsMissing: 'The account lacks permissions that Juju needs.',
    ConditionNotUnderstood:
      'Whether a permission holds depends on a condition, on resources, or on a role whose contents are not known.',
    CloudPolicyNotHandedIn:
      "Juju does not show the cloud user's permissions, and the policy names no document of them.",
    CloudPolicyNotSeen:
      "Juju does not show the cloud user's permissions, and what it needs on this cloud is not known to Holdfast.",
    ProviderNotSeen: "The model's cloud provider is not shown.",
    JudgedOnKubernetes: 'On Kubernetes the permissions are judged by the controls of the kubernetes guide.',
  },
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    "Save the policy of the cloud user (AWS: 'aws iam get-policy-version'; Azure: 'az role definition list --name ROLE'; Google: the " +
    "account's bindings of 'gcloud projects get-iam-policy'; OpenStack: 'openstack role assignment list --user USER --names -f json') " +
    "and name the file under cloudPolicies. Add what the finding lists as missing, and replace what it lists as too wide by the permissions in Juju's page of that cloud.",
  hazards: [
    'Removing a permission that Juju needs shows only when the next machine is made.',
    'What limits the account from outside the document (permission boundaries, organisation policies, scopes of role assignments) is not seen.',
  ],
  evaluate(view, context) {
    const { cloudPolicies = [], knowledge } = context;
    const stated = (otherwise: Judgement): Judgement =>
      byStatement(context, { what: statedWhat, control: 'JUJU-CRED-04', age: context.params.age, otherwise });
    if (isKubernetes(view)) return notApplicable('JudgedOnKubernetes', 'judged by the kubernetes guide');
    const fact = view.get('credential');
    if (!isKnown(fact)) return notSeen(fact, wanted);
    const provider = providerOf(view);
    if (provider === undefined)
      return unsettled('ProviderNotSeen', "the model's cloud provider is not shown");
    const needed = lookup(knowledge.cloudPermissions, provider);
    if (needed === undefined) return stated(notKnown(fact));
    const place = placeOf(view, fact.value);
    const handed = cloudPoliciesFor(cloudPolicies, place).filter(({ kind }) => kind === needed.kind);
    if (handed.length === 0) return stated(notHandedIn(fact, place, needed));
    const judgement = judged(handed, needed, fact.value);
    return judgement.outcome === 'unknown' ? stated(judgement) : judgement;
  },
});

const statedWhat = "that the cloud user's permissions are what Juju needs";

interface Place {
  readonly controller: string;
  readonly cloud: string;
  readonly credential: string;
}

function placeOf({ target }: ModelView, { cloud, name }: CloudCredential): Place {
  return { controller: target.controller ?? '', cloud, credential: name };
}

function notKnown(fact: Known<CloudCredential>): Judgement {
  const label = labelOf(fact.value);
  const message = `the permissions on the cloud are not shown by Juju; look at those of ${label}`;
  return manual('CloudPolicyNotSeen', message, evidenceOf(fact, label, 'an attestation'));
}

function notHandedIn(
  fact: Known<CloudCredential>,
  { controller, cloud, credential }: Place,
  { kind }: CloudPermissions,
): Judgement {
  const place = { ...(controller === '' ? {} : { controller }), cloud, credential };
  const match = Object.entries(place).map(([key, name]) => `${key}: ${JSON.stringify(name)}`);
  const line = `cloudPolicies: [{ match: { ${match.join(', ')} }, kind: ${kind}, file: FILE }]`;
  const message = `the permissions on the cloud are not shown by Juju; hand in a document of them in the policy: ${line}`;
  return unsettled('CloudPolicyNotHandedIn', message, evidenceOf(fact, labelOf(fact.value), wanted));
}

function judged(
  handed: readonly HandedCloudPolicy[],
  needed: CloudPermissions,
  credential: CloudCredential,
): Judgement {
  const grants = handed.flatMap((one) => one.grants);
  const difference = cloudPolicyDifference(grants, needed);
  const seen = handed.map((one) => evidenceFrom(one, difference));
  const message = `${labelOf(credential)}: ${sentence(difference)}`;
  if (difference.tooWide.length > 0) return fail('PermissionsTooWide', message, ...seen);
  if (difference.missing.length > 0) return fail('PermissionsMissing', message, ...seen);
  if (difference.unclear.length > 0) return unsettled('ConditionNotUnderstood', message, ...seen);
  return pass(message, ...seen);
}

function evidenceFrom({ file, written }: HandedCloudPolicy, difference: CloudPolicyDifference): Evidence {
  const source = sourceText({ road: 'policy', call: `cloudPolicies ${file}` });
  return { source, observedAt: written, seen: sentence(difference), wanted };
}

/** How many names of each kind are shown. */
const most = 50;

function sentence({ tooWide, missing, unclear, extra }: CloudPolicyDifference): string {
  const parts = [
    ['too wide', tooWide],
    ['missing', missing],
    ['cannot be told', unclear],
    ['not needed', extra],
  ] as const;
  const told = parts.filter(([, names]) => names.length > 0);
  if (told.length === 0) return 'grants what Juju needs';
  return told.map(([what, names]) => `${what}: ${clean(listed(names, most))}`).join('; ');
}

function labelOf({ cloud, owner, name }: CloudCredential): string {
  return `credential ${cloud}/${owner}/${name}`;
}
