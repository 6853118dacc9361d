/** What became of a change on whose way the daemon was killed, in a few words. */
export interface Killed {
  /** Where it stands in the end, with its reason where a person has to look. */
  readonly state: string;
  /** How often its command was really made before the kill, and after. */
  readonly before: number;
  readonly after: number;
  /** Whether the kill came after its end was written down. */
  readonly wasOver: boolean;
}

export function outcomeOf({ state, before, after, wasOver }: Killed): string {
  return `${wordsFor({ state, before, after, wasOver })} (${before} + ${after})`;
}

function wordsFor({ state, before, after, wasOver }: Killed): string {
  if (state.startsWith('NeedsReview')) return state;
  if (before === 0) return 'not begun, done later';
  if (after > 0) return 'done again';
  return wasOver ? 'done once' : 'followed and verified';
}

export const legend =
  'In brackets: calls of the command before the kill + after it. `not begun, done later`: no call before the kill. ' +
  '`followed and verified`: called before the kill, looked at by the next life, not called again. `done once`: its end ' +
  'was on disk already. `followed and undone`: the same for a change that is undone as it made things worse. `done again`: a second call, allowed as the action may be repeated. `NeedsReview`: it may not ' +
  'be repeated, or undone, while it is not known whether it was done, so that a person decides.';
