/** The simulated client in the place of the `juju` executable, for one user and for what he may call. */
import type { CliResult, Clock, JujuCli } from '../../../src/core/ports/index.js';
import { refusal } from '../../../src/juju/cli/check-argv.js';
import { classify } from '../../../src/juju/cli/classify.js';
import { clientData, inProcessDial } from '../../../src/simulator/cli/in-process.js';
import { runJuju } from '../../../src/simulator/cli/run.js';
import type { World } from '../../../src/simulator/world/state.js';
import { controllerIn } from './world-text.js';

export interface JujuOptions {
  readonly world: World;
  readonly controller: string;
  readonly user: string;
  readonly clock: Clock;
  readonly refuses?: (argv: readonly string[]) => string | undefined;
  /** What lies on the machine that it runs on, by path; nothing unless said otherwise. */
  readonly files?: ReadonlyMap<string, string>;
}

export function simulatedJuju(options: JujuOptions): JujuCli {
  const { world, controller, user, clock, refuses, files } = options;
  const { flavour } = controllerIn(world, controller);
  return {
    controller,
    run: async (argv, { input } = {}) => {
      const problem = refuses === undefined ? refusal(argv, { controller, readOnly: false }) : refuses(argv);
      if (problem !== undefined) return refused(argv, problem);
      const began = clock.now();
      await clock.sleep(startUp);
      const texts = { out: '', err: '' };
      const exitCode = await runJuju({
        ...{ argv, flavour, clock, data: clientData(world, user), dial: inProcessDial(world) },
        ...(input === undefined ? {} : { input: () => Promise.resolve(input) }),
        readFile: (path) => Promise.resolve(files?.get(path) ?? ''),
        out: (text) => (texts.out += text),
        err: (text) => (texts.err += text),
      });
      const ended = { exitCode, argv, stdout: texts.out, stderr: texts.err, timedOut: false };
      return { ...ended, ...classify(ended), durationMs: clock.now() - began };
    },
  };
}

/** What a `juju` takes to start and to log in, ms. */
const startUp = 400;

function refused(argv: readonly string[], summary: string): CliResult {
  const nothing = { stdout: '', stderr: '', durationMs: 0 };
  return { ...nothing, argv, timedOut: false, outcome: 'rejected', summary };
}
