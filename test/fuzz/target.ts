/** What is fuzzed: something that reads what others wrote. */

/** An error that a reader may answer with: its class, or the message of a plain Error. */
export type Refusal = (abstract new (...given: never[]) => Error) | RegExp;

export interface Target {
  /** Also the name of its folder in the corpus. */
  readonly name: string;
  /** Reads as whoever calls it would; `folder` is for readers that take a file. May answer later. */
  readonly read: (bytes: Buffer, folder: string) => unknown;
  /** All that it may throw. */
  readonly refusals: readonly Refusal[];
  /** Files or folders below test/fixtures that are sound input, besides its corpus. */
  readonly seeds?: readonly string[];
  /** Words that mean something to it. */
  readonly words?: readonly string[];
  /** Bytes of an input at most; default 128 kB. For readers behind a limit of their own. */
  readonly longest?: number;
}

export function utf8(bytes: Buffer): string {
  return bytes.toString('utf8');
}

/** The JSON in an input; undefined where it is none, which is not for this reader to refuse. */
export function jsonIn(bytes: Buffer): unknown {
  try {
    return JSON.parse(utf8(bytes)) as unknown;
  } catch {
    return undefined;
  }
}
