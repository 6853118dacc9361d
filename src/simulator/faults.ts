/** What can be made to go wrong with a controller, at any time and back again. */
import { applicationNamed } from './world/exposure.js';
import { touch, type SimController, type SimModel } from './world/state.js';

export interface Faults {
  /** Closes the API port, or opens it again. */
  unreachable(on: boolean): Promise<void>;
  /** Accepts connections and never answers. */
  silent(on: boolean): void;
  /** Every answer waits this many milliseconds. */
  slow(ms: number): void;
  /** Cuts all connections once. */
  dropSockets(): void;
  /** `calls`: all but status is refused; `logins`: nobody gets in. */
  upgrade(kind: 'none' | 'calls' | 'logins'): void;
  /** The running message of a model's migration; undefined ends it. */
  migration(model: string, message: string | undefined): void;
  /** Redirects the model's users; undefined brings the model back. */
  moved(model: string, target: RedirectTarget | undefined): void;
  /** A call, `Facade.Method`, answers permission denied. */
  denied(call: string, on: boolean): void;
  /** A call, `Facade.Method`, never answers. */
  hang(call: string, on: boolean): void;
  /** Every action fails with this message and exit 0; undefined ends it. */
  failActions(message: string | undefined): void;
  /** A revision of an application's charm does not work, or works after all. */
  failingRevision(model: string, application: string, revision: number, on: boolean): void;
  /** The unit of an application that is being refreshed does not come to an end, until this is off again. */
  hangingRefresh(model: string, application: string, on: boolean): void;
  /** FullStatus repeats its next answer for this long. */
  staleReads(ms: number): void;
  /** An agent is lost, or back. */
  lostUnit(unit: string, model: string, on: boolean): void;
  /** Ends all of the above. */
  clear(): Promise<void>;
}

export interface RedirectTarget {
  readonly servers: readonly (readonly object[])[];
  readonly 'ca-cert': string;
  readonly 'controller-tag'?: string;
  readonly 'controller-alias'?: string;
}

/** The sockets of a controller, where it has any. */
export interface Reachability {
  stop(): Promise<void>;
  resume(): Promise<void>;
  drop(): void;
}

export function faultsOf(controller: SimController, sockets: Reachability): Faults {
  let reachable = true;

  async function unreachable(on: boolean): Promise<void> {
    if (on !== reachable) return;
    reachable = !on;
    await (on ? sockets.stop() : sockets.resume());
  }

  return {
    ...callFaults(controller),
    ...modelFaults(controller, sockets),
    unreachable,
    dropSockets: () => {
      sockets.drop();
    },
    clear: async () => {
      clearAll(controller);
      await unreachable(false);
    },
  };
}

type CallFaults = Pick<
  Faults,
  'silent' | 'slow' | 'upgrade' | 'denied' | 'hang' | 'failActions' | 'staleReads'
>;

/** What goes wrong with single calls. */
function callFaults({ faults, world }: SimController): CallFaults {
  return {
    silent: (on) => {
      faults.silent = on;
    },
    slow: (ms) => {
      faults.latencyMs = ms;
    },
    upgrade: (kind) => {
      faults.upgrade = kind;
    },
    denied: (call, on) => {
      toggle(faults.denied, call, on);
    },
    hang: (call, on) => {
      toggle(faults.hanging, call, on);
    },
    failActions: (message) => {
      if (message === undefined) delete faults.failActions;
      else faults.failActions = message;
    },
    staleReads: (ms) => {
      faults.stale.clear();
      faults.staleUntil = world.clock.now() + ms;
    },
  };
}

/** What happens to models and units. */
function modelFaults(
  controller: SimController,
  sockets: Reachability,
): Pick<Faults, 'migration' | 'moved' | 'lostUnit' | 'failingRevision' | 'hangingRefresh'> {
  return {
    ...refreshFaults(controller),
    migration: (name, message) => {
      const model = modelNamed(controller, name);
      if (message === undefined) delete model.migration;
      else model.migration = message;
      touch(model);
    },
    moved: (name, target) => {
      const model = modelNamed(controller, name);
      if (target === undefined) delete model.movedTo;
      else model.movedTo = target;
      sockets.drop();
    },
    lostUnit: (unit, model, on) => {
      loseUnit(modelNamed(controller, model), unit, on);
    },
  };
}

function refreshFaults(controller: SimController): Pick<Faults, 'failingRevision' | 'hangingRefresh'> {
  return {
    failingRevision: (model, application, revision, on) => {
      const { failing } = applicationNamed(modelNamed(controller, model), application).refreshFaults;
      if (on) failing.add(revision);
      else failing.delete(revision);
    },
    hangingRefresh: (model, name, on) => {
      const application = applicationNamed(modelNamed(controller, model), name);
      application.refreshFaults.hanging = on;
      if (!on) application.refresh?.release?.();
    },
  };
}

function clearAll({ faults, models }: SimController): void {
  Object.assign(faults, { upgrade: 'none', latencyMs: 0, silent: false, staleUntil: 0 });
  delete faults.failActions;
  faults.denied.clear();
  faults.hanging.clear();
  for (const model of models.values()) {
    delete model.migration;
    delete model.movedTo;
    for (const { refresh, refreshFaults: own } of model.applications.values()) {
      own.failing.clear();
      own.hanging = false;
      refresh?.release?.();
    }
  }
}

/** The model of this name, or of this UUID. */
export function modelNamed(controller: SimController, name: string): SimModel {
  const model =
    controller.models.get(name) ?? [...controller.models.values()].find((each) => each.name === name);
  if (model === undefined) throw new Error(`the simulation has no model ${name} on ${controller.name}`);
  return model;
}

function toggle(names: Set<string>, name: string, on: boolean): void {
  if (on) names.add(name);
  else names.delete(name);
}

/** A lost agent: unit `lost`, workload `unknown` (Juju facts 9.16). */
function loseUnit(model: SimModel, name: string, on: boolean): void {
  const units = [...model.applications.values()].flatMap((application) => application.units);
  const unit = units.find((each) => each.name === name);
  if (unit === undefined) throw new Error(`the simulation has no unit ${name} in ${model.name}`);
  const since = model.controller.world.clock.now();
  unit.agent = on
    ? { status: 'lost', message: 'agent is not communicating with the server', since }
    : { status: 'idle', message: '', since };
  unit.workload = {
    status: on ? 'unknown' : 'active',
    message: on ? 'agent lost, see `juju show-status-log`' : '',
    since,
  };
  touch(model);
}
