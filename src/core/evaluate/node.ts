/**
 * The view through which controls read the Snapshot: a tree of nodes that outlives single snapshots. Each read of a
 * cell (a node's key) is noted for the judgement being made, so that a later change of that cell finds exactly the
 * judgements that depend on it.
 */
import type { Dict } from '../dict.js';

/** Something to be told when a cell that it read has changed. */
export interface Reader {
  readonly dirty: (reader: Reader) => void;
  readonly cells: Set<Reader>[];
}

/** Notes which reader is at work. Without `current` (a one-off evaluation) reads cost nothing. */
export interface Recorder {
  current: Reader | undefined;
}

/** The cell that stands for the set of a node's children's names. */
export const namesCell = 'names';

export interface ChildPlan<S> {
  readonly key: string;
  readonly childrenOf: (state: S) => Dict<object>;
  readonly make: (name: string, state: object) => Node<object>;
  readonly removed: (child: Node<object>) => void;
}

export abstract class Node<S extends object> {
  readonly name: string;
  private state: S;
  private readonly recorder: Recorder;
  private readonly readers = new Map<string, Set<Reader>>();
  private readonly children = new Map<string, Node<object>>();
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
    this.listed ??= [...this.children.values()];
    return this.listed;
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
    const dropped = this.dropMissing(states, plan);
    const before = this.children.keys();
    let moved = false;
    for (const name of Object.keys(states)) {
      const state = states[name];
      if (state === undefined) continue;
      moved ||= before.next().value !== name;
      const child = this.children.get(name);
      if (child === undefined) this.children.set(name, plan.make(name, state));
      else child.update(state);
    }
    if (moved) this.reorder(Object.keys(states));
    if (!moved && !dropped) return;
    this.listed = undefined;
    this.tell(namesCell);
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

  private dropMissing(states: Dict<object>, plan: ChildPlan<S>): boolean {
    let dropped = false;
    for (const [name, child] of this.children) {
      if (states[name] !== undefined) continue;
      this.children.delete(name);
      child.forget(plan);
      dropped = true;
    }
    return dropped;
  }

  /** Says of this node and everything below it that it is gone. */
  private forget(plan: { removed: (child: Node<object>) => void }): void {
    const below = this.childPlan();
    for (const child of this.children.values()) child.forget(below ?? plan);
    plan.removed(this as unknown as Node<object>);
    for (const key of this.readers.keys()) this.tell(key);
  }

  protected note(key: string): void {
    const reader = this.recorder.current;
    if (reader === undefined) return;
    let readers = this.readers.get(key);
    if (readers === undefined) this.readers.set(key, (readers = new Set()));
    if (readers.has(reader)) return;
    readers.add(reader);
    reader.cells.push(readers);
  }

  /** Tells the readers of a cell that it reads differently now. */
  protected tell(key: string): void {
    const readers = this.readers.get(key);
    if (readers === undefined) return;
    for (const reader of readers) reader.dirty(reader);
  }
}

/** Takes a reader out of every cell that it read. */
export function release(reader: Reader): void {
  for (const cell of reader.cells) cell.delete(reader);
  reader.cells.length = 0;
}
