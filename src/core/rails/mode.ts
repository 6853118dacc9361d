import { onlyProposed } from './holds.js';
import type { Rail } from './rail.js';

/** A step that serves several findings is carried out when the policy enforces one of them. */
export const mode: Rail = ({ findings }) => {
  if (findings.some(({ settings }) => settings.mode === 'enforce')) return { note: 'mode enforce' };
  return { hold: onlyProposed('ModePropose', 'the policy only proposes here'), note: 'mode propose' };
};
