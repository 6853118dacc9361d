/** One model by every road: the live API of a simulated controller on a real socket, its saved status, its recording. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readEnvironment } from '../../src/config/environment.js';
import { readSnapshotText } from '../../src/config/snapshot.js';
import { evaluate } from '../../src/core/evaluate/index.js';
import type { Finding } from '../../src/core/finding.js';
import { observeOnly, type Policy } from '../../src/core/policy/policy.js';
import type { CliResult, JujuCli } from '../../src/core/ports/index.js';
import type { Snapshot } from '../../src/core/snapshot.js';
import { charmedPostgresqlK8s } from '../../src/guides/charmed-postgresql-k8s/index.js';
import { guides as shipped } from '../../src/guides/index.js';
import { classify } from '../../src/juju/cli/classify.js';
import { recorderInto } from '../../src/juju/record/recorder.js';
import { readRecording } from '../../src/juju/recording/read-recording.js';
import { readStatusText } from '../../src/juju/status/read-status.js';
import { readWithCli } from '../../src/juju/status/read-with-cli.js';
import { roads } from '../../src/main/roads.js';
import { clientData, inProcessDial } from '../../src/simulator/cli/in-process.js';
import { runJuju } from '../../src/simulator/cli/run.js';
import { demoEstate } from '../../src/simulator/estates/demo.js';
import { startSimulator, type SimulatedController, type Simulator } from '../../src/simulator/index.js';
import { realClock } from '../../src/simulator/real-clock.js';
import { prodEstate } from '../contract/recorded-estate.js';
import { knowledge } from '../support/judge.js';

const guides = [...new Set([...shipped, charmedPostgresqlK8s])];

function judged(snapshot: Snapshot): readonly Finding[] {
  return evaluate(guides, snapshot, { policy: observeOnly, knowledge }, Date.parse(snapshot.takenAt));
}

/** Outcome and reason by control, target and subject. */
function verdicts(findings: readonly Finding[]): ReadonlyMap<string, string> {
  return new Map(
    findings.map(({ control, target, judgement: { outcome, reason, subject } }) => [
      [control.id, target.controller, target.model, target.application, subject?.name].join(' '),
      `${outcome} ${reason}`.trim(),
    ]),
  );
}

/**
 * What two roads that both see it judge differently: `what: by one, by the other`. Only outcomes count: a status tells
 * that an application is exposed and not to whom, so the reason may be a coarser one.
 */
function disagreements(
  one: Snapshot,
  other: Snapshot,
): { readonly both: number; readonly rows: readonly string[] } {
  const theirs = verdicts(judged(other));
  const both = [...verdicts(judged(one))].flatMap(([what, said]) => {
    const says = theirs.get(what);
    const isBlind = says === undefined || [said, says].some((verdict) => verdict.startsWith('unknown'));
    return isBlind ? [] : [{ what, said, says }];
  });
  const rows = both.filter(({ said, says }) => outcomeIn(said) !== outcomeIn(says));
  return { both: both.length, rows: rows.map(({ what, said, says }) => `${what}: ${said}, ${says}`) };
}

function outcomeIn(verdict: string | undefined): string | undefined {
  return verdict?.split(' ', 1)[0];
}

/** Every fact's value, or why it is unknown, without where and when it was read. */
function facts(snapshot: Snapshot): unknown {
  const plain = (key: string, value: unknown) =>
    ['source', 'at', 'takenAt'].includes(key) ? undefined : value;
  return JSON.parse(JSON.stringify(snapshot, plain));
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => name.endsWith('.json')).map((name) => join(folder, name));
}

const environment = readEnvironment({});

/** A superuser of every estate. */
const user = 'admin';

function policyFor({ name, addresses, caCert, credentials }: SimulatedController): Policy {
  const observer = { user, password: credentials[user]!.password };
  return { ...observeOnly, controllers: [{ name, addresses, caCert, observer }] };
}

describe.each([
  ['the demo on 4.0', demoEstate, 'prod'],
  ['the demo on 3.6', demoEstate, 'edge'],
  ['the bare estate', prodEstate(false), 'prod'],
  ['the hardened estate', prodEstate(true), 'prod'],
] as const)('%s', (_name, estate, name) => {
  let folder: string;
  let simulator: Simulator;
  let controller: SimulatedController;
  let live: Snapshot;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-roads-'));
    simulator = await startSimulator({ estate });
    controller = simulator.controller(name);
    const look = { environment, progress: () => undefined, raw: join(folder, 'raw') };
    live = await roads.controllers!(policyFor(controller), look);
  });
  afterAll(async () => {
    await simulator.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** A user's own `juju`, without a process. */
  function cli(): JujuCli {
    const run = async (argv: readonly string[]): Promise<CliResult> => {
      let [stdout, stderr] = ['', ''];
      const exitCode = await runJuju({
        argv,
        flavour: '4.0',
        data: clientData(simulator.world, user),
        dial: inProcessDial(simulator.world),
        clock: realClock(),
        out: (text) => (stdout += text),
        err: (text) => (stderr += text),
      });
      const verdict = classify({ argv, exitCode, stdout, stderr, timedOut: false });
      return { ...verdict, argv, exitCode, stdout, stderr, timedOut: false, durationMs: 1 };
    };
    return { controller: name, run };
  }

  async function status(model: string): Promise<Snapshot> {
    const { stdout } = await cli().run(['status', '-m', `${name}:${model}`, '--format', 'json']);
    return readStatusText(stdout, { source: 'status.json', at: live.takenAt });
  }

  it('gives the same outcomes by its saved status as by the API, wherever both can see', async () => {
    for (const model of Object.keys(controller.models)) {
      const { both, rows } = disagreements(live, await status(model));
      expect(rows).toEqual([]);
      expect(both).toBeGreaterThan(0);
    }
  });

  it('reads the same by its recording as by the API', async () => {
    const recorded = await readRecording(join(folder, 'raw'));
    expect(facts(recorded)).toEqual(facts(live));
    expect(verdicts(judged(recorded))).toEqual(verdicts(judged(live)));
  });

  it('reads the same by a recording of the command line as by the command line', async () => {
    // Answers such as `just now` are taken by the clock, which must not tick between reading and recording.
    const at = Date.now();
    const clock = { ...realClock(), now: () => at };
    const own = { user, clock, progress: () => undefined };
    const recorder = recorderInto(join(folder, 'raw-cli'), clock);
    const direct = await readWithCli({ cli: recorder.cli(cli()), ...own });
    recorder.write();
    const recorded = await readRecording(join(folder, 'raw-cli'));
    expect(facts(recorded)).toEqual(facts(direct));
  });

  it('keeps no password in a recording', async () => {
    const { password } = controller.credentials[user]!;
    const files = await filesIn(folder);
    expect(files.length).toBeGreaterThan(20);
    for (const file of files) expect(await readFile(file, 'utf8')).not.toContain(password);
  });

  it('gives the same outcomes by its snapshot as by the API', () => {
    const saved = readSnapshotText(JSON.stringify(live), 'snapshot.json');
    expect(verdicts(judged(saved))).toEqual(verdicts(judged(live)));
  });
});
