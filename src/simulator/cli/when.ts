/** Times as the client prints them (Juju facts 9.12). */
const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 86_400_000;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `22 Nov 2026 03:25:20Z`, or with `--utc` `2026-11-22 03:25:20Z`. */
export function statusTime(wire: unknown, utc: boolean): string | undefined {
  if (typeof wire !== 'string') return undefined;
  const [date = '', time = ''] = wire.slice(0, 19).split('T');
  if (utc) return `${date} ${time}Z`;
  const [year = '', month = '1', day = ''] = date.split('-');
  return `${day} ${months[Number(month) - 1] ?? ''} ${year} ${time}Z`;
}

/** `2026-11-22 03:25:29.865 +0000 UTC`. */
export function exactTime(wire: unknown): string {
  if (typeof wire !== 'string') return 'never connected';
  const [whole = '', fraction = ''] = wire.replace('T', ' ').slice(0, -1).split('.');
  const digits = fraction.replace(/0+$/, '');
  return `${whole}${digits === '' ? '' : `.${digits}`} +0000 UTC`;
}

/** `just now`, `5 minutes ago`, or the date when it is long ago. */
export function humanTime(wire: unknown, now: number): string {
  if (typeof wire !== 'string') return 'never connected';
  const age = now - Date.parse(wire);
  if (age < 1500) return 'just now';
  if (age < minuteMs) return ago(age / 1000, 'second');
  if (age < hourMs) return ago(age / minuteMs, 'minute');
  if (age < dayMs) return ago(age / hourMs, 'hour');
  return wire.slice(0, 10);
}

function ago(amount: number, unit: string): string {
  const whole = Math.floor(amount);
  return `${whole} ${unit}${whole === 1 ? '' : 's'} ago`;
}
