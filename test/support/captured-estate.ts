import { readdirSync } from 'node:fs';
import type { CliResult, Clock, JujuCli } from '../../src/core/ports/index.js';
import type { Snapshot } from '../../src/core/snapshot.js';
import { readWithCli } from '../../src/juju/status/read-with-cli.js';
import { captured, type RecordedCall } from './recorded.js';

/** When the captures were taken. */
const clock: Clock = {
  now: () => Date.parse('2026-11-22T03:34:20Z'),
  sleep: () => Promise.resolve(),
  after: () => () => undefined,
};

/** A captured state of the estate of real Juju, such as `3-hardened`, as the command line of its administrator shows it. */
export function capturedEstate(state: string): Promise<Snapshot> {
  const calls = new Map(callsOf(state).map((call) => [keyOf(call.argv.slice(1)), call]));
  const cli: JujuCli = {
    controller: 'prod',
    run: (argv) => {
      const call = calls.get(keyOf(argv)) ?? calls.get(keyOf(argv.filter((word) => word !== '--all')));
      return Promise.resolve(answer(argv, call));
    },
  };
  return readWithCli({ cli, user: 'admin', clock, progress: () => undefined });
}

function callsOf(state: string): readonly RecordedCall[] {
  const folder = new URL(`../fixtures/captures/real/${state}/cli/`, import.meta.url);
  return readdirSync(folder).map((file) => captured(`${state}/cli/${file.replace(/\.json$/, '')}`));
}

/** The same question whatever the order of its flags, and with or without the owner in the model's name. */
function keyOf(argv: readonly string[]): string {
  const words = argv.map((word) => word.replace(/^prod:admin\//, 'prod:'));
  return words.sort().join(' ');
}

function answer(argv: readonly string[], call: RecordedCall | undefined): CliResult {
  const common = { argv, timedOut: false, durationMs: 1 };
  if (call?.exit !== 0)
    return { ...common, outcome: 'not-found', summary: 'not captured', stdout: '', stderr: '' };
  return { ...common, outcome: 'done', summary: 'done', stdout: call.stdout, stderr: call.stderr };
}
