/** A version of Juju. Pre-releases such as `4.1-beta2` carry a tag and may lack the patch number. */
export interface JujuVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  readonly tag: string;
}

/** Undefined for what is no version of Juju. */
export function versionOf(text: string): JujuVersion | undefined {
  const match = /^(\d+)\.(\d+)(?:\.(\d+)|-([a-z]+)\.?(\d+))?/.exec(text);
  if (match === null) return undefined;
  const [, major, minor, patch, tag = '', number] = match;
  return { major: Number(major), minor: Number(minor), patch: Number(patch ?? number ?? 0), tag };
}

/** `3.6` of `3.6.28`. */
export function seriesOf({ major, minor }: JujuVersion): string {
  return `${major}.${minor}`;
}

/** Whether the first is an older one; pre-releases count by their numbers alone. */
export function isOlder(version: JujuVersion, than: JujuVersion): boolean {
  const difference = version.major - than.major || version.minor - than.minor || version.patch - than.patch;
  return difference < 0;
}
