/** Runs the program as `bin/holdfast` does, and says at its end how much memory it took at most: kB, on file 3. */
import { readFileSync, writeSync } from 'node:fs';
import process from 'node:process';

process.on('exit', () => {
  // `maxRSS` would be that of the process which started this one, where it had taken more before.
  const [, most = ''] = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  writeSync(3, most);
});
await import('../../dist/main.js');
