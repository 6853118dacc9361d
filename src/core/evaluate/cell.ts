/** Who read what: the notes by which a change finds exactly the answers that rest on what changed. */

/** Something to be told when a cell that it read has changed. */
export interface Reader {
  /** The cells that it read last. */
  cells: readonly Cell[];
  /** Called when one of them reads differently now. */
  dirty(): void;
}

/** Notes who reads. Where nobody follows the changes (a one-off evaluation), `current` is never set. */
export interface Recorder {
  current: Reader | undefined;
  /** The cells that the current reader, and those around it, have read so far. */
  readonly noted: Cell[];
  /** Whether changes are followed. */
  readonly follows: boolean;
  /** What was made of cells that read differently now. */
  readonly doubted: Set<Doubted>;
}

/** What may come out otherwise than it did. */
interface Doubted {
  /** Finds out, and tells its readers if it does. */
  settle(): void;
}

export function newRecorder(follows: boolean): Recorder {
  return { current: undefined, noted: [], follows, doubted: new Set() };
}

/** Settles all that is in doubt, and what that brings into doubt. */
export function settle({ doubted }: Recorder): void {
  for (const one of doubted) one.settle();
}

/** Most cells have a handful of readers, for which a list is smaller than a set and as fast. */
const fewReaders = 12;

/** One thing that is read by itself. */
export class Cell {
  private readers: readonly Reader[] | Set<Reader> = none;

  /** Notes the reader at work, if there is one. */
  note(recorder: Recorder): void {
    const reader = recorder.current;
    if (reader !== undefined && this.add(reader)) recorder.noted.push(this);
  }

  /** Tells all readers that it reads differently now. */
  tell(): void {
    for (const reader of this.readers) reader.dirty();
  }

  remove(reader: Reader): void {
    const { readers } = this;
    if (readers instanceof Set) readers.delete(reader);
    else this.readers = without(readers, reader);
  }

  /** Whether anybody has read it. */
  protected isRead(): boolean {
    const { readers } = this;
    return (readers instanceof Set ? readers.size : readers.length) > 0;
  }

  /** Whether it was not among the readers before. */
  private add(reader: Reader): boolean {
    const { readers } = this;
    if (readers instanceof Set) {
      const before = readers.size;
      return readers.add(reader).size > before;
    }
    if (readers.includes(reader)) return false;
    // Made to measure: a list that grows keeps room for many more.
    this.readers = readers.length < fewReaders ? [...readers, reader] : new Set([...readers, reader]);
    return true;
  }
}

const none: readonly Reader[] = [];

function without(readers: readonly Reader[], reader: Reader): readonly Reader[] {
  const index = readers.indexOf(reader);
  if (index < 0) return readers;
  return readers.length === 1 ? none : readers.toSpliced(index, 1);
}

/** Does work of which every read is noted for the reader, instead of what it read before. */
export function reading<T>(recorder: Recorder, reader: Reader, work: () => T): T {
  release(reader);
  const outer = recorder.current;
  const { noted } = recorder;
  const begin = noted.length;
  recorder.current = reader;
  try {
    return work();
  } finally {
    reader.cells = noted.slice(begin);
    noted.length = begin;
    recorder.current = outer;
  }
}

/** Takes a reader out of every cell that it read. */
export function release(reader: Reader): void {
  for (const cell of reader.cells) cell.remove(reader);
  reader.cells = unread;
}

const unread: readonly Cell[] = [];
