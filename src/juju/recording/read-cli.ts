import type { CliResult, Clock, JujuCli } from '../../core/ports/index.js';
import type { ControllerState } from '../../core/snapshot.js';
import { jsonIn } from '../status/ask.js';
import { branch, text } from '../status/json.js';
import { readWithCli } from '../status/read-with-cli.js';
import type { CliRecord } from './answers.js';
import { recordedCommand } from './command.js';
import { RecordedCli } from './recorded-cli.js';

/** A controller as the recorded calls of `juju` show it, read as those of a logged-in one are. */
export async function readCliRecords(
  records: readonly CliRecord[],
  controller: string,
  clock: Clock,
): Promise<ControllerState | undefined> {
  const recorded = new RecordedCli(records, controller);
  const cli = withIndex(recorded);
  const user = userIn(await cli.run(['show-controller', controller, '--format', 'json']), controller);
  const { controllers } = await readWithCli({ cli, user, clock, progress: () => undefined });
  return controllers[controller];
}

/** The controller's name as the calls or their answers tell it. */
export function controllerIn(records: readonly CliRecord[]): string | undefined {
  return records.map((record) => recordedCommand(record).controller).find((name) => name !== undefined);
}

function userIn({ stdout }: CliResult, controller: string): string {
  const home = branch(branch(jsonIn(stdout))[controller]);
  return text(branch(home['account'])['user']);
}

/** Somebody may have recorded the status of some models only: these are the controller's models then. */
function withIndex(recorded: RecordedCli): JujuCli {
  const { controller } = recorded;
  return {
    controller,
    run: (argv) => {
      const [name = ''] = argv;
      if (name === 'show-controller' && !recorded.has(name)) return printed(argv, { [controller]: {} });
      if (name === 'models' && !recorded.has(name)) return printed(argv, { models: listOf(recorded) });
      return recorded.run(argv);
    },
  };
}

function listOf({ models }: RecordedCli): readonly object[] {
  const byName = new Map(models.map((model) => [`${model.owner}/${model.name}`, model]));
  return [...byName.values()].map(({ owner, name }) => ({ name: owner === '' ? name : `${owner}/${name}` }));
}

function printed(argv: readonly string[], value: object): Promise<CliResult> {
  const said = { stdout: JSON.stringify(value), stderr: '' };
  return Promise.resolve({ outcome: 'done', summary: 'done', argv, timedOut: false, durationMs: 0, ...said });
}
