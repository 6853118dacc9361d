const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** Milliseconds that a call was told to wait for an action, by `--wait 1m30s`; 0 without it. */
export function waitMs(argv: readonly string[]): number {
  const inline = argv.find((argument) => argument.startsWith('--wait='))?.slice('--wait='.length);
  const value = inline ?? (argv.includes('--wait') ? (argv[argv.indexOf('--wait') + 1] ?? '') : '');
  let total = 0;
  for (const [, count, unit] of value.matchAll(/(\d+)(ms|s|m|h)/g))
    total += Number(count) * units[unit as keyof typeof units];
  return total;
}
