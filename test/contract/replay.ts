import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { classify } from '../../src/juju/cli/classify.js';
import { clientData, inProcessDial } from '../../src/simulator/cli/in-process.js';
import type { JujuData } from '../../src/simulator/cli/juju-data.js';
import type { Dial } from '../../src/simulator/cli/connection.js';
import { runJuju } from '../../src/simulator/cli/run.js';
import { virtualClock, type VirtualClock } from '../../src/simulator/virtual-clock.js';
import { buildWorld } from '../../src/simulator/world/build.js';
import type { EstateSpec } from '../../src/simulator/world/spec.js';
import type { Flavour, World } from '../../src/simulator/world/state.js';

const fixtures = join(import.meta.dirname, '../fixtures');

/** A call of the real client. */
export interface Recorded {
  readonly name: string;
  readonly argv: readonly string[];
  readonly exit: number | 'timeout';
  readonly stdout: string;
  readonly stderr: string;
}

export function recordingsIn(folder: string): readonly Recorded[] {
  const files = readdirSync(join(fixtures, folder)).filter((file) => file.endsWith('.json'));
  return files.sort().map((file) => recording(folder, file.slice(0, -'.json'.length)));
}

export function recording(folder: string, name: string): Recorded {
  const read = fixture(join(folder, `${name}.json`)) as Omit<Recorded, 'name'>;
  return { ...read, name };
}

export function fixture(path: string): unknown {
  return JSON.parse(readFileSync(join(fixtures, path), 'utf8'));
}

export interface Outcome {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Virtual milliseconds that the call took. */
  readonly ms: number;
}

/** A simulated world with the client of one user, on virtual time and without sockets. */
export class Rehearsal {
  readonly clock: VirtualClock = virtualClock();
  readonly world: World;
  readonly #current: { controller: string; model: string };

  constructor(estate: EstateSpec, current: { controller: string; model: string }) {
    this.world = buildWorld({ estate, seed: 7, clock: this.clock });
    this.#current = current;
    for (const controller of this.world.controllers.values()) {
      controller.addresses.push('127.0.0.1:17070');
      controller.caCert.pem = '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n';
    }
  }

  run(argv: readonly string[], user = 'admin'): Promise<Outcome> {
    return this.runWith(argv, clientData(this.world, user, this.#current), inProcessDial(this.world));
  }

  /** Runs until the command ends, letting virtual time pass. */
  async runWith(argv: readonly string[], data: JujuData, dial: Dial): Promise<Outcome> {
    const begun = this.clock.now();
    const running = start(argv, { data, dial, clock: this.clock });
    for (let step = 0; step < 12_000 && !running.isDone(); step += 1) await this.clock.advance(50);
    return { ...(await running.outcome), ms: this.clock.now() - begun };
  }
}

interface Started {
  isDone(): boolean;
  readonly outcome: Promise<Omit<Outcome, 'ms'>>;
}

export interface Client {
  readonly data: JujuData;
  readonly dial: Dial;
  readonly clock: VirtualClock;
  readonly flavour?: Flavour;
}

export function start(argv: readonly string[], client: Client): Started {
  let stdout = '';
  let stderr = '';
  let done = false;
  const exit = runJuju({
    argv: argv.slice(1),
    flavour: '4.0',
    ...client,
    out: (text) => (stdout += text),
    err: (text) => (stderr += text),
  });
  const outcome = exit.then((code) => ({ exit: code, stdout, stderr }));
  void outcome.finally(() => (done = true)).catch(() => undefined);
  return { isDone: () => done, outcome };
}

/** Standard error without what differs from run to run: numbers, addresses, UUIDs. */
export function normal(text: string): string {
  return text
    .replace(/"https:\/\/[^"]*"/g, '"URL"')
    .replace(/\d+/g, 'N')
    .replace(/ on N\.N\.N\.N:N: no such host/, ': no such host')
    .trim();
}

/** Standard output as JSON, or as text where it is none. */
export function parsed(stdout: string): unknown {
  try {
    return JSON.parse(stdout);
  } catch {
    return undefined;
  }
}

/** What Holdfast takes an ended call for. */
export function judged(argv: readonly string[], { exit, stdout, stderr }: Omit<Outcome, 'ms'>): string {
  return classify({ stdout, stderr, exitCode: exit, timedOut: false, argv: argv.slice(1) }).outcome;
}
