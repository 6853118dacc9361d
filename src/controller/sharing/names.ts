/** How leases and those who hold them are called. */
import { partName } from '../../core/sharing/parts.js';

const memberPrefix = 'member-';

export function memberLease(unit: string): string {
  return `${memberPrefix}${unit}`;
}

export function partLease(part: number): string {
  return `part-${partName(part)}`;
}

/** The unit whose lease it is; undefined for leases of parts. */
export function unitIn(lease: string): string | undefined {
  return lease.startsWith(memberPrefix) ? lease.slice(memberPrefix.length) : undefined;
}

/**
 * One life of a unit. Each is told from the one before it: what that one held is not taken for granted, and what it
 * may still believe to hold is not its own any more.
 */
export function holderId(unit: string, instance: string): string {
  return `${unit}_${instance}`;
}

/** Units' names hold no underscore. */
export function unitOf(holder: string): string {
  return holder.slice(0, holder.lastIndexOf('_'));
}
