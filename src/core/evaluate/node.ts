/**
 * The view through which controls read the Snapshot: a tree of nodes that outlives single snapshots. Each read of a
 * cell (a node's key) is noted for the judgement being made, so that a later change of that cell finds exactly the
 * judgements that depend on it.
 */
import type { Dict } from '../dict.js';
import { Cell, type Recorder } from './cell.js';
import { Derived } from './derived.js';

/** The cell that stands for the set of a node's children's names. */
export const namesCell = 'names';

export interface ChildPlan<S> {
  readonly key: string;
  readonly childrenOf: (state: S) => Dict<object>;
  readonly make: (name: string, state: object) => Node<object>;
  readonly removed: (child: Node<object>) => void;
}

const underived: readonly never[] = [];
/** Most nodes are leaves. Never written to. */
const childless = new Map<string, Node<object>>();

export abstract class Node<S extends object> {
  readonly name: string;
  private state: S;
  private readonly recorder: Recorder;
  private cells: Map<string, Cell> | undefined;
  private derivations: readonly Derived<unknown>[] = underived;
  private children: Map<string, Node<object>> = childless;
  /** The children as a list; made when asked for, dropped when one comes or goes. */
  private listed: readonly Node<object>[] | undefined;

  constructor(name: string, state: S, recorder: Recorder) {
    this.name = name;
    this.state = state;
    this.recorder = recorder;
  }

  /** How this kind of node keeps its children; undefined for leaves. */
  protected abstract childPlan(): ChildPlan<S> | undefined;

  /** Reads one cell. */
  get<K extends keyof S & string>(key: K): S[K] {
    this.note(key);
    return this.state[key];
  }

  /** Reads one cell without noting who asks: for what notes it in another way. */
  protected peek<K extends keyof S & string>(key: K): S[K] {
    return this.state[key];
  }

  /** One child, or undefined; its absence is noted too. */
  protected child(name: string): Node<object> | undefined {
    this.note(namesCell);
    return this.children.get(name);
  }

  protected childList(): readonly Node<object>[] {
    this.note(namesCell);
    return this.inOrder();
  }

  /** Takes the state of the next snapshot and tells the readers of every cell that differs. */
  update(next: S): void {
    const before = this.state;
    if (before === next) return;
    this.state = next;
    const plan = this.childPlan();
    for (const key of Object.keys(next) as (keyof S & string)[]) {
      if (key === plan?.key || before[key] === next[key]) continue;
      this.tell(key);
    }
    if (plan !== undefined) this.updateChildren(plan);
  }

  /** Makes nodes for the children of a state not seen before; called once after construction. */
  populate(): void {
    const plan = this.childPlan();
    if (plan !== undefined) this.updateChildren(plan);
  }

  private updateChildren(plan: ChildPlan<S>): void {
    const states = plan.childrenOf(this.state);
    const before = this.inOrder();
    let moved = false;
    let present = 0;
    for (const name of Object.keys(states)) {
      const state = states[name];
      if (state === undefined) continue;
      // Mostly they are the same as before, and in the same order: then none has to be looked up.
      const there = before[present];
      present += 1;
      if (there?.name === name) {
        if (there.state !== state) there.update(state);
        continue;
      }
      moved = true;
      this.updateMoved(name, state, plan);
    }
    const isMissing = this.children.size > present;
    if (isMissing) this.dropMissing(states, plan);
    if (moved) this.reorder(Object.keys(states));
    if (!moved && !isMissing) return;
    this.listed = undefined;
    this.tell(namesCell);
  }

  private updateMoved(name: string, state: object, plan: ChildPlan<S>): void {
    const child = this.children.get(name);
    if (child === undefined) this.adopt(name, plan.make(name, state));
    else child.update(state);
  }

  private inOrder(): readonly Node<object>[] {
    return (this.listed ??= [...this.children.values()]);
  }

  private adopt(name: string, child: Node<object>): void {
    if (this.children === childless) this.children = new Map();
    this.children.set(name, child);
  }

  /** Keeps the children in the snapshot's order, so that findings come in the same order however they were made. */
  private reorder(names: readonly string[]): void {
    for (const name of names) {
      const child = this.children.get(name);
      if (child === undefined) continue;
      this.children.delete(name);
      this.children.set(name, child);
    }
  }

  private dropMissing(states: Dict<object>, plan: ChildPlan<S>): void {
    for (const [name, child] of this.children) {
      if (states[name] !== undefined) continue;
      this.children.delete(name);
      child.forget(plan);
    }
  }

  /** Says of this node and everything below it that it is gone. */
  private forget(plan: { removed: (child: Node<object>) => void }): void {
    const below = this.childPlan();
    for (const child of this.children.values()) child.forget(below ?? plan);
    plan.removed(this as unknown as Node<object>);
    for (const one of this.derivations) one.drop();
    this.derivations = underived;
    for (const cell of this.cells?.values() ?? []) cell.tell();
  }

  /**
   * What `work` makes of this node, what is around it, and one more value: made once for all who ask, and anew after
   * something that it read has changed; who asked is judged again where it came out otherwise. For what many judgements of a model or an application share. `work` is known
   * again by being the same function; it is pure and has nothing to do with the moment of judging.
   */
  derived<T, A>(work: (node: this, argument: A) => T, argument: A): T {
    return this.derivation(work, argument).value();
  }

  private derivation<T, A>(work: (node: this, argument: A) => T, argument: A): Derived<T> {
    for (const one of this.derivations) if (one.is(work, argument)) return one as Derived<T>;
    const made = new Derived<T>({ work, node: this, argument }, this.recorder);
    this.derivations = [...this.derivations, made];
    return made;
  }

  protected note(key: string): void {
    if (this.recorder.current === undefined) return;
    this.cells ??= new Map();
    let cell = this.cells.get(key);
    if (cell === undefined) this.cells.set(key, (cell = new Cell()));
    cell.note(this.recorder);
  }

  /** Tells the readers of a cell that it reads differently now. */
  protected tell(key: string): void {
    this.cells?.get(key)?.tell();
  }
}
