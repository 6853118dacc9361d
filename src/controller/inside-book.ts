/** Keeps what was seen inside units, and looks again when it is time: beside the reconciling, never within it. */
import type { OwnChange } from '../core/drift/culprits.js';
import type { EtcdIdentity } from '../core/evidence/etcd-users.js';
import type { WorkloadEvidence } from '../core/evidence/workload.js';
import { valueOf, type Fact, type Gap, type Reading } from '../core/fact.js';
import { callGate } from '../core/gate.js';
import { workloadRuleFor, workloadDefaults, type WorkloadRule } from '../core/policy/workload.js';
import type { Clock, Log, LookResult, ModelLooks, Telemetry } from '../core/ports/index.js';
import type { Insight, LookInside, WorkloadReader } from '../core/ports/workload-reader.js';
import { share } from '../core/share.js';
import type { ApplicationState, ModelState } from '../core/snapshot.js';
import { instant } from '../core/time.js';
import { countedLooks } from './counted-looks.js';
import { basisOf, isChanged, newest } from './inside-basis.js';
import { keyOf, placeOf } from './keys.js';
import { noteLooks } from './own-looks.js';

/** How units are looked into. */
export interface Inside {
  readonly insight: Insight;
  /** By whom on a controller, or why nobody may; the rule says by which road. */
  readonly readerFor: (controller: string, rule: WorkloadRule) => WorkloadReader | Gap;
  /** Asks etcd for its users. */
  readonly usersAs?: (identity: EtcdIdentity) => NonNullable<LookInside['usersOf']>;
}

export interface InsideBookOptions extends Inside {
  readonly rules: () => readonly WorkloadRule[];
  readonly clock: Clock;
  readonly log: Log;
  readonly telemetry: Telemetry;
  /** Told of the place of which something was seen anew. */
  readonly onSeen: (key: string) => void;
}

interface Page {
  readonly evidence: WorkloadEvidence;
  readonly askedAt: number;
  /** The state for which was looked: another one makes what was seen old. */
  readonly basis: readonly Fact<unknown>[];
}

interface Chapter {
  readonly pages: Map<string, Page>;
  readonly gate: ReturnType<typeof callGate>;
  readonly looks: OwnChange[];
  limits: WorkloadRule | undefined;
  running: Promise<void> | undefined;
  /** ms; when a look last showed anything. */
  seenAt: number | undefined;
}

/** By whom, and where, units are looked into. */
interface Way {
  readonly reader: WorkloadReader;
  /** The model as `juju -m` takes it. */
  readonly place: string;
  readonly chapter: Chapter;
  readonly usersOf: LookInside['usersOf'];
}

interface Blank {
  readonly reason: string;
  readonly units: unknown;
  readonly evidence: WorkloadEvidence | undefined;
}

/** Seconds after a look until a change of the application is reason enough for another one. */
const changeRest = 60;

export class InsideBook {
  private readonly options: InsideBookOptions;
  private readonly chapters = new Map<string, Chapter>();
  private readonly blanks = new WeakMap<object, Blank>();
  private readonly stopping = new AbortController();

  constructor(options: InsideBookOptions) {
    this.options = options;
  }

  get(model: ModelState, app: ApplicationState): WorkloadEvidence | undefined {
    const rule = this.ruleFor(model, app);
    if (rule === undefined) return undefined;
    const page = this.chapters.get(keyAt(model))?.pages.get(app.name);
    if (page === undefined) return this.blank(app, 'the units were not looked into yet');
    if (!isChanged(page.basis, basisOf(app))) return page.evidence;
    return this.blank(app, 'the application changed since its units were last looked into');
  }

  /** The same as before for the same application: what did not change keeps its identity. */
  private blank(app: ApplicationState, reason: string): WorkloadEvidence | undefined {
    const kept = this.blanks.get(app.charm);
    if (kept?.reason === reason && kept.units === app.units) return kept.evidence;
    const evidence = this.without(app, { reason });
    this.blanks.set(app.charm, { reason, units: app.units, evidence });
    return evidence;
  }

  /** Our own looks at a place, so that they are told from what others ran. */
  looksAt(key: string): readonly OwnChange[] {
    return this.chapters.get(key)?.looks ?? [];
  }

  /** When the units of each model last showed anything. */
  lastSeen(): readonly ModelLooks[] {
    return [...this.chapters].map(([key, { seenAt }]) => {
      const { controller, model = '' } = placeOf(key);
      return { controller, model, ...(seenAt === undefined ? {} : { seenAt }) };
    });
  }

  /** Forgets a place. */
  forget(key: string): void {
    this.chapters.delete(key);
  }

  /** Looks into the units of which it is time; one round at once for a model. */
  ask(model: ModelState): void {
    const key = keyAt(model);
    const apps = Object.values(model.applications);
    const due = apps.filter((app) => this.isDue(model, app));
    this.tidy(key, model);
    if (due.length === 0) return;
    const chapter = this.chapterAt(key);
    if (chapter.running !== undefined) return;
    chapter.running = this.round(model, due, chapter)
      .catch((error: unknown) => {
        if (this.stopping.signal.aborted) return;
        const trouble = error instanceof Error ? error.message : String(error);
        this.options.log.warn({ place: key, trouble }, 'units could not be looked into');
      })
      .finally(() => {
        chapter.running = undefined;
        if (!this.stopping.signal.aborted) this.options.onSeen(key);
      });
  }

  /** Ends what is under way. */
  async stop(): Promise<void> {
    this.stopping.abort(new Error('the daemon is stopping'));
    await Promise.all([...this.chapters.values()].map(({ running }) => running ?? Promise.resolve()));
  }

  private async round(model: ModelState, due: readonly ApplicationState[], chapter: Chapter): Promise<void> {
    const owner = valueOf(model.info)?.owner;
    const place = `${model.controller}:${owner ?? ''}/${model.name.slice(model.name.indexOf('/') + 1)}`;
    await Promise.all(
      due.map(async (app) => {
        const way =
          owner === undefined ? { reason: "the model's owner is not known" } : this.wayTo(model, app);
        if (!('look' in way)) {
          this.write(chapter, app, this.without(app, way));
          return;
        }
        this.tell(place, app, this.ruleFor(model, app)?.through?.name);
        const reader = this.counted(way, chapter);
        await this.lookAt(app, { reader, place, chapter, usersOf: this.usersOf(model, app) });
      }),
    );
  }

  /** Both are as good as root in the units: that they are used is to be seen. */
  private tell(model: string, { name: application }: ApplicationState, cluster: string | undefined): void {
    const { log } = this.options;
    if (cluster === undefined) log.info({ model, application }, 'looking into units as the prober');
    else log.info({ model, application, cluster }, 'looking into units through the cluster');
  }

  private wayTo(model: ModelState, app: ApplicationState): WorkloadReader | Gap {
    const rule = this.ruleFor(model, app);
    return rule === undefined
      ? { reason: 'the policy does not name it' }
      : this.options.readerFor(model.controller, rule);
  }

  private usersOf(model: ModelState, app: ApplicationState): LookInside['usersOf'] {
    const etcd = this.ruleFor(model, app)?.etcd;
    return etcd && this.options.usersAs?.(etcd);
  }

  private counted(reader: WorkloadReader, chapter: Chapter): WorkloadReader {
    return countedLooks(reader, this.options.clock, (result, seconds) => {
      this.count(chapter, result, seconds);
    });
  }

  private count(chapter: Chapter, result: LookResult, seconds: number): void {
    this.options.telemetry.looked(result, seconds);
    if (result === 'seen' || result === 'partly') chapter.seenAt = this.options.clock.now();
  }

  /** Whatever goes wrong is known of this application alone, and is not tried again before it is time. */
  private async lookAt(app: ApplicationState, way: Way): Promise<void> {
    const { log, clock } = this.options;
    const begun = instant(clock.now());
    let evidence: WorkloadEvidence | undefined;
    try {
      evidence = await this.collect(app, way);
    } catch (error) {
      if (this.stopping.signal.aborted) throw error;
      const trouble = error instanceof Error ? error.message : String(error);
      log.error({ model: way.place, application: app.name, trouble }, 'what a unit shows could not be read');
      evidence = this.without(app, { reason: 'what the units show could not be read' });
    }
    noteLooks(way.chapter.looks, app, { begun, ended: instant(clock.now()) });
    this.write(way.chapter, app, evidence);
  }

  private collect(
    app: ApplicationState,
    { reader, place, chapter, usersOf }: Way,
  ): Promise<WorkloadEvidence | undefined> {
    const { insight, clock } = this.options;
    const { signal } = this.stopping;
    const now = (): string => instant(clock.now());
    return insight.collect(app, { reader, model: place, now, gate: chapter.gate(signal), signal, usersOf });
  }

  private write({ pages }: Chapter, app: ApplicationState, evidence: WorkloadEvidence | undefined): void {
    const before = pages.get(app.name)?.evidence;
    pages.set(app.name, {
      evidence: share(before, evidence ?? {}),
      askedAt: this.options.clock.now(),
      basis: basisOf(app),
    });
  }

  private isDue(model: ModelState, app: ApplicationState): boolean {
    const rule = this.ruleFor(model, app);
    if (rule === undefined || this.without(app, { reason: '' }) === undefined) return false;
    const page = this.chapters.get(keyAt(model))?.pages.get(app.name);
    if (page === undefined) return true;
    const age = this.options.clock.now() - page.askedAt;
    const rest = isChanged(page.basis, basisOf(app)) ? Math.min(rule.every, changeRest) : rule.every;
    return age < 0 || age >= rest * 1000;
  }

  private ruleFor({ controller, name: model }: ModelState, { name: application }: ApplicationState) {
    return workloadRuleFor(this.options.rules(), { controller, model, application });
  }

  private without(app: ApplicationState, gap: Gap): WorkloadEvidence | undefined {
    const reading: Reading = {
      source: { road: 'workload', call: 'the units' },
      at: instant(this.options.clock.now()),
    };
    return this.options.insight.without(app, reading, gap);
  }

  private chapterAt(key: string): Chapter {
    const known = this.chapters.get(key);
    if (known !== undefined) return known;
    const gate = callGate(this.options.clock, () => this.chapters.get(key)?.limits ?? workloadDefaults);
    const none = { limits: undefined, running: undefined, seenAt: undefined };
    const chapter: Chapter = { pages: new Map(), gate, looks: [], ...none };
    this.chapters.set(key, chapter);
    return chapter;
  }

  /** Forgets applications that are gone or no longer meant, and takes the strictest limits of those that are. */
  private tidy(key: string, model: ModelState): void {
    const chapter = this.chapters.get(key);
    const rules = Object.values(model.applications).flatMap((app) => this.ruleFor(model, app) ?? []);
    if (chapter === undefined) return;
    for (const name of chapter.pages.keys()) {
      const app = model.applications[name];
      if (app === undefined || this.ruleFor(model, app) === undefined) chapter.pages.delete(name);
    }
    for (const [name, page] of chapter.pages) {
      const app = model.applications[name];
      if (app !== undefined) chapter.pages.set(name, { ...page, basis: newest(page.basis, basisOf(app)) });
    }
    chapter.limits = strictest(rules);
  }
}

function strictest(rules: readonly WorkloadRule[]): WorkloadRule | undefined {
  const [first] = rules;
  if (first === undefined) return undefined;
  const least = (key: 'atOnce' | 'perMinute'): number => Math.min(...rules.map((rule) => rule[key]));
  return { ...first, atOnce: least('atOnce'), perMinute: least('perMinute') };
}

function keyAt({ controller, name }: ModelState): string {
  return keyOf({ controller, model: name });
}
