/** What the harness is tried on: of each line it is known whether its tests notice a change. */
const most = 3;

export function isTooMany(count: number): boolean {
  return count > most;
}

export function countdown(from: number): number {
  let rounds = 0;
  for (let n = from; n > 0; n -= 1) rounds += 1;
  return rounds;
}

export function neverAsked(): string {
  return 'nobody';
}
