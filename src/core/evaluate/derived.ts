import { Cell, reading, release, type Reader, type Recorder } from './cell.js';

/** What follows from cells, made once for all who ask, and anew after one of the cells has changed. */
export class Derived<T> extends Cell implements Reader {
  cells: readonly Cell[] = [];
  private readonly work: (node: never, argument: never) => T;
  private readonly argument: unknown;
  private made: { readonly value: T } | undefined;

  constructor(work: (node: never, argument: never) => T, argument: unknown) {
    super();
    this.work = work;
    this.argument = argument;
  }

  is(work: unknown, argument: unknown): boolean {
    return this.work === work && this.argument === argument;
  }

  value(node: unknown, recorder: Recorder): T {
    this.note(recorder);
    if (this.made !== undefined) return this.made.value;
    const work = (): T => this.work(node as never, this.argument as never);
    const value = recorder.follows ? reading(recorder, this, work) : work();
    this.made = { value };
    return value;
  }

  dirty(): void {
    this.made = undefined;
    release(this);
    this.tell();
  }
}
