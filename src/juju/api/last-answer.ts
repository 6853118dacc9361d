import { createHash } from 'node:crypto';

/** Stands for an answer that says the same as the last one, its time apart. */
export const sameAsBefore = Symbol('says the same as before');

/** As Juju writes its answers; others are simply read. */
const head = /^\{"request-id":(\d+),"response":\{/;
/** Juju writes the time of its clock into each status: all that differs while nothing changes. */
const timeKey = Buffer.from('"controller-timestamp":"');
const time = /^\d{4}-\d\d-\d\dT[\d:.]{8,18}(?:Z|[+-]\d\d:\d\d)"/;

/** The number of the call that is answered, without parsing the answer. */
export function answeredId(bytes: Buffer): number | undefined {
  const id = head.exec(bytes.toString('latin1', 0, 64))?.[1];
  return id === undefined ? undefined : Number(id);
}

/** Knows the last answer to a question again, by its bytes without the controller's time. Keeps a digest only. */
export class LastAnswer {
  #digest: string | undefined;

  /** Whether this is the last answer once more; from now on this one is the last. */
  isAgain(bytes: Buffer): boolean {
    const digest = digestOf(bytes);
    const again = digest !== undefined && digest === this.#digest;
    this.#digest = digest;
    return again;
  }

  /** The next answer will be read, whatever it says. */
  forget(): void {
    this.#digest = undefined;
  }
}

function digestOf(bytes: Buffer): string | undefined {
  const start = head.exec(bytes.toString('latin1', 0, 64))?.[0].length;
  if (start === undefined) return undefined;
  const hash = createHash('sha256');
  const key = bytes.lastIndexOf(timeKey);
  const behind = key + timeKey.length;
  const told = key < start ? null : time.exec(bytes.toString('latin1', behind, behind + 48));
  if (told === null) return hash.update(bytes.subarray(start)).digest('base64');
  hash.update(bytes.subarray(start, behind));
  return hash.update(bytes.subarray(behind + told[0].length)).digest('base64');
}
