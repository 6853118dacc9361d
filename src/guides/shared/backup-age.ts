import type { ApplicationView } from '../../core/evaluate/view.js';
import type { Backup } from '../../core/evidence/units.js';
import { durationText } from '../../core/duration.js';
import type { Judgement } from '../../core/judgement.js';
import type { JudgedTime } from '../../core/time.js';
import { storeJudgement, storeReasons } from './backup-store.js';
import { worst } from './combine.js';
import { fine, insideJudgement, insideReasons, nothing, wrong } from './inside.js';
import type { Endpoint } from './relations.js';
import { duration } from './params.js';

/** The reasons that `backupJudgement` gives. */
export const backupReasons = {
  ...storeReasons,
  ...insideReasons,
  NoBackup: 'A store is related, and holds no finished backup.',
  BackupTooOld: 'The newest finished backup is older than the policy allows.',
  BackupAgeNotTold: 'The charm names a backup by something that is no time.',
} as const;

/** How old the newest backup may be. */
export const backupAge = duration('7d').meta({
  description: 'How old the newest finished backup may be, as in 7d.',
});

/** Whether exactly one store is related, and holds a finished backup that is recent enough; `age` in seconds. */
export function backupJudgement(
  app: ApplicationView,
  endpoints: readonly Endpoint[],
  about: { readonly age: number; readonly time: JudgedTime },
): Judgement {
  const store = storeJudgement(app, endpoints);
  if (store.reason !== 'BackupAgeNotObserved') return store;
  const newest = newestBackup(app, about);
  if (newest.reason === 'WorkloadEvidenceOff')
    return { ...store, message: `${store.message}; ${newest.message}` };
  return worst(newest, { ...store, outcome: 'pass', reason: 'AsRequired' });
}

function newestBackup(
  app: ApplicationView,
  { age, time }: { readonly age: number; readonly time: JudgedTime },
): Judgement {
  return insideJudgement(app, {
    kind: 'backups',
    leaderOnly: true,
    what: `how old the newest backup of ${app.name} is`,
    wanted: `a finished backup of the last ${durationText(age)}`,
    met: `the newest backup of ${app.name} is recent`,
    verdict: (backups) => {
      const finished = backups.filter(({ status }) => status === 'finished');
      const newest = newestOf(finished);
      const seen =
        newest === undefined ? `${backups.length} backups listed, none finished` : `newest: ${newest.id}`;
      if (newest === undefined) return wrong('NoBackup', 'lists no finished backup', seen);
      if (newest.at === undefined)
        return nothing('BackupAgeNotTold', `names its newest backup ${newest.id}`, seen);
      return time.isOlder(newest.at, age)
        ? wrong('BackupTooOld', `has ${newest.id} as its newest backup`, seen)
        : fine(seen);
    },
  });
}

/** By time where they tell one; else the last of the list. */
function newestOf(backups: readonly Backup[]): Backup | undefined {
  const dated = backups.filter(({ at }) => at !== undefined);
  return dated.length === 0
    ? backups.at(-1)
    : dated.reduce((newest, next) => ((next.at ?? '') > (newest.at ?? '') ? next : newest));
}
