import type { SimApplication, SimUnit } from '../world/state.js';

/** Why the application must not be refreshed now; undefined when it may. */
export function unreadyReason(application: SimApplication, besides?: SimUnit): string | undefined {
  const { units, model } = application;
  const down = units.find(
    (unit) => unit !== besides && (unit.agent.status === 'lost' || unit.workload.status !== 'active'),
  );
  if (down !== undefined) return `unit ${down.name} is not healthy`;
  const backups = model.tasks
    .flatMap(({ tasks }) => tasks)
    .filter(({ action }) => action === 'create-backup');
  const isRunning = backups.some(
    ({ receiver, status }) =>
      receiver.startsWith(`${application.name}/`) && (status === 'pending' || status === 'running'),
  );
  return isRunning ? 'Backup in progress' : undefined;
}
