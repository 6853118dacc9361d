import { Command } from 'commander';
import { parseListen } from '../config/environment.js';
import { InputError } from '../core/input-error.js';
import { policyFileOf } from './policy.js';
import type { Finish } from './finish.js';
import type { Services } from './services.js';

interface Options {
  readonly policy?: string;
  readonly listen?: string;
  readonly stateDir?: string;
  readonly data?: string;
}

const examples = `
Watches every controller of the policy until it is told to stop (SIGTERM,
SIGINT), and serves its page, /metrics, /healthz and /readyz.

Examples:
  holdfast run --policy /etc/holdfast/holdfast.yaml
  holdfast run --policy holdfast.yaml --listen 127.0.0.1:0`;

/** `holdfast run`: the daemon. */
export function runCommand(services: Services, finish: Finish): Command {
  return new Command('run')
    .description('watch the controllers of a policy, tell what falls short, serve page and metrics')
    .option('--policy <file>', 'the policy (HOLDFAST_POLICY)')
    .option('--listen <host:port>', 'where to serve HTTP; port 0 chooses one (HOLDFAST_LISTEN)')
    .option('--state-dir <dir>', 'where to keep state (HOLDFAST_STATE_DIR)')
    .option('--data <dir>', 'folder with data files that overlay the shipped ones (HOLDFAST_DATA)')
    .addHelpText('after', examples)
    .action(async (options: Options) => {
      finish(await run(options, services));
    });
}

async function run(options: Options, services: Services): Promise<number> {
  const policyFile = policyFileOf(options, services);
  if (policyFile === undefined)
    throw new InputError('run needs a policy that names controllers: --policy FILE');
  if (services.run === undefined) throw new InputError('run is not available in this build');
  const environment = {
    ...services.environment,
    ...(options.listen === undefined ? {} : { listen: parseListen(options.listen, '--listen') }),
    ...(options.stateDir === undefined ? {} : { stateDir: options.stateDir }),
    ...(options.data === undefined ? {} : { dataDir: options.data }),
  };
  return services.run({ policyFile, environment, io: services.io });
}
