/** Keeps what the units' ports answered, and asks again when it is time. */
import { dictOf, newDict } from '../core/dict.js';
import { isKnown, known } from '../core/fact.js';
import { probePorts, type Guide, type ProbePort } from '../core/control.js';
import type { Clock, Prober, Telemetry } from '../core/ports/index.js';
import type { ProbeTarget } from '../core/ports/prober.js';
import { share } from '../core/share.js';
import type { ApplicationState, PortProbe, Unit } from '../core/snapshot.js';
import { instant } from '../core/time.js';
import type { ProbeAnswers, ProbeFact } from './estate.js';

export interface ProbeBookOptions {
  readonly prober: Prober;
  readonly guides: readonly Guide[];
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  /** Milliseconds after which an answer is asked for again. */
  readonly every: () => number;
}

interface ModelPlace {
  readonly controller: string;
  readonly model: string;
}

interface Page {
  readonly fact: ProbeFact;
  readonly askedAt: number;
  /** The state for which was asked: a change of relations or units makes the answer old. */
  readonly relations: unknown;
  readonly units: unknown;
}

export class ProbeBook implements ProbeAnswers {
  private readonly options: ProbeBookOptions;
  /** By model, then by application. */
  private readonly pages = new Map<string, Map<string, Page>>();

  constructor(options: ProbeBookOptions) {
    this.options = options;
  }

  get(controller: string, model: string, application: string): ProbeFact | undefined {
    return this.pages.get(modelKey({ controller, model }))?.get(application)?.fact;
  }

  /** Forgets all applications of the model but these. */
  keep(place: ModelPlace, applications: Readonly<Record<string, unknown>>): void {
    const key = modelKey(place);
    const pages = this.pages.get(key);
    if (pages === undefined) return;
    for (const name of pages.keys()) if (applications[name] === undefined) pages.delete(name);
    if (pages.size === 0) this.pages.delete(key);
  }

  /**
   * Probes the application's units where that is due, or in any case when `force` is set. Of units that cannot be
   * seen the answers are forgotten: nobody knows whether they are still there.
   */
  async ask(place: ModelPlace, app: ApplicationState, force: boolean): Promise<void> {
    const pages = this.pages.get(modelKey(place));
    if (!isKnown(app.units)) {
      pages?.delete(app.name);
      return;
    }
    const ports = this.portsOf(app);
    if (ports.length === 0) return;
    const page = pages?.get(app.name);
    if (page !== undefined && !force && !this.isDue(page, app)) return;
    const units = Object.values(app.units.value);
    const answers = await Promise.all(
      units.map(async (unit) => [unit.name, await this.probeUnit(unit, ports)] as const),
    );
    this.write(place, app, dictOf(answers));
  }

  private write(
    place: ModelPlace,
    app: ApplicationState,
    answers: Readonly<Record<string, Record<string, PortProbe>>>,
  ): void {
    const now = this.options.clock.now();
    const reading = { source: { road: 'probe', call: 'connect to the units' } as const, at: instant(now) };
    const pages = this.pages.get(modelKey(place)) ?? new Map<string, Page>();
    this.pages.set(modelKey(place), pages);
    const fact = share(pages.get(app.name)?.fact, known(reading, answers));
    pages.set(app.name, { fact, askedAt: now, relations: app.relations, units: app.units });
  }

  private isDue(page: Page, app: ApplicationState): boolean {
    if (page.relations !== app.relations || page.units !== app.units) return true;
    const age = this.options.clock.now() - page.askedAt;
    return age < 0 || age >= this.options.every();
  }

  private portsOf(app: ApplicationState): readonly ProbePort[] {
    if (!isKnown(app.charm)) return [];
    const charm = app.charm.value;
    const endpoints = isKnown(app.bindings) ? Object.keys(app.bindings.value) : [];
    return this.options.guides.flatMap((guide) => probePorts(guide, charm, endpoints));
  }

  private async probeUnit(unit: Unit, ports: readonly ProbePort[]): Promise<Record<string, PortProbe>> {
    const { address } = unit;
    const answers = newDict<PortProbe>();
    if (address === undefined) return answers;
    await Promise.all(
      ports.map(async ({ port, protocol }) => {
        const answer = await this.probe({ unit: unit.name, address, port, protocol });
        this.options.telemetry.probed(answer.answer);
        answers[String(port)] = answer;
      }),
    );
    return sortedByKey(answers);
  }

  /** A prober that fails has seen nothing of the port; the other units are probed and judged all the same. */
  private async probe(target: ProbeTarget): Promise<PortProbe> {
    try {
      return await this.options.prober.probe(target);
    } catch {
      return { port: target.port, answer: 'unreachable' };
    }
  }
}

/** Answers arrive in any order; the fact must not differ by it. */
function sortedByKey<T>(dict: Record<string, T>): Record<string, T> {
  const sorted = newDict<T>();
  for (const key of Object.keys(dict).sort()) sorted[key] = dict[key] as T;
  return sorted;
}

function modelKey({ controller, model }: ModelPlace): string {
  return `${controller}\n${model}`;
}
