/**
 * A `juju` executable for simulated controllers. The launcher hands in the client's version and the data directory:
 * `juju.js --flavour 4.0 --juju-data DIR -- COMMAND …`.
 */
import { webSocketDial } from './cli/dial.js';
import { readJujuData } from './cli/juju-data.js';
import { runJuju } from './cli/run.js';
import { realClock } from './real-clock.js';
import type { Flavour } from './world/state.js';

const [, , , flavour, , directory = '', , ...argv] = process.argv;
const clock = realClock();
process.exitCode = await runJuju({
  argv,
  flavour: flavour === '3.6' ? '3.6' : ('4.0' satisfies Flavour),
  data: await readJujuData(directory),
  dial: webSocketDial(clock),
  clock,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
});
