/**
 * A `juju` executable for simulated controllers. The launcher hands in the client's version and the data directory:
 * `juju.js --flavour 4.0 --juju-data DIR --charmhub URL -- COMMAND …`. A `file:` URL stands for Charmhub: answers by charm.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { text } from 'node:stream/consumers';
import { webSocketDial } from './cli/dial.js';
import { readJujuData } from './cli/juju-data.js';
import { runJuju } from './cli/run.js';
import { realClock } from './real-clock.js';
import type { Flavour } from './world/state.js';

const [, , , flavour, , directory = '', , charmhub = '', , ...argv] = process.argv;
const clock = realClock();
process.exitCode = await runJuju({
  argv,
  flavour: flavour === '3.6' ? '3.6' : ('4.0' satisfies Flavour),
  data: await readJujuData(directory),
  ...(charmhub.startsWith('file:') ? { store: fileURLToPath(charmhub) } : {}),
  dial: webSocketDial(clock),
  clock,
  input: () => text(process.stdin),
  readFile: (path) => readFile(path, 'utf8'),
  out: (line) => process.stdout.write(line),
  err: (line) => process.stderr.write(line),
});
