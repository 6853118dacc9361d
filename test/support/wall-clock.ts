/** A wall clock of a process of its own, which can be set while it runs. */
import { spawnSync } from 'node:child_process';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const setClock = fileURLToPath(new URL('set-clock.js', import.meta.url));

export interface WallClock {
  /** To be given to the process. */
  readonly variables: NodeJS.ProcessEnv;
  /** Sets it to so many seconds from the machine's own. */
  readonly set: (seconds: number) => void;
}

/** By libfaketime, for all that the process does, where the machine has it; else what its JavaScript sees. */
export function wallClock(folder: string): WallClock {
  const file = join(folder, 'clock');
  const set = (seconds: number): void => {
    // Whoever reads it must never find half of it.
    writeFileSync(`${file}.new`, `${seconds < 0 ? '' : '+'}${seconds}s\n`);
    renameSync(`${file}.new`, file);
  };
  set(0);
  const library = fakeTime();
  return { set, variables: library === undefined ? byImport(file) : byLibrary(library, file) };
}

function byImport(file: string): NodeJS.ProcessEnv {
  return { CLOCK: file, NODE_OPTIONS: `--import=${setClock}` };
}

/** Timers go on as they were: only the wall clock is set. */
function byLibrary(library: string, file: string): NodeJS.ProcessEnv {
  const settings = { FAKETIME_NO_CACHE: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1', DONT_FAKE_MONOTONIC: '1' };
  return { LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: file, ...settings };
}

function fakeTime(): string | undefined {
  const { status, stdout } = spawnSync('faketime', ['-m', '-f', '+0s', 'printenv', 'LD_PRELOAD'], {
    encoding: 'utf8',
  });
  return status === 0 ? stdout.trim() : undefined;
}
