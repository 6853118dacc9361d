/** Runs the program as `bin/holdfast` does, and says at its end how much memory it took at most: kB, on file 3. */
import { writeSync } from 'node:fs';
import process from 'node:process';

process.on('exit', () => {
  writeSync(3, String(process.resourceUsage().maxRSS));
});
await import('../../dist/main.js');
