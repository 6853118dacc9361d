const units: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  y: 31_536_000,
};
const whole = /^(?:\d+(?:\.\d+)?(?:ms|y|w|d|h|m|s))+$/;

/** Seconds in a duration as Prometheus and Go write it (`15d`, `1w2d`, `744h0m0s`); undefined for anything else. */
export function goSeconds(text: string): number | undefined {
  if (text === '0') return 0;
  if (text.length > 40 || !whole.test(text)) return undefined;
  let sum = 0;
  for (const [, count = '', unit = ''] of text.matchAll(/(\d+(?:\.\d+)?)(ms|y|w|d|h|m|s)/g))
    sum += Number(count) * (units[unit] ?? 0);
  return sum;
}
