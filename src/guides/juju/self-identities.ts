import type { ControllerView, ModelView } from '../../core/evaluate/view.js';
import { isKnown, valueOf } from '../../core/fact.js';
import { evidenceOf } from '../../core/judgement.js';
import type { ModelUser, SelfAccess } from '../../core/snapshot.js';
import { lookup } from '../shared/lookup.js';
import { isAboveOnModel } from './levels.js';
import { gapsIn, nothingAudited, type Audited } from './self-audit.js';

type Level = 'none' | 'read' | 'write' | 'admin';

/** The highest level on a model that each role may hold. */
export interface RoleLevels {
  readonly observer: Level;
  readonly prober: Level;
  readonly remediator: Level;
}

type Identity = SelfAccess['identities'][number];

const roles: readonly string[] = ['observer', 'auditor', 'prober', 'remediator'];

/** The identities that the policy declares; none where a person's own login is used. */
export function declaredIdentities(view: ControllerView): readonly Identity[] {
  return (valueOf(view.get('self'))?.identities ?? []).filter(({ role }) => roles.includes(role));
}

/** What our identities hold beyond their roles. */
export function identitiesAudited(view: ControllerView, levels: RoleLevels): Audited {
  const fact = view.get('self');
  const ours = declaredIdentities(view);
  if (!isKnown(fact) || ours.length === 0) return nothingAudited;
  const seen = ours.map(({ role, user, access }) => `${role} ${user}: ${access}`).join(', ');
  return {
    excesses: ours.flatMap((identity) => excessOf(identity, view, levels)),
    evidence: [evidenceOf(fact, seen, 'each identity at the level of its role')],
    gaps: levelsNotSeen(ours, view),
  };
}

/** Levels on models are Juju's to show; the auditor's do not matter, as he may do everything. */
function levelsNotSeen(ours: readonly Identity[], view: ControllerView): Audited['gaps'] {
  const others = ours.filter(({ role }) => role !== 'auditor');
  const unseen = view
    .models()
    .filter((model) => others.some(({ user }) => readerOf(model)?.name !== user))
    .map((model) => model.get('users'));
  return gapsIn(unseen);
}

/** Who is no superuser still sees himself. */
function readerOf(model: ModelView): ModelUser | undefined {
  return valueOf(model.get('info'))?.reader;
}

/** The level on a model; undefined where there is none, or it is not seen. */
function levelOn(model: ModelView, user: string): string | undefined {
  const shown = valueOf(model.get('users')) ?? [readerOf(model)];
  return shown.find((one) => one?.name === user)?.access;
}

function excessOf(
  { role, user, access }: Identity,
  view: ControllerView,
  levels: RoleLevels,
): Audited['excesses'] {
  if (role === 'auditor') return [];
  const asSuperuser = access === 'superuser' ? [`the ${role} ${user} is superuser`] : [];
  const allowed = lookup<Level>({ ...levels }, role) ?? 'read';
  const onModels = view.models().flatMap((model) => {
    const held = levelOn(model, user);
    return held !== undefined && isAboveOnModel(held, allowed)
      ? [`the ${role} ${user} holds ${held} on ${model.name}`]
      : [];
  });
  return [...asSuperuser, ...onModels].map((message) => ({ reason: 'MoreThanNeeded', message }));
}
