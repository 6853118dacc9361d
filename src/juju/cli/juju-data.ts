import { chmod, lstat, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { InputError } from '../../core/input-error.js';
import { isController } from './names.js';

/** What the `juju` client must know to log in to one controller on its own. */
export interface ControllerLogin {
  readonly name: string;
  readonly uuid: string;
  /** `host:port`, the likeliest first. */
  readonly addresses: readonly string[];
  readonly caCertificate: string;
  readonly user: string;
  readonly password: string;
  /** Models by `owner/name`; the client asks for others by itself. */
  readonly models: readonly {
    readonly name: string;
    readonly uuid: string;
    readonly type: 'iaas' | 'caas';
  }[];
}

/** A data directory of one worker. */
export interface JujuData {
  readonly directory: string;
  /** Writes what differs from the last time, each file in one stroke. @throws InputError for a directory not ours alone. */
  readonly write: (login: ControllerLogin) => Promise<void>;
}

/**
 * A worker's own JUJU_DATA under `<stateDir>/juju/<controller>/<worker>`. With a password in `accounts.yaml` every
 * call logs in by itself: no cookie that expires, no prompt, no browser.
 * @throws InputError when a name would lead out of that place.
 */
export function jujuData(stateDir: string, controller: string, worker: string): JujuData {
  if (!isController(controller))
    throw new InputError(
      `"${controller}" is no name of a controller that juju could use: give it another one in the policy`,
    );
  if (!/^[a-zA-Z0-9][\w-]*$/.test(worker)) throw new InputError(`"${worker}" is no name of a worker`);
  const directory = join(stateDir, 'juju', controller, worker);
  let last = Promise.resolve();
  // Calls of one worker may begin at the same time; their files are written one after the other.
  const write = (login: ControllerLogin): Promise<void> => {
    last = last
      .catch(() => undefined)
      .then(() => writeAll(directory, login))
      .catch((error: unknown) => {
        throw inWords(directory, error);
      });
    return last;
  };
  return { directory, write };
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'its file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  ENOTDIR: 'what should be a folder is a file',
  EEXIST: 'what should be a folder is a file',
};

function inWords(directory: string, error: unknown): unknown {
  const why = reasons[(error as NodeJS.ErrnoException).code ?? ''];
  if (why === undefined) return error;
  return new InputError(
    `what juju needs to log in cannot be written to ${directory}: ${why}. Let this user write there, or name another state directory (HOLDFAST_STATE_DIR, --state-dir)`,
  );
}

async function writeAll(directory: string, login: ControllerLogin): Promise<void> {
  await ownDirectory(directory);
  await refuseAliases(directory);
  for (const [name, content] of filesFor(login)) await replace(directory, name, content);
}

/** The directory must be there before juju runs, or juju fetches lists of public clouds into it. */
async function ownDirectory(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const found = await lstat(directory);
  if (!found.isDirectory()) throw new InputError(`${directory} is no directory: remove it`);
  if (found.uid !== process.geteuid?.())
    throw new InputError(`${directory} belongs to somebody else: give Holdfast a state directory of its own`);
  await chmod(directory, 0o700);
}

/** `aliases` in this directory can give any juju command another meaning. */
async function refuseAliases(directory: string): Promise<void> {
  const found = await lstat(join(directory, 'aliases')).catch(() => undefined);
  if (found !== undefined)
    throw new InputError(`${join(directory, 'aliases')} can redefine juju commands: remove it`);
}

function filesFor(login: ControllerLogin): readonly (readonly [string, string])[] {
  const { name, uuid, addresses, caCertificate, user, password } = login;
  const models = Object.fromEntries(
    login.models.map((model) => [model.name, { uuid: model.uuid, type: model.type, branch: '' }]),
  );
  const controller = {
    uuid,
    'api-endpoints': addresses,
    'ca-cert': caCertificate,
    cloud: '',
    'controller-machine-count': 0,
    'active-controller-machine-count': 0,
  };
  return [
    ['controllers.yaml', stringify({ controllers: { [name]: controller }, 'current-controller': name })],
    ['accounts.yaml', stringify({ controllers: { [name]: { user, password } } })],
    ['models.yaml', stringify({ controllers: { [name]: { models } } })],
  ];
}

/** Replaces a file in one stroke, so that a juju that runs meanwhile reads the old or the new one, never half. */
async function replace(directory: string, name: string, content: string): Promise<void> {
  const path = join(directory, name);
  if ((await readFile(path, 'utf8').catch(() => undefined)) === content) return chmod(path, 0o600);
  const fresh = `${path}.new`;
  await rm(fresh, { force: true });
  const file = await open(fresh, 'wx', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(fresh, path);
}
