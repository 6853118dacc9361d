/** A disk of a few kilobytes, where the machine lets us have one. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';

export interface SmallDisk {
  readonly folder: string;
  readonly resize: (kilobytes: number) => void;
  readonly protect: () => void;
  readonly remove: () => void;
}

/** Undefined where file systems may not be mounted, as for most users. */
export function smallDisk(folder: string, kilobytes: number): SmallDisk | undefined {
  mkdirSync(folder);
  if (!mount('-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', folder)) {
    rmSync(folder, { recursive: true });
    return undefined;
  }
  return {
    folder,
    resize: (size) => void mount('-o', `remount,size=${size}k`, folder),
    protect: () => void mount('-o', 'remount,ro', folder),
    remove: () => {
      run('umount', folder);
      rmSync(folder, { recursive: true });
    },
  };
}

function mount(...args: readonly string[]): boolean {
  return run('mount', ...args);
}

function run(program: string, ...args: readonly string[]): boolean {
  return spawnSync(program, args).status === 0;
}
