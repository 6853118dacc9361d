/** Makes the calls that change something: on disk before it is begun, and followed to its end whatever comes. */
import type { Action } from '../core/action/action.js';
import { argvOf } from '../core/action/argv.js';
import type { OwnChange } from '../core/drift/culprits.js';
import { isRotation, type RotationAction } from '../core/action/rotation.js';
import type {
  CallOptions,
  CliResult,
  Clock,
  JujuCli,
  Log,
  Step,
  Telemetry,
  Write,
} from '../core/ports/index.js';
import { instant } from '../core/time.js';
import type { Ledger } from './ledger.js';
import type { Pending } from './pending.js';
import type { Records } from './records.js';
import type { RotationHistory } from './rotation/history.js';
import { told } from './rotation/result.js';
import type { Rotator } from './rotation/rotator.js';
import { PartLost, type Shares } from './sharing/shares.js';

export interface CarrierOptions {
  readonly shares: Shares;
  readonly ledger: Ledger;
  readonly records: Records;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  readonly log: Log;
  /** Absent: this composition changes no passwords. */
  readonly rotation?: RotationMeans | undefined;
}

export interface RotationMeans {
  readonly rotator: Rotator;
  readonly history: RotationHistory;
}

/** One process to start for a pending change. */
export interface Call {
  readonly cli: JujuCli;
  readonly key: string;
  readonly pending: Pending;
  readonly action: Action;
  readonly kind: Step['kind'];
}

/** Only a unit that surely has the place may start a process there. */
const notStarted = 'not started: another unit may have taken this place over';

/** Changes at one place that are remembered. */
const remembered = 50;

export class Carrier {
  private readonly options: CarrierOptions;
  private readonly made = new Map<string, readonly OwnChange[]>();

  constructor(options: CarrierOptions) {
    this.options = options;
  }

  /** What has to be on disk before the process is started. */
  intent(call: Call): Write {
    return { type: 'step', step: this.step(call, 'intent') };
  }

  /** Starts the process whose intent was written; its end is told even where it cannot be written down. */
  async run(call: Call): Promise<CliResult> {
    const { action } = call;
    if (isRotation(action)) return this.rotate(call, action);
    const step = this.step(call, 'intent');
    const result = await this.start(call, step, { argv: argvOf(action) });
    await this.note(
      call.key,
      this.exited(step, result),
      this.options.records.callEnded(call.pending, result),
    );
    return result;
  }

  /** The process whose intent was written is not started after all. */
  async notStarted(call: Call, why: string): Promise<void> {
    const argv = argvOf(call.action);
    const result = told('busy', argv, why);
    const { shares, records } = this.options;
    await shares.writeAt(
      call.key,
      this.exited(this.step(call, 'intent'), result),
      records.callEnded(call.pending, result),
    );
  }

  /** Several processes, each with an intent of its own; what was printed is never written down. */
  private async rotate(call: Call, action: RotationAction): Promise<CliResult> {
    const { rotation, shares, records } = this.options;
    if (rotation === undefined)
      return told('rejected', argvOf(action), 'passwords are not changed from here');
    await shares.writeAt(call.key, ...rotation.history.begin(action));
    const result = await rotation.rotator.rotate(action, this.journaled(call));
    const done = result.outcome === 'done' ? rotation.history.done(action) : [];
    await this.note(
      call.key,
      this.exited(this.step(call, 'intent'), result),
      records.callEnded(call.pending, result),
      ...done,
    );
    return result;
  }

  /** Writes the intent of each process down before it is started. */
  private journaled(call: Call): JujuCli {
    const { controller } = call.cli;
    const run = async (argv: readonly string[], options: CallOptions = {}): Promise<CliResult> => {
      const n = this.options.ledger.nextStep(call.key, call.pending.action);
      const step = { ...this.step(call, 'intent'), n, argv: ['juju', ...argv] };
      await this.options.shares.writeAt(call.key, { type: 'step', step });
      const result = await this.start(call, step, { argv, options });
      await this.note(call.key, this.exited(step, result));
      return result;
    };
    return { controller, run };
  }

  private async start(
    { cli, key }: Pick<Call, 'cli' | 'key'>,
    step: Step,
    { argv, options = {} }: { readonly argv: readonly string[]; readonly options?: CallOptions },
  ): Promise<CliResult> {
    const spawned: Promise<void>[] = [];
    const onSpawn = (pid: number): void => {
      const at = instant(this.options.clock.now());
      spawned.push(this.note(key, { type: 'step', step: { ...step, state: 'spawned', at, pid } }));
    };
    const { shares, telemetry } = this.options;
    const mayStart = (): boolean => shares.mayBegin(key);
    // It may have taken long to write the intent down, or the machine may have slept meanwhile.
    if (!mayStart()) return told('busy', argv, notStarted);
    const result = await cli.run(argv, { ...options, onSpawn, mayStart });
    this.remember(key, { begun: step.at, ended: instant(this.options.clock.now()), argv });
    telemetry.cliCall(argv[0] ?? '', result.outcome, result.durationMs / 1000);
    await Promise.all(spawned);
    return result;
  }

  private exited(step: Step, { outcome }: CliResult): Write {
    const at = instant(this.options.clock.now());
    return { type: 'step', step: { ...step, state: 'exited', at, outcome } };
  }

  /** The changes that were made at a place lately, newest last. */
  changesAt(key: string): readonly OwnChange[] {
    return this.made.get(key) ?? [];
  }

  private remember(key: string, change: OwnChange): void {
    this.made.set(key, [...this.changesAt(key), change].slice(-remembered));
  }

  /** The step as it stands now. */
  step({ key, pending, action, kind }: Omit<Call, 'cli'>, state: Step['state']): Step {
    const { ledger, clock, shares } = this.options;
    const remediation = ledger.standing(key, pending.action)?.id ?? `${key}|${pending.action.id}`;
    return {
      remediation,
      n: pending.n,
      kind,
      state,
      argv: ['juju', ...argvOf(action)],
      at: instant(clock.now()),
      ...(shares.unit === undefined ? {} : { by: shares.unit }),
      troubled: pending.troubled,
    };
  }

  /**
   * What has happened cannot be refused for want of a place to write it: it is followed in memory, and shown by the
   * journal's own state. After a crash the intent alone is enough to look what became of it.
   */
  private async note(key: string, ...writes: readonly Write[]): Promise<void> {
    try {
      await this.options.shares.writeAt(key, ...writes);
    } catch (error) {
      // Whoever has the place now finds out by himself what became of it.
      if (error instanceof PartLost) return;
      const trouble = error instanceof Error ? error.message : String(error);
      this.options.log.error({ trouble }, 'the journal cannot be written');
    }
  }
}
