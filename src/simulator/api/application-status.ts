import type { SimApplication, Status } from '../world/state.js';

/** Worst first: an application shows its worst unit's status. */
const severity = ['error', 'blocked', 'waiting', 'maintenance', 'terminated', 'active', 'unknown'];

/** A refresh speaks first. Undefined where Juju calls the status unknown: without units, or with none that set one. */
export function applicationStatus({ units, refresh }: SimApplication): Status | undefined {
  if (refresh?.status !== undefined) return refresh.status;
  let worst: Status | undefined;
  for (const { workload } of units) {
    if (worst === undefined || rank(workload) < rank(worst)) worst = workload;
  }
  return worst?.status === 'unknown' ? undefined : worst;
}

function rank({ status }: Status): number {
  const index = severity.indexOf(status);
  return index < 0 ? severity.length : index;
}
