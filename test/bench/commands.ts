import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { sampleOf, type Sample } from './measure.ts';

const launcher = fileURLToPath(new URL('../../bin/holdfast', import.meta.url));
const measured = fileURLToPath(new URL('measured-main.js', import.meta.url));
const first = fileURLToPath(new URL('first-audit.ts', import.meta.url));

/** What bin/holdfast hands to Node besides silencing it. */
const launcherFlags = ['--max-semi-space-size=4'];

/** Start to exit of the program, by its launcher. */
export function commandTime(args: readonly string[], runs: number): Sample {
  const times: number[] = [];
  for (let run = 0; run <= runs; run += 1) {
    const begin = performance.now();
    const { status, stderr } = spawnSync(launcher, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
    if (status !== 0 && status !== 2) throw new Error(`holdfast ${args.join(' ')}: ${stderr}`);
    // The first run fills the cache of compiled code, as any first run on a machine does.
    if (run > 0) times.push(performance.now() - begin);
  }
  return sampleOf(times);
}

/** The most memory that a command takes, in MiB. */
export function commandMemory(args: readonly string[]): number {
  const { output } = spawnSync(process.execPath, [...launcherFlags, measured, ...args], {
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
  });
  return Number(String(output[3])) / 1024;
}

/** The first audit in a process of its own; `cache` is an empty folder. */
export function firstAudit(file: string, cache: string, runs: number): Sample {
  const times = Array.from({ length: runs + 1 }, () => {
    const { stdout, stderr } = spawnSync(process.execPath, [first, file, cache], { encoding: 'utf8' });
    if (stdout === '') throw new Error(stderr);
    return Number(stdout);
  });
  return sampleOf(times.slice(1));
}

/** What bare Node takes from start to exit: the part that is not ours. */
export function bareNode(runs: number): Sample {
  const times = Array.from({ length: runs }, () => {
    const begin = performance.now();
    spawnSync(process.execPath, ['-e', '0']);
    return performance.now() - begin;
  });
  return sampleOf(times);
}
