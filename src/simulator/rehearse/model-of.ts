import { valueOf } from '../../core/fact.js';
import type { ModelState, Relation, SecretMeta } from '../../core/snapshot.js';
import { millis } from '../../core/time.js';
import type { ModelSpec, OfferSpec, SecretSpec } from '../world/spec.js';
import type { ModelLevel, OfferLevel } from '../world/state.js';
import { applicationFrom } from './application-of.js';
import { defined } from './defined.js';
import type { Doubts } from './doubts.js';

const dayMs = 86_400_000;

/** A model of the snapshot as the simulator builds it; what it consumes of others is added later. `now` in ms. */
export function modelFrom(model: ModelState, now: number, doubts: Doubts): ModelSpec {
  const info = valueOf(model.info);
  const relations = valueOf(model.relations) ?? [];
  return defined<ModelSpec>({
    name: model.name,
    owner: info?.owner,
    type: info?.type,
    availableVersion: info?.availableVersion,
    users: levelsIn(model),
    config: configOf(model),
    blocks: valueOf(model.blocks),
    secrets: valueOf(model.secrets)?.map((secret) => secretFrom(secret, now)),
    sshKeys: valueOf(model.sshKeys),
    secretBackend: valueOf(model.secretBackend),
    applications: Object.values(model.applications).map((app) => applicationFrom(app, relations, doubts)),
    relations: relationsFrom(relations),
    offers: offersFrom(model),
  });
}

const modelLevels: ReadonlySet<string> = new Set(['read', 'write', 'admin']);

function levelsIn(model: ModelState): Readonly<Record<string, ModelLevel>> {
  const users = (valueOf(model.users) ?? []).filter(({ access }) => modelLevels.has(access));
  return Object.fromEntries(users.map(({ name, access }) => [name, access as ModelLevel]));
}

function configOf(model: ModelState): Readonly<Record<string, unknown>> {
  const own = Object.entries(valueOf(model.config) ?? {}).filter(
    ([key, { source }]) => source === 'model' && !identity.has(key),
  );
  return Object.fromEntries(own.map(([key, { value }]) => [key, value]));
}

/** The copy has these of its own. */
const identity: ReadonlySet<string> = new Set(['uuid', 'name', 'type', 'agent-version']);

function secretFrom(secret: SecretMeta, now: number): SecretSpec {
  const { label = secret.id, owner, rotation, revisionCreated, nextRotation, expires } = secret;
  const application = /^application-(.+)$/.exec(owner)?.[1];
  return {
    label,
    ...(application === undefined ? {} : { owner: application }),
    ...(rotation === undefined ? {} : { rotation }),
    ...(revisionCreated === undefined ? {} : { createdDaysAgo: (now - millis(revisionCreated)) / dayMs }),
    ...(nextRotation === undefined ? {} : { rotatesInDays: (millis(nextRotation) - now) / dayMs }),
    ...(expires === undefined ? {} : { expiresInDays: (millis(expires) - now) / dayMs }),
  };
}

/** Peers are there by themselves; what is on its way out is left out. */
function relationsFrom(relations: readonly Relation[]): readonly (readonly [string, string])[] {
  return relations
    .filter(({ ends }) => ends[0].application !== ends[1].application)
    .map(({ ends: [one, other] }) => [endText(one), endText(other)] as const);
}

function endText({ application, endpoint }: Relation['ends'][number]): string {
  return endpoint === undefined ? application : `${application}:${endpoint}`;
}

const offerLevels: ReadonlySet<string> = new Set(['read', 'consume', 'admin']);

function offersFrom(model: ModelState): readonly OfferSpec[] {
  return Object.values(valueOf(model.offers) ?? {}).flatMap(
    ({ name, application, endpoints, users = {} }) => {
      const [endpoint] = endpoints;
      if (endpoint === undefined || model.applications[application] === undefined) return [];
      const levels = Object.entries(users).filter(([, level]) => offerLevels.has(level));
      const known = Object.fromEntries(levels) as Readonly<Record<string, OfferLevel>>;
      return [{ name, application, endpoint: endpoint.name, users: known }];
    },
  );
}
