import type { CharmListing } from '../charmhub/listing.js';
import { valueOf, type Fact } from '../fact.js';
import type { ApplicationState, ControllerState, ModelState, Snapshot } from '../snapshot.js';
import type { Target } from '../target.js';
import { ClustersView, type ClusterView } from './cluster-view.js';
import { ListingsView } from './listings-view.js';
import { StacksView, type StackView } from './stack-view.js';
import type { Recorder } from './cell.js';
import { namesCell, Node, type ChildPlan } from './node.js';

/** Told when targets appear and go. */
export interface Births {
  born(view: View): void;
  gone(view: View): void;
}

export type View = ControllerView | ModelView | ApplicationView;

/** What all views of one evaluation share. */
export interface Tree {
  readonly recorder: Recorder;
  readonly births: Births;
}

/** The whole estate. */
export class EstateView extends Node<Snapshot> {
  private readonly tree: Tree;
  private readonly seenClusters: ClustersView;
  private readonly seenStacks: StacksView;
  private readonly seenListings: ListingsView;

  constructor(snapshot: Snapshot, tree: Tree) {
    super('', snapshot, tree.recorder);
    this.tree = tree;
    this.seenClusters = new ClustersView(snapshot.clusters, tree.recorder);
    this.seenStacks = new StacksView(snapshot.observability, tree.recorder);
    this.seenListings = new ListingsView('', {}, tree.recorder);
    this.seenListings.show(snapshot.charmhub);
  }

  /** The clusters that may be looked at; undefined where no access to Kubernetes was given. */
  clusters(): readonly ClusterView[] | undefined {
    return this.seenClusters.clusters();
  }

  /** The observability stacks that may be asked; undefined where the policy names none. */
  stacks(): readonly StackView[] | undefined {
    return this.seenStacks.stacks();
  }

  /** What Charmhub says of a charm; undefined where it was not asked. */
  listing(charm: string): Fact<CharmListing> | undefined {
    return this.seenListings.of(charm);
  }

  override populate(): void {
    this.seenClusters.populate();
    this.seenStacks.populate();
    super.populate();
  }

  override update(next: Snapshot): void {
    this.seenClusters.show(next.clusters);
    this.seenStacks.show(next.observability);
    this.seenListings.show(next.charmhub);
    super.update(next);
  }

  controller(name: string): ControllerView | undefined {
    return this.child(name) as ControllerView | undefined;
  }

  controllers(): readonly ControllerView[] {
    return this.childList() as unknown as readonly ControllerView[];
  }

  protected override childPlan(): ChildPlan<Snapshot> {
    return {
      key: 'controllers',
      childrenOf: (state) => state.controllers,
      make: (name, state) =>
        born(new ControllerView(name, state as ControllerState, this, this.tree), this.tree),
      removed: (child) => {
        this.tree.births.gone(child as unknown as View);
      },
    };
  }
}

/** One controller, as controls read it. */
export class ControllerView extends Node<ControllerState> {
  readonly scope = 'controller';
  readonly estate: EstateView;
  readonly target: Target;
  private readonly tree: Tree;

  constructor(name: string, state: ControllerState, estate: EstateView, tree: Tree) {
    super(name, state, tree.recorder);
    this.estate = estate;
    this.tree = tree;
    this.target = name === '' ? { kind: 'controller' } : { kind: 'controller', controller: name };
  }

  model(name: string): ModelView | undefined {
    return this.child(name) as ModelView | undefined;
  }

  models(): readonly ModelView[] {
    return this.childList() as unknown as readonly ModelView[];
  }

  protected override childPlan(): ChildPlan<ControllerState> {
    return {
      key: 'models',
      childrenOf: (state) => state.models,
      make: (name, state) => born(new ModelView(name, state as ModelState, this, this.tree), this.tree),
      removed: (child) => {
        this.tree.births.gone(child as unknown as View);
      },
    };
  }
}

/** One model. Its key in the controller is its name, or `owner/name` where two share a name. */
export class ModelView extends Node<ModelState> {
  readonly scope = 'model';
  readonly controller: ControllerView;
  readonly target: Target;
  private readonly tree: Tree;
  private byCharm: ReadonlyMap<string, readonly ApplicationView[]> | undefined;
  private exposable: readonly ApplicationView[] | undefined;

  constructor(name: string, state: ModelState, controller: ControllerView, tree: Tree) {
    super(name, state, tree.recorder);
    this.controller = controller;
    this.tree = tree;
    this.target = { ...controller.target, kind: 'model', model: name };
  }

  application(name: string): ApplicationView | undefined {
    return this.child(name) as ApplicationView | undefined;
  }

  /** The applications of one charm: for looking for candidates, which in a large model must not read every other. */
  deployed(charm: string): readonly ApplicationView[] {
    this.note(charmsCell);
    this.byCharm ??= groupedByCharm(this.childList() as unknown as readonly ApplicationView[]);
    return this.byCharm.get(charm) ?? [];
  }

  /** An application came, went, or runs another charm. */
  charmsChanged(): void {
    this.byCharm = undefined;
    this.tell(charmsCell);
  }

  /** The applications that are not known to be closed: few of many. */
  unclosed(): readonly ApplicationView[] {
    this.note(unclosedCell);
    this.exposable ??= this.applications().filter((app) => !app.isClosed());
    return this.exposable;
  }

  /** An application was exposed or closed; where none is named, some came or went. */
  unclosedChanged(changed?: ApplicationView): void {
    this.exposable = changed && this.exposable && this.withOrWithout(changed, this.exposable);
    this.tell(unclosedCell);
  }

  /** Goes through the list alone: to look at each of ten thousand applications takes far longer. */
  private withOrWithout(changed: ApplicationView, before: readonly ApplicationView[]): typeof before {
    let next = 0;
    return this.applications().filter((app) => {
      if (app === before[next]) next += 1;
      else if (app !== changed) return false;
      return app !== changed || !app.isClosed();
    });
  }

  protected override tell(key: string): void {
    super.tell(key);
    if (key !== namesCell) return;
    this.charmsChanged();
    this.unclosedChanged();
  }

  applications(): readonly ApplicationView[] {
    return this.childList() as unknown as readonly ApplicationView[];
  }

  protected override childPlan(): ChildPlan<ModelState> {
    return {
      key: 'applications',
      childrenOf: (state) => state.applications,
      make: (name, state) =>
        born(new ApplicationView(name, state as ApplicationState, this, this.tree), this.tree),
      removed: (child) => {
        this.tree.births.gone(child as unknown as View);
      },
    };
  }
}

/** One application. */
export class ApplicationView extends Node<ApplicationState> {
  readonly scope = 'application';
  readonly model: ModelView;
  readonly target: Target;

  constructor(name: string, state: ApplicationState, model: ModelView, tree: Tree) {
    super(name, state, tree.recorder);
    this.model = model;
    this.target = { ...model.target, kind: 'application', application: name };
  }

  /** The name of its charm, without noting who asks: the model notes that for all of them at once. */
  charmName(): string | undefined {
    return valueOf(this.peek('charm'))?.name;
  }

  /** Whether it is known to be exposed to nobody, noted in the same way. */
  isClosed(): boolean {
    return valueOf(this.peek('exposure'))?.exposed === false;
  }

  override update(next: ApplicationState): void {
    const charm = this.charmName();
    const wasClosed = this.isClosed();
    super.update(next);
    // Another revision of the same charm is no news to those who look for charms.
    if (this.charmName() !== charm) this.model.charmsChanged();
    if (this.isClosed() !== wasClosed) this.model.unclosedChanged(this);
  }

  protected override childPlan(): undefined {
    return undefined;
  }
}

function born(view: View, tree: Tree): Node<object> {
  view.populate();
  tree.births.born(view);
  return view as unknown as Node<object>;
}

/** All targets: each controller, its models, their applications, in the snapshot's order. */
export function viewsOf(estate: EstateView): readonly View[] {
  const views: View[] = [];
  for (const controller of estate.controllers()) {
    views.push(controller);
    for (const model of controller.models()) {
      views.push(model);
      for (const app of model.applications()) views.push(app);
    }
  }
  return views;
}

/** The view itself, or the model or controller around it, of the scope named; undefined where there is none. */
export function enclosing(view: View, scope: View['scope'] | undefined): View | undefined {
  if (view.scope === scope) return view;
  if (view.scope === 'controller') return undefined;
  return enclosing(view.scope === 'application' ? view.model : view.controller, scope);
}

/** The cell that stands for which charms the applications of a model run. */
const charmsCell = 'charms';
/** The cell that stands for which of them are not known to be closed. */
const unclosedCell = 'unclosed';

function groupedByCharm(apps: readonly ApplicationView[]): ReadonlyMap<string, readonly ApplicationView[]> {
  const groups = new Map<string, ApplicationView[]>();
  for (const app of apps) {
    const charm = app.charmName();
    if (charm === undefined) continue;
    const group = groups.get(charm);
    if (group === undefined) groups.set(charm, [app]);
    else group.push(app);
  }
  return groups;
}
