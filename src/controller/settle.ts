/**
 * Whether the units of an application have come to rest after a change. Idle right after a command means nothing:
 * units stay idle for up to 2 s before their first hook starts (Juju facts, "seen on a real controller"). A change
 * is settled when it was seen to begin and all is idle again, or after a quiet time.
 */
import { isKnown } from '../core/fact.js';
import type { ApplicationState, Unit } from '../core/snapshot.js';

export class SettleWatch {
  private readonly lastBusy = new Map<string, number>();

  /** Notes whether the application is busy now (ms). */
  observe(key: string, app: ApplicationState, now: number): void {
    if (isBusy(app)) this.lastBusy.set(key, now);
  }

  /** Forgets the applications whose keys begin so. */
  forget(prefix: string): void {
    for (const key of this.lastBusy.keys()) if (key.startsWith(prefix)) this.lastBusy.delete(key);
  }

  /** Whether the application has come to rest after a change made at `since` (ms); `quiet` in ms. */
  settled(
    key: string,
    app: ApplicationState,
    times: { readonly since: number; readonly now: number; readonly quiet: number },
  ): boolean {
    if (isBusy(app)) return false;
    const busyAt = this.lastBusy.get(key) ?? -Infinity;
    const seenToBegin = busyAt > times.since && busyAt <= times.now;
    return seenToBegin || times.now - times.since >= times.quiet;
  }
}

/** Whether a unit is doing something, or its state cannot be seen. */
export function isBusy(app: ApplicationState): boolean {
  if (!isKnown(app.units)) return true;
  return Object.values(app.units.value).some(
    (unit) => unit.agent !== 'idle' || unit.workload === 'maintenance',
  );
}

/** How many units are in trouble: a remediation must not raise it. Infinity when it cannot be seen. */
export function troubledUnits(app: ApplicationState): number {
  if (!isKnown(app.units)) return Infinity;
  return Object.values(app.units.value).filter(isTroubled).length;
}

function isTroubled(unit: Unit): boolean {
  return (
    unit.workload === 'error' ||
    unit.workload === 'blocked' ||
    unit.agent === 'lost' ||
    unit.agent === 'failed'
  );
}
