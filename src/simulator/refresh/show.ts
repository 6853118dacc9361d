/** What an application and its units show during a refresh, in the charms' own words. */
import { putWorkload } from '../world/hooks.js';
import { touch, type SimApplication, type SimRefresh } from '../world/state.js';
import { flowOf, isOnKubernetes, mayGoOn, pauseOption } from './flow.js';

export function showRefresh(application: SimApplication): void {
  const { refresh, model } = application;
  if (refresh === undefined) return;
  const { world } = model.controller;
  if (flowOf(application) === 'new') {
    const { status, message } = newStatus(application, refresh);
    refresh.status = { status, message, since: world.clock.now() };
  }
  if (flowOf(application) === 'old') {
    for (const unit of refresh.queue) putWorkload(world, unit, 'waiting', 'other units upgrading first...');
  }
  touch(model);
}

function newStatus(
  application: SimApplication,
  refresh: SimRefresh,
): { readonly status: string; readonly message: string } {
  const { name } = application;
  const goingOn = `Refreshing. To pause refresh, run \`juju config ${name} pause-after-unit-refresh=all\``;
  if (!willPause(application, refresh)) return { status: 'maintenance', message: goingOn };
  const begun = [...refresh.done, ...(refresh.running === undefined ? [] : [refresh.running])];
  const lowest = Math.min(...begun.map(({ number }) => number), highestOf(application));
  const check = `Refreshing. Check units >=${lowest} are healthy & run \`resume-refresh\` on`;
  const message = isOnKubernetes(application)
    ? `${check} leader. To rollback, see docs or \`juju debug-log\``
    : `${check} unit ${refresh.queue[0]?.number ?? 0}. To rollback, \`juju refresh --revision ${refresh.from}\``;
  return { status: 'blocked', message };
}

function highestOf({ units }: SimApplication): number {
  return Math.max(...units.map(({ number }) => number));
}

/** Whether it stops once the unit that is under way is through. */
function willPause(application: SimApplication, refresh: SimRefresh): boolean {
  if (refresh.queue.length === 0 || refresh.isRollback) return false;
  if (refresh.done.length > 0) return !mayGoOn(application);
  return pauseOption(application) !== 'none';
}
