import { z } from 'zod';
import { defineControl } from '../../core/control.js';
import type { ModelView } from '../../core/evaluate/view.js';
import { isKnown, type Unknown } from '../../core/fact.js';
import { evidenceOf, fail, notApplicable, notSeen, pass } from '../../core/judgement.js';
import type { CloudCredential } from '../../core/snapshot.js';
import { documents } from './documents.js';

export const tenantCredentials = defineControl({
  id: 'JUJU-MODEL-08',
  title: 'Tenants have their own models and cloud credentials',
  severity: 'medium',
  section: 'Harden the model(s)',
  rationale:
    "With a shared credential one tenant's model can reach what another's pays for, and neither can be cut off alone.",
  references: [documents.harden, documents.models],
  evidence: ['J'],
  scope: 'model',
  params: z.object({
    tenants: z
      .record(z.string(), z.array(z.string()))
      .default({})
      .meta({ description: 'Each tenant with the names of the models that are its own.' }),
  }),
  reasons: {
    CredentialShared: 'Models of two tenants use the same cloud credential.',
    NoTenantDeclared: 'The policy declares no tenant for this model.',
  },
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    "Make a credential for each tenant on the cloud, 'juju add-credential', then 'juju set-credential -m MODEL CLOUD NAME' on the tenant's models.",
  hazards: ['A credential of another project cannot manage the machines that are there already.'],
  evaluate(view, { params: { tenants } }) {
    const tenant = tenantOf(view.name, tenants);
    if (tenant === undefined)
      return notApplicable('NoTenantDeclared', 'the policy declares no tenant for this model');
    const fact = view.get('credential');
    const wanted = `a credential of ${tenant} alone`;
    if (!isKnown(fact)) return notSeen(fact, wanted);
    const sharing = sharedWith(view, fact.value, (model) => (tenantOf(model, tenants) ?? tenant) !== tenant);
    const label = labelOf(fact.value);
    if (sharing.models.length > 0) {
      const message = `${label} is also used by ${sharing.models.join(', ')}`;
      return fail('CredentialShared', message, evidenceOf(fact, message, wanted));
    }
    if (sharing.unread !== undefined) return notSeen(sharing.unread, wanted);
    return pass(`${label} is used by no other tenant`, evidenceOf(fact, label, wanted));
  },
});

function tenantOf(model: string, tenants: Readonly<Record<string, readonly string[]>>): string | undefined {
  return Object.keys(tenants).find((tenant) => tenants[tenant]?.includes(model) === true);
}

interface Sharing {
  readonly models: readonly string[];
  readonly unread: Unknown | undefined;
}

function sharedWith(view: ModelView, own: CloudCredential, isForeign: (model: string) => boolean): Sharing {
  const models: string[] = [];
  let unread: Unknown | undefined;
  for (const other of view.controller.models()) {
    if (!isForeign(other.name)) continue;
    const fact = other.get('credential');
    if (!isKnown(fact)) unread ??= fact;
    else if (labelOf(fact.value) === labelOf(own)) models.push(other.name);
  }
  return { models, unread };
}

function labelOf({ cloud, owner, name }: CloudCredential): string {
  return `${cloud}/${owner}/${name}`;
}
