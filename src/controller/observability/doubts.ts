import type { StackStanding } from './followed-stack.js';

/** A sentence for each stack that is not seen as it should be. Holdfast works without it, so it takes no readiness away. */
export function stackDoubts(standings: readonly StackStanding[]): readonly string[] {
  return standings.flatMap(({ health: { stack, ageSeconds, parts }, maxAge }) => {
    const troubles = parts.flatMap(({ trouble }) => trouble ?? []);
    const told = troubles.length === 0 ? '' : `: ${troubles.join('; ')}`;
    if (ageSeconds === undefined) return [`stack ${stack} has not been read yet${told}`];
    if (ageSeconds > maxAge) return [`stack ${stack} was not heard for ${Math.round(ageSeconds)} s${told}`];
    return told === '' ? [] : [`stack ${stack}${told}`];
  });
}
