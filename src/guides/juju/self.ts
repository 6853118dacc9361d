import { z } from 'zod';
import { defineControl, type Context } from '../../core/control.js';
import type { ControllerView } from '../../core/evaluate/view.js';
import { isKnown, valueOf } from '../../core/fact.js';
import { evidenceOf, fail, notApplicable, notSeen, pass } from '../../core/judgement.js';
import type { SelfAccess } from '../../core/snapshot.js';
import { lookup } from '../shared/lookup.js';
import { documents } from './documents.js';
import { isAboveOnModel } from './levels.js';

const onModel = z.enum(['none', 'read', 'write', 'admin']);

const params = z.object({
  observer: onModel
    .default('read')
    .meta({ description: 'The highest level that our observer may hold on the models.' }),
  prober: onModel
    .default('admin')
    .meta({ description: 'The highest level that our prober may hold on the models.' }),
  remediator: onModel
    .default('admin')
    .meta({ description: 'The highest level that our remediator may hold on the models.' }),
});

type Identity = SelfAccess['identities'][number];

export const ourOwnLevels = defineControl({
  id: 'JUJU-SELF-01',
  title: 'Holdfast itself holds no more than it needs',
  severity: 'medium',
  section: 'Juju users',
  rationale: 'What guards the estate must not be the widest door into it.',
  references: [documents.harden, documents.userLevels],
  evidence: ['J'],
  scope: 'controller',
  params,
  reasons: {
    MoreThanNeeded: 'One of our identities holds a higher level than its role needs.',
    NoDeclaredIdentity: 'We are logged in as a person, not with identities of our own.',
  },
  remediation: 'manual',
  fixableBy: 'operator',
  manual:
    'Give each role a user of its own: the observer login and read on the models, the auditor superuser, the remediator write ' +
    "(admin where grants are changed), the prober admin only where evidence from the workload is wanted. Take the rest away with 'juju revoke'.",
  hazards: [
    'With less than the role needs, findings turn unknown and remedies fail; both say which permission is missing.',
  ],
  evaluate(view, context) {
    const fact = view.get('self');
    const wanted = 'each identity at the level of its role';
    if (!isKnown(fact)) return notSeen(fact, wanted);
    const ours = fact.value.identities.filter(({ role }) => isRole(role));
    if (ours.length === 0)
      return notApplicable('NoDeclaredIdentity', 'we are not logged in with identities of our own');
    const seen = evidenceOf(
      fact,
      ours.map(({ role, user, access }) => `${role} ${user}: ${access}`).join(', '),
      wanted,
    );
    const excesses = ours.flatMap((identity) => excessOf(identity, view, context));
    if (excesses.length > 0) return fail('MoreThanNeeded', excesses.join('; '), seen);
    return pass('each identity holds what its role needs', seen);
  },
});

const roles = ['observer', 'auditor', 'prober', 'remediator'] as const;

function isRole(role: string): role is (typeof roles)[number] {
  return roles.some((known) => known === role);
}

function excessOf(
  { role, user, access }: Identity,
  view: ControllerView,
  { params: levels }: Context<z.output<typeof params>>,
): readonly string[] {
  if (role === 'auditor') return [];
  const asSuperuser = access === 'superuser' ? [`the ${role} ${user} is superuser`] : [];
  const allowed = lookup(levels, role) ?? 'read';
  const onModels = view.models().flatMap((model) => {
    const held = valueOf(model.get('users'))?.find(({ name }) => name === user)?.access;
    return held !== undefined && isAboveOnModel(held, allowed)
      ? [`the ${role} ${user} holds ${held} on ${model.name}`]
      : [];
  });
  return [...asSuperuser, ...onModels];
}
