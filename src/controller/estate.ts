/** What all followed controllers show, put together into one Snapshot, with the probes' answers laid over it. */
import { newDict, type Dict } from '../core/dict.js';
import type { WorkloadEvidence } from '../core/evidence/workload.js';
import type { Fact } from '../core/fact.js';
import type { ClusterState } from '../core/kube/cluster.js';
import type { StackState } from '../core/observability/stack.js';
import type { AuditLogs, CharmhubListings, JujuApi } from '../core/ports/index.js';
import type {
  ApplicationState,
  ControllerState,
  ModelState,
  PasswordChange,
  Snapshot,
} from '../core/snapshot.js';
import { instant } from '../core/time.js';

export type ProbeFact = ApplicationState['probes'];

/** Answers of probes by controller, model and application. */
export interface ProbeAnswers {
  get(controller: string, model: string, application: string): ProbeFact | undefined;
}

/** What was seen inside units. */
export interface SeenInside {
  get(model: ModelState, app: ApplicationState): WorkloadEvidence | undefined;
}

/** Changes of passwords that the journal knows, by controller. */
export interface PasswordChanges {
  fact(controller: string): Fact<readonly PasswordChange[]>;
}

/** What the clusters below the estate show of its models; undefined where none may be looked at. */
export interface ClustersBelow {
  under(controllers: readonly ControllerState[], now: number): Dict<ClusterState> | undefined;
}

/** What observability stacks hold of its models; undefined where none may be asked. */
export interface StacksBeside {
  beside(controllers: readonly ControllerState[], now: number): Dict<StackState> | undefined;
}

/** Others than Juju who show something of the estate. */
export interface Around {
  readonly clusters?: ClustersBelow;
  readonly stacks?: StacksBeside;
  readonly inside?: SeenInside | undefined;
  readonly charmhub?: Pick<CharmhubListings, 'listed'> | undefined;
  readonly auditLogs?: Pick<AuditLogs, 'deeds'> | undefined;
}

export class Estate {
  private apis: readonly JujuApi[];
  private readonly answers: ProbeAnswers;
  private readonly changes: PasswordChanges | undefined;
  private readonly around: Around;
  private readonly overlays = new WeakMap<object, { key: readonly unknown[]; merged: object }>();
  private last: { parts: readonly unknown[]; snapshot: Snapshot } | undefined;

  constructor(
    apis: readonly JujuApi[],
    answers: ProbeAnswers,
    changes?: PasswordChanges,
    around: Around = {},
  ) {
    this.apis = apis;
    this.answers = answers;
    this.changes = changes;
    this.around = around;
  }

  follow(apis: readonly JujuApi[]): void {
    this.apis = apis;
  }

  api(controller: string): JujuApi | undefined {
    return this.apis.find((api) => api.controller === controller);
  }

  all(): readonly JujuApi[] {
    return this.apis;
  }

  /** The same object as before when nothing has changed. `now` in ms. */
  snapshot(now: number): Snapshot {
    const controllers = this.apis.map((api) => this.withOurs(api.current()));
    const clusters = this.around.clusters?.under(controllers, now);
    const observability = this.around.stacks?.beside(controllers, now);
    const charmhub = this.around.charmhub?.listed(controllers, now);
    const parts = [...controllers, clusters, observability, charmhub];
    const { last } = this;
    if (last !== undefined && sameItems(last.parts, parts)) return last.snapshot;
    const dict = newDict<ControllerState>();
    for (const controller of controllers) dict[controller.name] = controller;
    const snapshot: Snapshot = {
      kind: 'Snapshot',
      version: 'v1',
      takenAt: instant(now),
      controllers: dict,
      ...(clusters === undefined ? {} : { clusters }),
      ...(observability === undefined ? {} : { observability }),
      ...(charmhub === undefined ? {} : { charmhub }),
    };
    this.last = { parts, snapshot };
    return snapshot;
  }

  private withOurs(controller: ControllerState): ControllerState {
    const models = Object.values(controller.models).map((model) =>
      this.modelWithAnswers(controller.name, model),
    );
    const rotations = this.changes?.fact(controller.name);
    const deeds = this.around.auditLogs?.deeds(controller.name);
    return this.overlaid(controller, [...models, rotations, deeds], () => ({
      ...controller,
      ...(rotations === undefined ? {} : { rotations }),
      ...(deeds === undefined ? {} : { deeds }),
      models: replaced(controller.models, models),
    }));
  }

  private modelWithAnswers(controller: string, model: ModelState): ModelState {
    const apps = Object.values(model.applications);
    const facts = apps.map((app) => this.answers.get(controller, model.name, app.name));
    const { inside } = this.around;
    const seen = inside === undefined ? [] : apps.map((app) => inside.get(model, app));
    if ([...facts, ...seen].every((fact) => fact === undefined)) return model;
    return this.overlaid(model, [...facts, ...seen], () => {
      const applications = apps.map((app, index) => this.applicationWith(app, facts[index], seen[index]));
      return { ...model, applications: replaced(model.applications, applications) };
    });
  }

  private applicationWith(
    app: ApplicationState,
    probes: ProbeFact | undefined,
    workload: WorkloadEvidence | undefined,
  ): ApplicationState {
    if (probes === undefined && workload === undefined) return app;
    return this.overlaid(app, [probes, workload], () => ({
      ...app,
      ...(probes === undefined ? {} : { probes }),
      ...(workload === undefined ? {} : { workload }),
    }));
  }

  /** Keeps the identity of what was put together from the same parts. */
  private overlaid<T extends object>(base: T, key: readonly unknown[], make: () => T): T {
    const kept = this.overlays.get(base);
    if (kept !== undefined && sameItems(kept.key, key)) return kept.merged as T;
    const merged = make();
    this.overlays.set(base, { key, merged });
    return merged;
  }
}

function replaced<T>(dict: Readonly<Record<string, T>>, values: readonly T[]): Readonly<Record<string, T>> {
  const copy = newDict<T>();
  Object.keys(dict).forEach((key, index) => {
    copy[key] = values[index] as T;
  });
  return copy;
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
