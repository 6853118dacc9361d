/** Watches a whole run and tells which invariants of the design are broken, independently of the code that it watches. */
import type { Finding } from '../../../src/core/finding.js';
import type { CliResult, Remediation, Write } from '../../../src/core/ports/index.js';
import { findingId } from '../../../src/core/report/build.js';
import type { Target } from '../../../src/core/target.js';
import type { SimController, SimModel } from '../../../src/simulator/world/state.js';
import { upset } from '../administrator.js';
import type { CallPlace } from '../ports/api.js';
import type { CallFault } from '../ports/link.js';
import type { Spawned } from '../ports/processes.js';
import type { Simulation } from '../simulation.js';
import { applicationsOf, RailChecks } from './rails.js';
import { Calls, placeOf } from './calls.js';
import { differences, unapprovable, unrest, untold } from './rest.js';
import { checkHealth, checkWaivers, watchForSecrets } from './samples.js';
import { Seeing } from './seeing.js';
import { Shadow } from './shadow.js';
import { truth } from './truth.js';
import type { Violation, Watch } from './watch.js';

export class Oracle {
  readonly shadow = new Shadow();
  readonly violations: Violation[] = [];
  /** Looks a text through for secrets. */
  readonly text: (where: string, text: string) => void;
  readonly #run: Simulation;
  readonly #watch: Watch;
  readonly #calls: Calls;
  readonly #rails: RailChecks;
  readonly #seeing: Seeing;
  readonly #succeeded: Remediation[] = [];
  readonly #names = new Map<string, string>();

  constructor(run: Simulation) {
    this.#run = run;
    this.#watch = {
      host: run.host,
      shadow: this.shadow,
      policy: () => run.policy,
      daemon: () => run.daemon,
      life: () => run.life,
      model: (target) => this.#model(target),
      running: () => run.processes.running(),
      broken: (invariant, rule, text) => {
        this.broken(invariant, rule, text);
      },
    };
    this.#calls = new Calls(this.#watch);
    this.#rails = new RailChecks(this.#watch, this.#calls);
    this.#seeing = new Seeing(this.#watch, this.#calls);
    this.text = watchForSecrets(this.#watch);
    for (const controller of run.world.controllers.values())
      for (const { uuid, name } of controller.models.values()) this.#names.set(uuid, name);
  }

  get hasBroken(): boolean {
    return this.violations.length > 0;
  }

  get changes(): number {
    return this.#calls.changes.length;
  }

  broken(invariant: number, rule: string, text: string): void {
    if (this.violations.length >= 20 || this.#run.options.ignore?.has(rule) === true) return;
    this.#run.trace.add(`VIOLATION of ${invariant} (${rule}): ${text}`);
    this.violations.push({ invariant, rule, text, at: this.#run.kernel.now() });
  }

  /** After every event; false ends the run. */
  step(): boolean | Promise<boolean> {
    if (this.#succeeded.length === 0) return !this.hasBroken;
    return this.#compareAll();
  }

  applied(writes: readonly Write[]): void {
    this.text('the journal', JSON.stringify(writes));
    for (const write of writes) {
      if (write.type === 'step') this.#calls.intentWritten(write.step);
      this.shadow.apply(write);
    }
    for (const write of writes) {
      if (write.type !== 'remediation' || write.remediation.state !== 'Succeeded') continue;
      this.#seeing.succeeded(write.remediation);
      this.#succeeded.push(write.remediation);
    }
  }

  spawned(process: Spawned): void {
    this.text('arguments', process.argv.join(' '));
    const change = this.#calls.begin(process);
    if (change !== undefined) this.#rails.check(change);
  }

  ended(process: Spawned, result: CliResult | undefined): void {
    this.#calls.end(process, result);
    this.#seeing.ended(process.pid);
  }

  /** An application does not take a change well. */
  upset(process: Spawned, ms: number): void {
    const change = this.#calls.changes.find((each) => each.process.pid === process.pid);
    if (change === undefined) return;
    const [name = ''] = applicationsOf(change.remediation.action);
    const application = this.#model(change.remediation.target)?.applications.get(name);
    if (application === undefined) return;
    const done = upset(application, this.#run.chance.fork(`upset ${process.pid}`), ms);
    if (done !== undefined) this.#run.trace.add(done);
  }

  called(place: CallPlace, fault: CallFault): void {
    if (fault.kind !== 'stale' && fault.kind !== 'partial' && fault.kind !== 'delay') return;
    this.#lie(place.controller);
  }

  answered(call: string, place: CallPlace, begun: number): void {
    const { controller, modelUuid } = place;
    if (modelUuid === undefined) this.#seeing.read(controller, begun);
    else if (call === 'Client.FullStatus')
      this.#seeing.read(`${controller}:${this.#names.get(modelUuid) ?? ''}`, begun);
  }

  meddled({ name }: SimController): void {
    this.#lie(name);
  }

  clockJumped(): void {
    // Times of the machine are no longer those of the world: what was said of them before is left alone.
    for (const name of this.#run.world.controllers.keys()) this.#lie(name);
  }

  newPolicy(): void {
    this.#seeing.forget();
  }

  newLife(): void {
    this.#seeing.forget();
  }

  lifeEnded(): void {
    this.#seeing.forget();
  }

  /** Looks at the report again and again. */
  sampleEvery(ms: number): void {
    this.#run.kernel.after(ms, () => {
      this.#sample();
      this.sampleEvery(ms);
    });
  }

  async isAtRest(): Promise<boolean> {
    const report = this.#run.daemon?.report();
    if (report === undefined || this.#run.processes.running().length > 0) return false;
    if (!this.#run.daemon?.readiness().ready || unrest(this.#watch, report).length > 0) return false;
    return differences(report, await this.#truth('ourselves')).length === 0;
  }

  /** Everything has had its time. */
  async final(): Promise<void> {
    const { daemon } = this.#run;
    if (daemon === undefined) {
      this.broken(8, 'no daemon', 'there is no daemon at the end');
      return;
    }
    const report = daemon.report();
    this.text('the report', JSON.stringify(report));
    for (const text of unrest(this.#watch, report)) this.broken(5, 'at no rest', text);
    for (const text of unapprovable(this.#watch)) this.broken(5, 'not approvable', text);
    for (const text of untold(this.#run.events, report)) this.broken(5, 'not told', text);
    for (const text of differences(report, await this.#truth('ourselves')))
      this.broken(5, 'wrong report', text);
    const { ready, reasons } = daemon.readiness();
    if (!ready) this.broken(8, 'not ready', reasons.join('; '));
    const chain = await this.#run.journal.verifyChain();
    if (chain.state !== 'whole') this.broken(1, 'audit trail', chain.reason);
  }

  #sample(): void {
    const report = this.#run.daemon?.report();
    if (report === undefined) return;
    checkWaivers(this.#watch, report);
    checkHealth(this.#watch, this.#seeing, this.#run.disk.full);
    this.#seeing.sample(report);
    this.text('the report', JSON.stringify(report.findings));
  }

  async #compareAll(): Promise<boolean> {
    const really = await this.#truth('administrator');
    for (const remediation of this.#succeeded.splice(0)) {
      this.#seeing.compare(remediation, about(remediation, really));
    }
    return !this.hasBroken;
  }

  #truth(viewer: 'ourselves' | 'administrator'): Promise<readonly Finding[]> {
    const { world, host, ports, options, policy } = this.#run;
    return truth({ world, host, ports, ...options }, policy, viewer);
  }

  #model({ controller = '', model }: Target): SimModel | undefined {
    const models = this.#run.world.controllers.get(controller)?.models.values() ?? [];
    return [...models].find(({ name }) => name === model);
  }

  #lie(controller: string): void {
    this.#seeing.lied(controller);
    for (const { name } of this.#run.world.controllers.get(controller)?.models.values() ?? [])
      this.#seeing.lied(placeOf({ kind: 'model', controller, model: name }));
  }
}

function about({ findings }: Remediation, really: readonly Finding[]): readonly Finding[] {
  const ids = new Set(findings.map(({ control, target }) => findingId(control, target)));
  return really.filter(({ control, target }) => ids.has(findingId(control.id, target)));
}
