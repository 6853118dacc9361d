import type { PlannedAction } from './planned.js';

/** The applications of the model that an action touches. */
export function touchedBy({ args }: Pick<PlannedAction, 'args'>): readonly string[] {
  if ('ends' in args) return [...new Set(args.ends.map((end) => end.application))];
  return 'application' in args ? [args.application] : [];
}
