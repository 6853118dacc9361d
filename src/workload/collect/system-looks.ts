import type { Inquiry } from './inquiry.js';

const system = {
  pro: { kind: 'program', program: 'pro-status' },
  updates: { kind: 'program', program: 'pro-updates' },
} as const satisfies Inquiry['looks'];

/** What every machine tells of itself: the charm's snap, Ubuntu Pro, updates that wait. */
export function onMachine(snap: string): Inquiry['looks'] {
  return { snap: { kind: 'program', program: `snap ${snap}` }, ...system };
}
