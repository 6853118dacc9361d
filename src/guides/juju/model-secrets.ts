import { z } from 'zod';
import { defineControl, type Context } from '../../core/control.js';
import { durationText } from '../../core/duration.js';
import { isKnown, type Known } from '../../core/fact.js';
import { evidenceOf, fail, manual, notSeen, pass, type Judgement } from '../../core/judgement.js';
import type { Profile } from '../../core/policy/policy.js';
import type { SecretMeta } from '../../core/snapshot.js';
import { duration } from '../shared/params.js';
import { documents } from './documents.js';
import { isKubernetes } from './provider.js';

export const secretBackend = defineControl({
  id: 'JUJU-MODEL-07',
  title: 'Secrets are kept in the backend that the policy names',
  severity: 'low',
  section: 'Harden the model(s)',
  rationale:
    "Juju's own backend keeps the secrets of machine models in the controller's database, where a backup holds them all.",
  references: [documents.harden, documents.secretBackends],
  evidence: ['J'],
  scope: 'model',
  params: z.object({
    backend: z.string().optional().meta({
      description:
        'Name of the secret backend that the model has to use; without it, the strict profile wants an external one for machine models.',
    }),
  }),
  reasons: {
    OtherBackend: 'Secrets are kept in another backend than the policy names.',
    SecretsInController: "Secrets of a machine model are kept in the controller's database.",
    BackendNotDeclared: 'The policy names no backend, so a person has to say whether this one suits.',
  },
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    "Add the backend with 'juju add-secret-backend', then on Juju 3 run 'juju model-config -m MODEL secret-backend=NAME', on Juju 4 " +
    "'juju model-secret-backend NAME'. Secrets move with their next revision.",
  hazards: ['While the backend is away, no application can read its secrets.'],
  evaluate(view, { params: { backend }, profile }) {
    const fact = view.get('secretBackend');
    if (!isKnown(fact)) return notSeen(fact, backend ?? 'an external backend');
    return backend === undefined ? undeclared(fact, isKubernetes(view), profile) : declared(fact, backend);
  },
});

function declared(fact: Known<string>, backend: string): Judgement {
  const seen = evidenceOf(fact, fact.value, backend);
  if (fact.value === backend) return pass(`secrets are kept in ${backend}`, seen);
  return fail('OtherBackend', `secrets are kept in ${fact.value}, not in ${backend}`, seen);
}

/** `auto` is the controller's database on machine models, and the cluster's secrets on Kubernetes. */
function undeclared(fact: Known<string>, kubernetes: boolean, profile: Profile): Judgement {
  const seen = evidenceOf(fact, fact.value, 'a declared or external backend');
  const inController = fact.value === 'internal' || (fact.value === 'auto' && !kubernetes);
  if (!inController) return pass(`secrets are kept in ${fact.value}`, seen);
  if (profile === 'strict')
    return fail('SecretsInController', "secrets are kept in the controller's database", seen);
  return manual(
    'BackendNotDeclared',
    "secrets are kept in the controller's database; the policy names no backend",
    seen,
  );
}

const ages = z.object({
  age: duration('180d').meta({
    description: "How old the newest revision of a user's secret may be, as in 180d.",
  }),
});

export const secretRotation = defineControl({
  id: 'JUJU-APP-05',
  title: 'Secrets are rotated when due',
  severity: 'medium',
  section: 'Harden the applications',
  rationale: 'A secret that leaked unnoticed is of use only until it is changed.',
  references: [documents.etcdGuide, documents.secrets],
  evidence: ['J'],
  scope: 'model',
  params: ages,
  reasons: {
    RotationOverdue: 'The rotation of a secret is due and has not happened.',
    SecretTooOld: "The newest revision of a user's secret is older than the policy allows.",
  },
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    "An overdue rotation is the charm's task: look at its status and log. A user's secret is changed with 'juju update-secret -m MODEL NAME KEY#file=FILE'; " +
    'the same content makes no new revision.',
  hazards: ['Applications that read the old revision must be told to read the new one.'],
  evaluate(view, context) {
    const fact = view.get('secrets');
    const wanted = `no rotation overdue, user secrets younger than ${durationText(context.params.age)}`;
    if (!isKnown(fact)) return notSeen(fact, wanted);
    const overdue = fact.value.filter(
      ({ nextRotation }) => nextRotation !== undefined && context.time.isPast(nextRotation),
    );
    const old = fact.value.filter((secret) => isTooOld(secret, context));
    const seen = evidenceOf(fact, words(fact, overdue, old), wanted);
    if (overdue.length > 0) return fail('RotationOverdue', `rotation overdue: ${labels(overdue)}`, seen);
    if (old.length > 0) return fail('SecretTooOld', `not changed for too long: ${labels(old)}`, seen);
    return pass(`${fact.value.length} secrets, none overdue`, seen);
  },
});

/** Age counts from the newest revision; a secret without revisions is being removed. */
function isTooOld(
  { owner, revisionCreated }: SecretMeta,
  { params, time }: Context<z.output<typeof ages>>,
): boolean {
  return isUserSecret(owner) && revisionCreated !== undefined && time.isOlder(revisionCreated, params.age);
}

/** Secrets of users belong to the model, those of charms to an application or unit. */
function isUserSecret(owner: string): boolean {
  return owner === '<model>' || owner === 'model' || owner.startsWith('model-');
}

function words(
  fact: Known<readonly SecretMeta[]>,
  overdue: readonly SecretMeta[],
  old: readonly SecretMeta[],
): string {
  const wrong = [
    ...overdue.map(({ id, nextRotation }) => `${id} due ${nextRotation ?? ''}`),
    ...old.map(({ id, revisionCreated }) => `${id} of ${revisionCreated ?? ''}`),
  ];
  return wrong.join(', ') || `${fact.value.length} secrets`;
}

function labels(secrets: readonly SecretMeta[]): string {
  return secrets.map(({ id, label, owner }) => `${label ?? id} of ${owner}`).join(', ');
}
