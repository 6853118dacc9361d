/** What the operating system below the units tells, where it may be asked (evidence kind W). */
import type { ApplicationView } from '../../core/evaluate/view.js';
import { durationText } from '../../core/duration.js';
import { isKnown } from '../../core/fact.js';
import type { Judgement } from '../../core/judgement.js';
import type { Knowledge, SnapPin } from '../../core/knowledge.js';
import type { Unit } from '../../core/snapshot.js';
import type { JudgedTime } from '../../core/time.js';
import { valueOf } from '../../core/fact.js';
import { fine, insideJudgement, insideReasons, nothing, wrong } from './inside.js';
import { isViolation } from '../../core/outcome.js';
import { worst } from './combine.js';
import { lookup } from './lookup.js';

/** The reasons that `noUpdatesOverdue` gives. */
export const updateReasons = {
  ...insideReasons,
  UpdatesOverdue: 'Security updates have been waiting for longer than the policy allows.',
  UpdatesPending: 'Security updates wait to be installed; for how long is not seen yet.',
  RestartNeeded:
    'Updates are installed and need a restart of the machine, for longer than the policy allows.',
} as const;

/** Whether no security update has been waiting for longer than `age` (seconds), as far as we have watched it wait. */
export function noUpdatesOverdue(app: ApplicationView, age: number, time: JudgedTime): Judgement {
  return insideJudgement(app, {
    kind: 'updates',
    what: `which security updates are pending on the machines of ${app.name}`,
    wanted: `no security update that has waited for more than ${durationText(age)}`,
    met: `no security update waits on the machines of ${app.name}`,
    verdict: ({ security, restartNeeded }, unit) => {
      const seen = `${security} security updates pending${restartNeeded ? ', restart needed' : ''}`;
      if (security === 0 && !restartNeeded) return fine(seen);
      const isOld = waitsLonger(app, unit, { age, time });
      if (security > 0)
        return isOld
          ? wrong('UpdatesOverdue', `has had ${seen} for more than ${durationText(age)}`, seen)
          : nothing('UpdatesPending', `has ${seen}; for how long is not seen yet`, seen);
      return isOld ? wrong('RestartNeeded', 'was not restarted after updates', seen) : fine(seen);
    },
  });
}

/** A fact that reads as before keeps its time: since then it has been seen like this. */
function waitsLonger(
  app: ApplicationView,
  { name }: Unit,
  { age, time }: { readonly age: number; readonly time: JudgedTime },
): boolean {
  const fact = valueOf(app.get('workload').unitsInside ?? never)?.[name]?.updates;
  return fact !== undefined && isKnown(fact) && time.isOlder(fact.at, age);
}

const never = { unknown: { reason: '' }, source: { road: 'workload', call: '' }, at: '' } as const;

/** The reasons that `proInside` gives. */
export const proInsideReasons = {
  ...insideReasons,
  NotAttached: 'The machine is not attached to Ubuntu Pro.',
  EsmServiceOff: 'The machine is attached, but without esm-infra or esm-apps.',
} as const;

/** Whether the machines themselves say that they are attached; the status of the charm beside them counts without it. */
export function proInside(app: ApplicationView, byCharm: Judgement): Judgement {
  const inside = insideJudgement(app, {
    kind: 'pro',
    what: `whether the machines of ${app.name} are attached to Ubuntu Pro`,
    wanted: 'attached, with esm-infra and esm-apps',
    met: `every machine of ${app.name} is attached, with esm-infra and esm-apps`,
    verdict: ({ attached, enabled }) => {
      if (!attached) return wrong('NotAttached', 'says that it is not attached', 'not attached');
      const seen = `attached (${enabled.join(', ')})`;
      const off = ['esm-infra', 'esm-apps'].filter((service) => !enabled.includes(service));
      return off.length === 0
        ? fine(seen)
        : wrong('EsmServiceOff', `is attached without ${off.join(' and ')}`, seen);
    },
  });
  if (inside.outcome === 'unknown' || inside.outcome === 'not-applicable') return byCharm;
  // A machine that is attached without the charm is attached all the same; one that is not needs the charm.
  return inside.outcome === 'pass' ? inside : isViolation(byCharm.outcome) ? worst(byCharm, inside) : inside;
}

/** The reasons that `pinnedSnap` gives. */
export const snapReasons = {
  ...insideReasons,
  SnapNotPinned: 'A unit runs another revision of the snap than the charm pins.',
  SnapNotHeld: 'The snap is not held, so that it may move on its own.',
  SnapPinNotKnown: 'Which revision of the snap this revision of the charm pins is not known.',
} as const;

/** Whether every unit runs the snap that the deployed revision of the charm pins, and holds it. */
export function pinnedSnap(app: ApplicationView, knowledge: Knowledge): Judgement {
  const pin = pinOf(app, knowledge);
  return insideJudgement(app, {
    kind: 'snap',
    what: `which snap revision the units of ${app.name} run`,
    wanted:
      pin === undefined ? 'the pinned revision, held' : `revision ${revisionsOf(pin).join(' or ')}, held`,
    met: `every unit of ${app.name} runs the snap that its charm pins, and holds it`,
    verdict: ({ name, revision, held }) => {
      const seen = `${name} revision ${revision}${held ? ', held' : ', not held'}`;
      if (pin !== undefined && !revisionsOf(pin).includes(revision))
        return wrong('SnapNotPinned', `runs ${seen}, which is not the one that the charm pins`, seen);
      if (!held) return wrong('SnapNotHeld', `runs ${seen}`, seen);
      return pin === undefined
        ? nothing('SnapPinNotKnown', `runs ${seen}; which one the charm pins is not known`, seen)
        : fine(seen);
    },
  });
}

function revisionsOf({ revisions }: SnapPin): readonly number[] {
  return Object.values(revisions);
}

/** The entry for the deployed revision of the charm; undefined where none names it. */
function pinOf(app: ApplicationView, { snapPins }: Knowledge): SnapPin | undefined {
  const charm = valueOf(app.get('charm'));
  if (charm?.revision === undefined) return undefined;
  const { revision } = charm;
  const tracks = lookup(snapPins, charm.name);
  if (tracks === undefined) return undefined;
  return Object.values(tracks)
    .flat()
    .find(({ charmRevisions }) => charmRevisions?.includes(revision) === true);
}
