import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { basename, delimiter, isAbsolute, join } from 'node:path';
import { InputError } from '../../core/input-error.js';

/** Where `juju` executables are. */
export interface JujuBinaries {
  /** For controllers of Juju 3 and older. */
  readonly juju3?: string | undefined;
  /** For controllers of Juju 4 and newer. */
  readonly juju4?: string | undefined;
  /** Looked through for `juju` when the fitting one is not given. */
  readonly searchPath: string;
}

/** Juju only promises that client and controller of one major version understand each other. */
function majorOf(version: string): number | undefined {
  const major = Number.parseInt(version, 10);
  return Number.isNaN(major) ? undefined : major;
}

/**
 * The executable for a controller of this version (`''`: of any), as an absolute path. With `ownData`, a snap is refused: it is
 * confined to its own directories and cannot read the JUJU_DATA that Holdfast writes.
 * @throws InputError when there is none, or only a snap where none will do.
 */
export async function findJuju(
  binaries: JujuBinaries,
  serverVersion: string,
  ownData: boolean,
): Promise<string> {
  const major = majorOf(serverVersion) ?? 0;
  const given = major >= 4 ? binaries.juju4 : binaries.juju3;
  const found = given ?? (await onPath(binaries.searchPath));
  if (found === undefined) throw new InputError(`no juju found${wanted(serverVersion)}: ${advice(major)}`);
  if (!(await isExecutable(found))) throw new InputError(`${found} is no executable file: ${advice(major)}`);
  if (ownData && (await isSnap(found))) {
    throw new InputError(
      `${found} is a snap, which cannot read a JUJU_DATA of Holdfast's own: ${advice(major)}`,
    );
  }
  return found;
}

function wanted(serverVersion: string): string {
  return serverVersion === '' ? '' : ` for a controller of version ${serverVersion}`;
}

function advice(major: number): string {
  if (major === 0) return 'install it, or put its folder into PATH';
  return `install the juju release archive and name its executable in ${major >= 4 ? 'HOLDFAST_JUJU_4' : 'HOLDFAST_JUJU_3'}`;
}

async function onPath(searchPath: string): Promise<string | undefined> {
  for (const folder of searchPath.split(delimiter).filter(isAbsolute)) {
    const candidate = join(folder, 'juju');
    if (await isExecutable(candidate)) return candidate;
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

/** Commands of snaps are links to the `snap` program, or lie below /snap. */
async function isSnap(path: string): Promise<boolean> {
  const real = await realpath(path);
  return (
    [path, real].some((place) => place.startsWith('/snap/') || place.startsWith('/var/lib/snapd/')) ||
    basename(real) === 'snap'
  );
}
