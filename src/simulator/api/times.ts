/** Go's zero time, which Juju sends for what has not happened. */
export const zeroTime = '0001-01-01T00:00:00Z';

/** RFC 3339 in UTC with the nine digits that Juju's clocks have. */
export function wireTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, -1)}000000Z`;
}

/** To the second, as users' last connections are. */
export function wireSecond(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
