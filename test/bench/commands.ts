import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const launcher = fileURLToPath(new URL('../../bin/holdfast', import.meta.url));
const measured = fileURLToPath(new URL('measured-main.js', import.meta.url));
const first = fileURLToPath(new URL('first-audit.ts', import.meta.url));

/** What bin/holdfast hands to Node besides silencing it. */
const launcherFlags = ['--max-semi-space-size=4'];

/** A command from start to exit. @throws Error when it fails: exit 2 of ours only says that something was found */
export function run(command: string, args: readonly string[], fine: readonly number[] = [0, 2]): string {
  const options = { encoding: 'utf8', maxBuffer: 1 << 28 } as const;
  const { status, stdout, stderr } = spawnSync(command, args, options);
  if (!fine.includes(status ?? -1)) throw new Error(`${command} ${args.join(' ')}: ${status} ${stderr}`);
  return stdout;
}

/** The most memory that a command of ours takes, in MiB. */
export function commandMemory(args: readonly string[]): number {
  const { output } = spawnSync(process.execPath, [...launcherFlags, measured, ...args], {
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
  });
  return Number(String(output[3])) / 1024;
}

/** What the first audit in a process of its own takes, and its first `JSON.parse` of the same bytes, ms. */
export interface FirstTimes {
  readonly parse: number;
  readonly audit: number;
}

/** `cache` is a folder for compiled code, filled by the first of them. */
export function firstAudit(file: string, cache: string): FirstTimes {
  const timed = (what: keyof FirstTimes): number =>
    Number(run(process.execPath, [first, file, cache, what], [0]));
  return { parse: timed('parse'), audit: timed('audit') };
}

/** What a process prints, without holding up this one, which may have to answer it. */
export async function outputOf(command: string, args: readonly string[], jujuData: string): Promise<string> {
  const env = { ...process.env, JUJU_DATA: jujuData };
  const { stdout } = await promisify(execFile)(command, args, { env, maxBuffer: 1 << 28 });
  return stdout;
}
