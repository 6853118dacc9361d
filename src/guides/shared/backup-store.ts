import type { Remedy } from '../../core/action/action.js';
import type { ApplicationView } from '../../core/evaluate/view.js';
import type { Unknown } from '../../core/fact.js';
import { evidenceOf, fail, notSeen, unsettled, type Judgement } from '../../core/judgement.js';
import { integrate } from './integrate.js';
import { isLinks, linksAt, linkState, type Endpoint, type Link } from './relations.js';
import { settledOf } from './settled.js';

/** The reasons that `storeJudgement` gives, but for the one that a related store leaves open. */
export const relatedStoreReasons = {
  NoBackupStore: 'No object store is related, so nothing is backed up.',
  TwoBackupStores: 'More than one object store is related; the charm refuses to choose.',
  BackupStoreDown: 'The relation to the object store is broken, suspended or about to go.',
} as const;

/** The reasons that `storeJudgement` gives. */
export const storeReasons = {
  ...relatedStoreReasons,
  BackupAgeNotObserved: 'A store is related; how old the newest backup is can only be seen inside the units.',
} as const;

/** Whether exactly one object store is related. Whether a backup is recent is not to be seen from outside. */
export function storeJudgement(app: ApplicationView, endpoints: readonly Endpoint[]): Judgement {
  const wanted = 'exactly one object store, and a recent backup in it';
  const links = storeLinks(app, endpoints);
  if ('unknown' in links) return notSeen(links, wanted);
  const fact = app.get('relations');
  const names = links.map((link) => link.other.application).join(', ');
  const seen = evidenceOf(fact, names === '' ? 'no object store related' : `related to ${names}`, wanted);
  const [only, another] = links;
  if (only === undefined) return fail('NoBackupStore', `no object store is related to ${app.name}`, seen);
  if (another !== undefined)
    return fail('TwoBackupStores', `${app.name} is related to ${names}; one must go`, seen);
  const { state, words } = linkState(only, app);
  if (state === 'down')
    return fail('BackupStoreDown', `${app.name} is related to ${names}, but ${words}`, seen);
  return unsettled('BackupAgeNotObserved', `backups go to ${names}`, seen);
}

function storeLinks(app: ApplicationView, endpoints: readonly Endpoint[]): readonly Link[] | Unknown {
  const all: Link[] = [];
  for (const endpoint of endpoints) {
    const links = linksAt(app, endpoint);
    if (!isLinks(links)) return links;
    all.push(...links.sure);
  }
  return all;
}

/** Integrates the S3 integrator that the policy names, or the only one that is active. */
export function storeRemedy(
  app: ApplicationView,
  endpoint: Endpoint,
  name: string | undefined,
): readonly Remedy[] {
  const candidates = settledOf('s3-integrator', app.model).filter(
    (other) => name === undefined || other.name === name,
  );
  const [only, another] = candidates;
  if (only === undefined || another !== undefined) return [];
  const own = { application: app.name, endpoint: endpoint.name };
  return integrate(app.model, {
    ends: [{ application: only.name, endpoint: 's3-credentials' }, own],
    effect: `${app.name} can back itself up to the store of ${only.name}`,
    risk: 'low',
    disruptive: false,
    cutsOff: [],
    preconditions: [
      { type: 'relation-absent', ...own },
      { type: 'application-settled', application: only.name },
      { type: 'application-settled', application: app.name },
    ],
  });
}
