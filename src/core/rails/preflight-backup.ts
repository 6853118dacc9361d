import { durationText } from '../duration.js';
import { isKnown } from '../fact.js';
import type { ApplicationState, ModelState, Operation } from '../snapshot.js';
import { millis } from '../time.js';
import { waiting } from './holds.js';
import type { Hold, RailScene } from './rail.js';

interface Asked {
  /** How old the last backup may be, seconds; undefined: it is not asked for. */
  readonly age: number | undefined;
  readonly scene: RailScene;
}

/** The last backup that was seen to end well must be young enough; one that was not seen counts for none. */
export function backupHold(app: ApplicationState, { age, scene }: Asked): Hold | undefined {
  if (age === undefined) return undefined;
  const { model } = scene.world;
  const wanted = `a backup of ${app.name} younger than ${durationText(age)} is asked for`;
  if (model === undefined || !isKnown(model.operations))
    return waiting('BackupNotSeen', `${wanted}, and what was run in the model was not read`);
  const last = lastBackup(app, model);
  if (last === undefined) return waiting('BackupNotSeen', `${wanted}, and none was seen to end well`);
  if (last > scene.now - age * 1000) return undefined;
  return waiting(
    'BackupTooOld',
    `${wanted}, and the last one is ${durationText((scene.now - last) / 1000)} old`,
  );
}

/** When the last one ended (ms). */
function lastBackup({ name }: ApplicationState, { operations }: ModelState): number | undefined {
  if (!isKnown(operations)) return undefined;
  const ends = operations.value.flatMap((one) => (isBackupOf(name, one) ? millis(one.completed ?? '') : []));
  const last = Math.max(...ends.filter((at) => !Number.isNaN(at)));
  return Number.isFinite(last) ? last : undefined;
}

function isBackupOf(name: string, { action, status, units }: Operation): boolean {
  return (
    action === 'create-backup' && status === 'completed' && units.some((unit) => unit.startsWith(`${name}/`))
  );
}
