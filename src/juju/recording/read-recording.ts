import { newDict } from '../../core/dict.js';
import type { Clock } from '../../core/ports/index.js';
import type { ControllerState, Snapshot } from '../../core/snapshot.js';
import { branch, text } from '../status/json.js';
import { secondsOf } from '../status/time.js';
import type { ApiRecord } from './answers.js';
import { asRecorded } from './as-recorded.js';
import { loadRecording, type Recording } from './load.js';
import { mergeControllers } from './merge.js';
import { readApiRecords } from './read-api.js';
import { controllerIn, readCliRecords } from './read-cli.js';
import { recordedListings } from './recorded-listings.js';

/** How a controller is called when no answer tells its name. */
const nameless = 'recorded';

/**
 * A snapshot from a folder of answers that a real Juju gave to somebody, read as the live ones would be. Answers of the
 * API go before those of the command line; what neither holds is unknown, what was refused names the permission.
 * @throws InputError when the folder holds no such answers or a broken one.
 */
export async function readRecording(folder: string): Promise<Snapshot> {
  const recording = loadRecording(folder);
  const clock = stoppedAt(recording.at);
  const name = controllerIn(recording.cli) ?? nameInAnswers(recording.api) ?? nameless;
  const [byApi, byCli] = await Promise.all([
    recording.api.length === 0 ? undefined : readApiRecords(recording.api, name, clock),
    readByCli(recording, name, clock),
  ]);
  const controllers = newDict<ControllerState>();
  const state =
    byApi === undefined || byCli === undefined ? (byApi ?? byCli) : mergeControllers(byApi, byCli);
  if (state !== undefined) controllers[name] = asRecorded(state);
  const charmhub = recordedListings(recording.cli, recording.at);
  return {
    kind: 'Snapshot',
    version: 'v1',
    takenAt: secondsOf(recording.at),
    controllers,
    ...(charmhub === undefined ? {} : { charmhub }),
  };
}

async function readByCli(
  { cli }: Recording,
  name: string,
  clock: Clock,
): Promise<ControllerState | undefined> {
  return cli.length === 0 ? undefined : readCliRecords(cli, name, clock);
}

function nameInAnswers(records: readonly ApiRecord[]): string | undefined {
  const ours = records.find(({ controller }) => controller !== undefined)?.controller;
  if (ours !== undefined) return ours;
  const answer = records.find(
    ({ call, error }) => call === 'Controller.ControllerConfig' && error === undefined,
  );
  const name = text(branch(branch(answer?.response)['config'])['controller-name']);
  return name === '' ? undefined : name;
}

/** Facts of a recording are as old as it is. */
function stoppedAt(now: number): Clock {
  return { now: () => now, sleep: () => Promise.resolve(), after: () => () => undefined };
}
