import { Cell, reading, release, type Reader, type Recorder } from './cell.js';
import { saySame } from './say-same.js';

/** A pure function of a node and one more value, by which it is known again. */
interface Derivation<T> {
  readonly work: (node: never, argument: never) => T;
  readonly node: unknown;
  readonly argument: unknown;
}

/**
 * What follows from cells, made once for all who ask. After one of the cells has changed it is made anew, and whoever
 * asked is told only where it came out otherwise.
 */
export class Derived<T> extends Cell implements Reader {
  cells: readonly Cell[] = [];
  private readonly derivation: Derivation<T>;
  private readonly recorder: Recorder;
  private made: { readonly value: T } | undefined;

  constructor(derivation: Derivation<T>, recorder: Recorder) {
    super();
    this.derivation = derivation;
    this.recorder = recorder;
  }

  is(work: unknown, argument: unknown): boolean {
    return this.derivation.work === work && this.derivation.argument === argument;
  }

  value(): T {
    this.settle();
    this.note(this.recorder);
    this.made ??= { value: this.make() };
    return this.made.value;
  }

  /** It is made anew once all of the next snapshot is there. */
  dirty(): void {
    this.recorder.doubted.add(this);
  }

  /** Makes it anew if that is in doubt, and tells who asked where it came out otherwise. */
  settle(): void {
    if (!this.recorder.doubted.delete(this)) return;
    if (this.made === undefined || !this.isRead()) this.drop();
    else if (!this.isMadeAsBefore(this.made.value)) this.tell();
  }

  /** Forgets it, and tells who asked. */
  drop(): void {
    this.recorder.doubted.delete(this);
    this.made = undefined;
    release(this);
    this.tell();
  }

  private isMadeAsBefore(before: T): boolean {
    try {
      const value = this.make();
      if (saySame(before, value)) return true;
      this.made = { value };
    } catch {
      // Whoever asks hears of the failure.
      this.made = undefined;
    }
    return false;
  }

  private make(): T {
    const { work, node, argument } = this.derivation;
    const made = (): T => work(node as never, argument as never);
    return this.recorder.follows ? reading(this.recorder, this, made) : made();
  }
}
