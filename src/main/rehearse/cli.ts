/** The simulated client in the place of the `juju` executable. */
import type { Clock, JujuCli } from '../../core/ports/index.js';
import { refusal } from '../../juju/cli/check-argv.js';
import { classify } from '../../juju/cli/classify.js';
import { clientData, inProcessDial } from '../../simulator/cli/in-process.js';
import { runJuju } from '../../simulator/cli/run.js';
import type { World } from '../../simulator/world/state.js';

/** What a `juju` takes to start and to log in, ms. */
const startUp = 400;

export interface CliOptions {
  readonly world: World;
  readonly controller: string;
  readonly user: string;
  readonly clock: Clock;
}

export function rehearsedCli({ world, controller, user, clock }: CliOptions): JujuCli {
  return {
    controller,
    run: async (argv) => {
      const problem = refusal(argv, { controller, readOnly: false });
      const nothing = { argv, timedOut: false, stdout: '', stderr: '', durationMs: 0 } as const;
      if (problem !== undefined) return { ...nothing, outcome: 'rejected', summary: problem };
      const began = clock.now();
      await clock.sleep(startUp);
      const texts = { out: '', err: '' };
      const exitCode = await runJuju({
        argv,
        flavour: world.controllers.get(controller)?.flavour ?? '4.0',
        data: clientData(world, user),
        dial: inProcessDial(world),
        clock,
        out: (text) => (texts.out += text),
        err: (text) => (texts.err += text),
      });
      const ended = { exitCode, argv, stdout: texts.out, stderr: texts.err, timedOut: false };
      return { ...ended, ...classify(ended), durationMs: clock.now() - began };
    },
  };
}
