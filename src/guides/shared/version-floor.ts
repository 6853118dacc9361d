import type { ApplicationView } from '../../core/evaluate/view.js';
import { isKnown } from '../../core/fact.js';
import {
  evidenceOf,
  fail,
  notSeen,
  pass,
  unsettled,
  type Evidence,
  type Judgement,
} from '../../core/judgement.js';
import type { Knowledge, Sourced } from '../../core/knowledge.js';
import type { Charm } from '../../core/snapshot.js';
import { advisoriesOn, advisoryReasons, advisoryText, isOlderVersion, seriesOf } from './advisories.js';
import { lookup } from './lookup.js';

/** The reasons that `floorJudgement` gives. */
export const floorReasons = {
  BelowPatchedFloor: 'The running version lacks security fixes that a newer one of its series has.',
  VersionNotShown: 'The application does not tell the version of its workload.',
  VersionNotUnderstood: 'The version that the application tells is no plain version number.',
  NoFloorKnown: 'Nothing is known of the patched versions of this charm and series.',
  ...advisoryReasons,
} as const;

/** Whether the workload's version is at or above the first one of its series that has all known fixes. */
export function floorJudgement(app: ApplicationView, knowledge: Knowledge): Judgement {
  const wanted = 'a version with all known security fixes';
  const [status, charm] = [app.get('status'), app.get('charm')];
  if (!isKnown(status)) return notSeen(status, wanted);
  if (!isKnown(charm)) return notSeen(charm, wanted);
  const version = status.value.workloadVersion;
  if (version === undefined || version === '') {
    return unsettled(
      'VersionNotShown',
      `${app.name} does not tell its version`,
      evidenceOf(status, 'none', wanted),
    );
  }
  const entry = floorOf(charm.value, version, knowledge);
  const named = namedIn(charm.value, version, knowledge);
  if (named !== undefined) {
    const message = `advisories name ${app.name} ${version}: ${named}`;
    return fail('AdvisoryApplies', message, evidenceOf(status, version, wanted));
  }
  if (entry === undefined) {
    const message = `the patched versions of ${charm.value.name} ${version} are not known`;
    return unsettled('NoFloorKnown', message, evidenceOf(status, version, wanted));
  }
  const { floor, source } = entry;
  return comparison({ app, version, floor }, evidenceOf(status, version, `${floor} or later (${source})`));
}

/** The advisories that name this version of the workload; undefined where none does. */
function namedIn({ name, track }: Charm, version: string, knowledge: Knowledge): string | undefined {
  const series = [track ?? '', seriesOf(version)];
  const hits = advisoriesOn({ product: 'workload', charm: name, series, version }, knowledge);
  return hits.length === 0 ? undefined : advisoryText(hits);
}

interface Compared {
  readonly app: ApplicationView;
  readonly version: string;
  readonly floor: string;
}

function comparison({ app, version, floor }: Compared, seen: Evidence): Judgement {
  const older = isOlderVersion(version, floor);
  if (older === undefined) return unsettled('VersionNotUnderstood', `${version} is no plain version`, seen);
  if (!older) return pass(`${app.name} runs ${version}, which has the fixes of ${floor}`, seen);
  return fail('BelowPatchedFloor', `${app.name} runs ${version}; ${floor} has fixes that it lacks`, seen);
}

function floorOf(
  { name, track }: Charm,
  version: string,
  knowledge: Knowledge,
): (Sourced & { readonly floor: string }) | undefined {
  const floors = lookup(knowledge.workloadFloors, name);
  return floors && (lookup(floors, track ?? '') ?? lookup(floors, seriesOf(version)));
}
