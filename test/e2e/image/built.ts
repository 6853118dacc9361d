import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** The user that rocks and charms give to workloads. */
export const daemon = 584_792;

/** What the image says about how to run it (OCI image configuration). */
export interface ImageConfig {
  readonly User: string;
  readonly Env: readonly string[];
  readonly Entrypoint: readonly string[];
  readonly Cmd: readonly string[];
  readonly WorkingDir: string;
  readonly Labels: Readonly<Record<string, string>>;
}

export interface BuiltImage {
  /** Folder with its file system. */
  readonly root: string;
  readonly config: ImageConfig;
  readonly layers: number;
  /** Bytes of its layers, packed. */
  readonly packed: number;
  readonly remove: () => Promise<void>;
}

/** Builds the image from the Dockerfile; what has not changed is kept from the last time. */
export async function buildImage(work: string): Promise<BuiltImage> {
  const script = join(import.meta.dirname, 'build.sh');
  const { stdout } = await execute(script, [work], { maxBuffer: 1 << 24 });
  const [root = '', described = '', packed = ''] = stdout.trim().split('\n');
  const { OCIv1 } = JSON.parse(described) as {
    readonly OCIv1: {
      readonly config: ImageConfig;
      readonly rootfs: { readonly diff_ids: readonly string[] };
    };
  };
  const remove = async (): Promise<void> => {
    await execute('bash', [join(work, 'remove')]);
  };
  return { root, config: OCIv1.config, layers: OCIv1.rootfs.diff_ids.length, packed: Number(packed), remove };
}

export interface Place {
  /** Folder that belongs to the user, the only one besides /tmp that can be written. */
  readonly state: string;
  readonly config: string;
}

export interface Contained {
  readonly code: Promise<number | null>;
  readonly output: () => string;
  readonly end: () => void;
}

/** Starts a program of the image, confined as Kubernetes would confine it; see run.sh. */
export function contained(
  image: BuiltImage,
  { state, config }: Place,
  argv: readonly string[],
  { variables = [], input = '' }: { readonly variables?: readonly string[]; readonly input?: string } = {},
): Contained {
  const script = join(import.meta.dirname, 'run.sh');
  const child = spawn(
    script,
    [image.root, state, config, ...image.config.Env, ...variables, '--', ...argv],
    {},
  );
  let output = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  child.stderr.on('data', (chunk) => (output += String(chunk)));
  child.stdin.end(input);
  const code = once(child, 'close').then(([ended]) => ended as number | null);
  // The first process in its own process space is the program: what unshare starts.
  const end = (): void => {
    const [first] = readFileSync(`/proc/${child.pid ?? 0}/task/${child.pid ?? 0}/children`, 'utf8').split(
      ' ',
    );
    process.kill(Number(first), 'SIGTERM');
  };
  return { code, output: () => output, end };
}
