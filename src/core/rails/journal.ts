import { waiting } from './holds.js';
import type { Rail } from './rail.js';

const reasons = { full: 'JournalFull', corrupt: 'JournalCorrupt', lost: 'JournalLost' } as const;

/** What cannot be written down is not done: after a crash nobody would know of it. */
export const journal: Rail = (_step, { journal: health }) => {
  if (health.state === 'ok') return { note: 'the journal is sound' };
  const message = `nothing is changed while the journal is ${health.state}: ${health.reason}`;
  return { hold: waiting(reasons[health.state], message), note: `the journal is ${health.state}` };
};
