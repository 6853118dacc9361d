import type { OptionSpec } from './options.js';

/** Whether a version of etcd knows an option; `depends` where the version is not known and it matters. */
export function knownBy(spec: OptionSpec, version: string | undefined): 'yes' | 'no' | 'depends' {
  if (spec.from === undefined && spec.until === undefined) return 'yes';
  if (version === undefined) return 'depends';
  if (spec.from !== undefined && isBefore(version, spec.from)) return 'no';
  return spec.until === undefined || isBefore(version, spec.until) ? 'yes' : 'no';
}

/** Compares by the first two numbers: `3.6.8` is not before `3.6`. */
export function isBefore(version: string, limit: string): boolean {
  const [major, minor] = numbers(version);
  const [limitMajor, limitMinor] = numbers(limit);
  return major === limitMajor ? minor < limitMinor : major < limitMajor;
}

function numbers(version: string): readonly [number, number] {
  const [, major = '0', minor = '0'] = /^v?(\d+)(?:\.(\d+))?/.exec(version) ?? [];
  return [Number(major), Number(minor)];
}
