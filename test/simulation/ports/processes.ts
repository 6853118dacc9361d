/**
 * `juju` processes of the simulated machine. Each does what the simulated client does with the world, after a start-up
 * time and with what the fault plan has in store for it; it outlives the daemon that started it unless it is killed.
 */
import { classify } from '../../../src/juju/cli/classify.js';
import { refusal } from '../../../src/juju/cli/check-argv.js';
import type { CallOptions, CliResult, JujuCli } from '../../../src/core/ports/index.js';
import { clientData, inProcessDial } from '../../../src/simulator/cli/in-process.js';
import { runJuju } from '../../../src/simulator/cli/run.js';
import type { World } from '../../../src/simulator/world/state.js';
import type { Chance } from '../chance.js';
import type { Kernel } from '../kernel.js';
import type { Life } from '../machine.js';

/** What goes wrong with one process. `done`: whether the change goes through all the same. */
export type ProcessFault =
  | { readonly kind: 'none' }
  /** It cannot reach the controller. */
  | { readonly kind: 'drop'; readonly done: boolean }
  /** It runs into its deadline. */
  | { readonly kind: 'hang'; readonly done: boolean }
  /** It runs into its deadline, and the controller does it some time after. */
  | { readonly kind: 'late'; readonly ms: number }
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'duplicate' }
  /** It says that all is well, and nothing was done. */
  | { readonly kind: 'void' }
  /** It is done, and an application does not take it well for some time. */
  | { readonly kind: 'partial'; readonly ms: number }
  /** A signal ends it. */
  | { readonly kind: 'killed'; readonly done: boolean }
  /** It cannot be started. */
  | { readonly kind: 'missing' };

export interface Spawned {
  readonly pid: number;
  readonly controller: string;
  readonly argv: readonly string[];
  readonly life: Life;
  /** ms of the world's clock, and of the machine's. */
  readonly at: number;
  readonly machineAt: number;
}

export interface ProcessesOptions {
  readonly kernel: Kernel;
  readonly world: World;
  readonly chance: Chance;
  /** The user as whom `juju` logs in. */
  readonly user: string;
  readonly fault: (controller: string, argv: readonly string[]) => ProcessFault;
  /** Told of every process right before it runs. */
  readonly spawned: (process: Spawned) => void;
  /** Told when a process is gone. */
  readonly ended: (process: Spawned, result: CliResult | undefined) => void;
  /** An application takes a change badly for this long, ms. */
  readonly upset: (process: Spawned, ms: number) => void;
}

interface Ended {
  readonly exitCode?: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

interface Running extends Spawned {
  killed: boolean;
}

const unreachable = 'ERROR unable to connect to API: connection reset by peer\n';

export class Processes {
  readonly #options: ProcessesOptions;
  readonly #running = new Map<number, Running>();
  #pids = 1000;

  constructor(options: ProcessesOptions) {
    this.#options = options;
  }

  /** The driver of one controller for one life of the daemon. `deadline` in ms. */
  cli(controller: string, life: Life, deadline: number): JujuCli {
    return {
      controller,
      run: (argv, options = {}) => life.act(() => this.#run({ controller, argv, life, deadline, options })),
    };
  }

  /** Ends a process, if it still runs. */
  kill(pid: number): boolean {
    const process = this.#running.get(pid);
    if (process === undefined) return false;
    process.killed = true;
    this.#running.delete(pid);
    this.#options.ended(process, undefined);
    return true;
  }

  running(): readonly Spawned[] {
    return [...this.#running.values()];
  }

  async #run(call: Call): Promise<CliResult> {
    const { controller, argv, life } = call;
    const began = life.clock.now();
    const problem = refusal(argv, { controller, readOnly: false });
    if (problem !== undefined) return notRun(argv, 'rejected', problem);
    const fault = this.#options.fault(controller, argv);
    if (fault.kind === 'missing') return notRun(argv, 'retry', 'juju could not be started: ENOENT');
    const process = this.#start(call);
    const ended = await this.#live(process, call, fault);
    const { exitCode } = ended;
    const result = {
      ...classify({ ...ended, exitCode, argv }),
      argv,
      ...(exitCode === undefined ? {} : { exitCode }),
      ...{ timedOut: ended.timedOut, stdout: ended.stdout, stderr: ended.stderr },
      durationMs: life.clock.now() - began,
    };
    if (this.#running.delete(process.pid)) this.#options.ended(process, result);
    return result;
  }

  #start({ controller, argv, life, options }: Call): Running {
    const { kernel, spawned } = this.#options;
    const pid = (this.#pids += 1);
    const at = kernel.now();
    const process = { pid, controller, argv, life, at, machineAt: life.clock.now(), killed: false };
    spawned(process);
    this.#running.set(process.pid, process);
    options.onSpawn?.(process.pid);
    return process;
  }

  /** How the process fares; it has no deadline of its own once nobody waits for it any more. */
  async #live(process: Running, { deadline }: Call, fault: ProcessFault): Promise<Ended> {
    const { kernel, chance } = this.#options;
    await kernel.sleep(chance.between(150, 1200));
    switch (fault.kind) {
      case 'drop':
        if (fault.done) await this.#do(process);
        return failed(unreachable);
      case 'hang':
        if (fault.done) await this.#do(process);
        await kernel.sleep(deadline);
        return { stdout: '', stderr: '', timedOut: true };
      case 'late':
        kernel.after(deadline + fault.ms, () => void this.#do(process));
        await kernel.sleep(deadline);
        return { stdout: '', stderr: '', timedOut: true };
      case 'delay':
        await kernel.sleep(Math.min(fault.ms, deadline));
        return this.#do(process);
      case 'duplicate':
        await this.#do(process);
        return this.#do(process);
      case 'void':
        return { exitCode: 0, stdout: '', stderr: '', timedOut: false };
      case 'partial': {
        const ended = await this.#do(process);
        this.#options.upset(process, fault.ms);
        return ended;
      }
      case 'killed':
        if (fault.done) await this.#do(process);
        return { stdout: '', stderr: '', timedOut: false };
      default:
        return this.#do(process);
    }
  }

  async #do(process: Running): Promise<Ended> {
    const { world, user, kernel } = this.#options;
    if (process.killed) return { stdout: '', stderr: '', timedOut: false };
    const flavour = world.controllers.get(process.controller)?.flavour ?? '4.0';
    const texts = { out: '', err: '' };
    const work = runJuju({
      argv: process.argv,
      flavour,
      data: clientData(world, user),
      dial: inProcessDial(world),
      clock: kernel,
      out: (text) => (texts.out += text),
      err: (text) => (texts.err += text),
    });
    // A controller that is told to hang never answers: the deadline ends it.
    const exitCode = await Promise.race([work, kernel.sleep(hopeless).then(() => undefined)]);
    const timedOut = exitCode === undefined;
    return { ...(timedOut ? {} : { exitCode }), stdout: texts.out, stderr: texts.err, timedOut };
  }
}

const hopeless = 600_000;

interface Call {
  readonly controller: string;
  readonly argv: readonly string[];
  readonly life: Life;
  readonly deadline: number;
  readonly options: CallOptions;
}

function failed(stderr: string): Ended {
  return { exitCode: 1, stdout: '', stderr, timedOut: false };
}

function notRun(argv: readonly string[], outcome: 'rejected' | 'retry', summary: string): CliResult {
  return { outcome, argv, timedOut: false, stdout: '', stderr: '', durationMs: 0, summary };
}
