/**
 * A refresh on its way: one unit after the other, the highest number first. On Kubernetes code and workload of a unit
 * change together when its pod is replaced; on machines the code changes everywhere at once, the workload in turn.
 */
import { behaviourOf } from '../charms/behaviours.js';
import { between } from '../random.js';
import { putWorkload, queueHook, timedHook } from '../world/hooks.js';
import { touch, type SimApplication, type SimRefresh, type SimUnit, type World } from '../world/state.js';
import { unreadyReason } from './checks.js';
import { flowOf, isOnKubernetes, mayGoOn } from './flow.js';
import { showRefresh } from './show.js';

const lostRecheckMs = 1000;

export interface NewCharm {
  readonly revision: number;
  readonly isMismatched: boolean;
}

/** Gives the application another revision; what follows takes its time. */
export function beginRefresh(application: SimApplication, { revision, isMismatched }: NewCharm): void {
  const { world } = application.model.controller;
  const before = application.refresh;
  const from = before?.from ?? application.revision;
  application.revision = revision;
  application.refresh = {
    from,
    to: revision,
    isRollback: revision === before?.from,
    isMismatched,
    queue: application.units.filter((unit) => needsIt(unit, revision)).sort((a, b) => b.number - a.number),
    done: [],
    resumes: 0,
  };
  before?.release?.();
  if (!isOnKubernetes(application)) takeCode(world, application);
  showRefresh(application);
  world.clock.after(between(world.random, 500, 1500), () => {
    goOn(application, application.refresh);
  });
}

/** A unit in the middle of another refresh has something to take back. */
function needsIt(unit: SimUnit, revision: number): boolean {
  return unit.refreshed !== revision || unit.application.refresh?.running === unit;
}

/** On machines every agent fetches the new code soon. */
function takeCode(world: World, application: SimApplication): void {
  for (const unit of application.units) {
    world.clock.after(between(world.random, 800, 2000), () => {
      unit.revision = application.revision;
      touch(application.model);
    });
  }
}

/** Begins with the next unit, if it may. */
export function goOn(application: SimApplication, refresh: SimRefresh | undefined): void {
  if (refresh === undefined || application.refresh !== refresh || refresh.running !== undefined) return;
  const [unit] = refresh.queue;
  if (unit === undefined) {
    finish(application);
    return;
  }
  showRefresh(application);
  if (mayGoOn(application)) runUnit(unit, refresh);
}

function runUnit(unit: SimUnit, refresh: SimRefresh): void {
  const { application } = unit;
  const { world } = application.model.controller;
  if (unit.agent.status === 'lost') {
    world.clock.after(lostRecheckMs, () => {
      goOn(application, refresh);
    });
    return;
  }
  refresh.queue.shift();
  refresh.running = unit;
  const begin = (): void => {
    if (isOnKubernetes(application)) unit.revision = refresh.to;
    putWorkload(world, unit, 'maintenance', 'upgrading unit');
  };
  queueHook(world, unit, {
    name: 'upgrade-charm hook',
    run: (done) => {
      begin();
      showRefresh(application);
      world.clock.after(between(world.random, 3000, 6000), () => {
        whenFree(application, refresh, () => {
          done();
          end(unit, refresh);
        });
      });
    },
  });
}

/** A unit that hangs is let go when the fault ends, or when another refresh takes over. */
function whenFree({ refreshFaults }: SimApplication, refresh: SimRefresh, next: () => void): void {
  if (!refreshFaults.hanging || refresh.isRollback) {
    next();
    return;
  }
  refresh.release = () => {
    delete refresh.release;
    next();
  };
}

function end(unit: SimUnit, refresh: SimRefresh): void {
  const { application } = unit;
  if (application.refresh !== refresh) return;
  const { world } = application.model.controller;
  const failure = failureOf(unit, refresh);
  if (failure !== undefined) {
    putWorkload(world, unit, 'blocked', failure);
    return;
  }
  delete refresh.running;
  refresh.done.push(unit);
  unit.refreshed = refresh.to;
  delete unit.handSnap;
  putWorkload(world, unit, 'active');
  showRefresh(application);
  world.clock.after(between(world.random, 300, 900), () => {
    goOn(application, refresh);
  });
}

/** What a unit finds wrong: a refresh that fails goes no further, until somebody goes back. */
function failureOf({ application }: SimUnit, refresh: SimRefresh): string | undefined {
  const flow = flowOf(application);
  if (refresh.isRollback || flow === 'none') return undefined;
  return flow === 'old' ? oldFailure(application, refresh) : newFailure(application, refresh);
}

/** The older charms refuse to go on where their check was not run before. */
function oldFailure({ ready, refreshFaults }: SimApplication, refresh: SimRefresh): string | undefined {
  const isBad = refreshFaults.failing.has(refresh.to) || refresh.isMismatched || ready !== refresh.from;
  return isBad ? 'upgrade failed. Check logs for rollback instruction' : undefined;
}

/** The newer charms check once more by themselves, before their first unit. */
function newFailure(application: SimApplication, refresh: SimRefresh): string | undefined {
  if (refresh.isMismatched)
    return '`juju refresh` was run with missing/incorrect OCI resource. Rollback with instructions in docs or see `juju debug-log`';
  if (application.refreshFaults.failing.has(refresh.to)) return incompatible(application, refresh);
  const unready = refresh.done.length === 0 ? unreadyReason(application, refresh.running) : undefined;
  return unready && `Rollback with \`juju refresh\`. Pre-refresh check failed: ${unready}`;
}

function incompatible(application: SimApplication, { from }: SimRefresh): string {
  return isOnKubernetes(application)
    ? 'Refresh incompatible. Rollback with instructions in Charmhub docs or see `juju debug-log`'
    : `Refresh incompatible. Rollback with \`juju refresh --revision ${from}\``;
}

function finish(application: SimApplication): void {
  const { world } = application.model.controller;
  for (const unit of application.units) {
    if (unit.agent.status !== 'lost') putWorkload(world, unit, 'active');
    unit.revision = application.revision;
    unit.refreshed = application.revision;
  }
  application.workloadVersion =
    application.workloadVersions.get(application.revision) ?? application.workloadVersion;
  delete application.refresh;
  delete application.ready;
  for (const unit of application.units)
    queueHook(world, unit, timedHook(world, { name: 'update-status hook', ms: 200 }));
  behaviourOf(application)?.refresh?.(world, application);
  touch(application.model);
}
