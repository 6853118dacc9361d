/** How the estate is cut into parts that units of the daemon share among themselves. */
import { createHash } from 'node:crypto';

/** Something of the estate that one unit alone looks after. */
export interface SharedPlace {
  readonly controller: string;
  /** Absent: what concerns the controller itself. */
  readonly model?: { readonly owner: string; readonly name: string };
}

/**
 * The part, from 0 on, that a place belongs to: the same on every unit and after every restart. A model counts by its
 * owner and its own name: the name by which it is shown is longer while another model has the same.
 */
export function partOf({ controller, model }: SharedPlace, parts: number): number {
  const name = model === undefined ? [controller] : [controller, model.owner, model.name];
  return hashed(JSON.stringify(name)) % parts;
}

/** As Leases and the journal call a part. */
export function partName(part: number): string {
  return String(part).padStart(2, '0');
}

/** Evenly spread over 48 bits. */
export function hashed(text: string): number {
  return createHash('sha256').update(text).digest().readUIntBE(0, 6);
}
