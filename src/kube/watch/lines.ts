const newline = 0x0a;

/**
 * Cuts a stream of bytes into lines, whatever the pieces it comes in. Text is decoded only once a line is whole, so
 * that no character is torn.
 */
export class Lines {
  readonly #limit: number;
  #pieces: Buffer[] = [];
  #held = 0;

  /** `limit`: bytes of one line. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /**
   * The lines that this piece completes, empty ones left out.
   * @throws Error when a line is longer than allowed.
   */
  *push(piece: Buffer): Generator<string> {
    let start = 0;
    for (let end = piece.indexOf(newline); end !== -1; end = piece.indexOf(newline, start)) {
      const line = this.#finish(piece.subarray(start, end));
      if (line !== '') yield line;
      start = end + 1;
    }
    this.#hold(piece.subarray(start));
  }

  #finish(last: Buffer): string {
    if (this.#pieces.length === 0) {
      this.#check(last.length);
      return last.toString('utf8').trim();
    }
    this.#hold(last);
    const line = Buffer.concat(this.#pieces, this.#held).toString('utf8').trim();
    this.#pieces = [];
    this.#held = 0;
    return line;
  }

  #hold(piece: Buffer): void {
    if (piece.length === 0) return;
    this.#check(this.#held + piece.length);
    this.#pieces.push(piece);
    this.#held += piece.length;
  }

  #check(length: number): void {
    if (length > this.#limit) throw new Error(`an event is longer than ${this.#limit} bytes`);
  }
}
