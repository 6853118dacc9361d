/** Judges the estate and says what is new: the daemon's eyes. */
import type { Guide } from '../core/control.js';
import { Evaluation } from '../core/evaluate/evaluation.js';
import type { View } from '../core/evaluate/view.js';
import type { Finding } from '../core/finding.js';
import type { Judgement } from '../core/judgement.js';
import type { Knowledge } from '../core/knowledge.js';
import type { Policy } from '../core/policy/policy.js';
import type { Clock, Log, Telemetry } from '../core/ports/index.js';
import { targetKey, type Target } from '../core/target.js';
import { Absences } from './absences.js';
import type { Estate } from './estate.js';
import { DriftWatch, type DriftEvent } from './drift.js';
import type { Place } from './keys.js';

export interface LookerOptions {
  readonly guides: readonly Guide[];
  readonly knowledge: Knowledge;
  readonly estate: Estate;
  readonly clock: Clock;
  readonly log: Log;
  readonly telemetry: Telemetry;
  readonly onEvent: (event: DriftEvent) => void;
  /** Whether what is judged of a target is this unit's to tell; all is where absent. */
  readonly isOurs?: (target: Target) => boolean;
}

/** Failures of controls that are told at most, so that a broken guide does not fill the log. */
const mostTold = 1000;

export class Looker {
  private readonly options: LookerOptions;
  private readonly drift = new DriftWatch();
  private readonly absences = new Absences();
  private readonly told = new Set<string>();
  private evaluation: Evaluation;
  private policy: Policy;
  private looked: Evaluation | undefined;

  constructor(options: LookerOptions, policy: Policy) {
    this.options = options;
    this.policy = policy;
    this.evaluation = new Evaluation(options.guides, policy, options.knowledge);
  }

  /** Judges by another policy from now on. */
  adopt(policy: Policy): void {
    this.policy = policy;
    this.evaluation = new Evaluation(this.options.guides, policy, this.options.knowledge);
  }

  /** Takes the newest snapshot, judges what changed, and tells what is new. */
  look(): void {
    const { estate, clock, telemetry } = this.options;
    const began = performance.now();
    const now = clock.now();
    const touched = this.evaluation.update(estate.snapshot(now), now);
    if (touched.size > 0) telemetry.evaluated((performance.now() - began) / 1000);
    const isFirst = this.looked !== this.evaluation;
    this.looked = this.evaluation;
    if (isFirst) for (const place of this.drift.known()) this.absences.note(place, now);
    for (const view of this.evaluation.takeGone()) this.miss(view, now);
    for (const view of touched) this.follow(view, now);
    for (const event of this.departures(now)) this.options.onEvent(event);
  }

  /** Takes what was judged of a place while it was another unit's for news. */
  again(place: Place): void {
    const now = this.options.clock.now();
    for (const view of this.viewsAt(place)) this.follow(view, now);
  }

  /** All findings of the last look. */
  findings(): readonly Finding[] {
    const { isOurs } = this.options;
    const all = this.evaluation.findings();
    return isOurs === undefined ? all : all.filter(({ target }) => isOurs(target));
  }

  /** The findings of a model with its applications, or of a controller itself. */
  findingsAt(place: Place): readonly Finding[] {
    return this.viewsAt(place).flatMap((view) => this.evaluation.findingsOf(view));
  }

  /** Milliseconds until time alone changes a finding; undefined when it never does. */
  untilExpiry(): number | undefined {
    const expiry = this.evaluation.expiry();
    return Number.isFinite(expiry) ? Math.max(0, expiry - this.options.clock.now()) : undefined;
  }

  /** Whether a finding's change has taken effect, by other evidence; undefined where its control knows no such. */
  effectOf(finding: Finding): Judgement | undefined {
    const view = this.viewOf(finding);
    return view === undefined ? undefined : this.evaluation.effectOf(finding, view);
  }

  private miss({ target }: View, now: number): void {
    if (this.isOurs(target)) this.absences.note(targetKey(target), now);
    else this.ignore(targetKey(target));
  }

  private isOurs(target: Target): boolean {
    return this.options.isOurs?.(target) ?? true;
  }

  /** Whoever looks after it now tells of it: here it neither opens nor closes. */
  private ignore(place: string): void {
    this.absences.clear(place);
    this.drift.drop(place);
  }

  private follow(view: View, now: number): void {
    const place = targetKey(view.target);
    if (!this.isOurs(view.target)) {
      this.ignore(place);
      return;
    }
    const findings = this.evaluation.findingsOf(view);
    this.absences.clear(place);
    for (const finding of findings) if (finding.failure !== undefined) this.tellFailure(finding, place);
    for (const event of this.drift.observe(place, findings, now)) this.options.onEvent(event);
  }

  /** What was open at places that stay away is open no longer. */
  private departures(now: number): readonly DriftEvent[] {
    const grace = this.policy.pace.maxAge * 1000;
    return this.absences.keys().flatMap((place) => {
      if (this.absences.note(place, now) < grace) return [];
      this.absences.clear(place);
      return this.drift.forget(place, now).filter(({ finding }) => this.isOurs(finding.target));
    });
  }

  /** A control that fails does so at every look: each counts, but the log has it once for each place. */
  private tellFailure({ control, failure }: Finding, place: string): void {
    this.options.telemetry.controlFailed(control.id);
    const key = `${control.id} ${place}`;
    if (this.told.has(key) || this.told.size >= mostTold) return;
    this.told.add(key);
    this.options.log.error({ control: control.id, place, error: failure }, 'a control failed');
  }

  private viewsAt(place: Place): readonly View[] {
    const controller = this.evaluation.view()?.controller(place.controller);
    if (controller === undefined) return [];
    if (place.model === undefined) return [controller];
    const model = controller.model(place.model);
    return model === undefined ? [] : [model, ...model.applications()];
  }

  private viewOf(finding: Finding): View | undefined {
    const { controller = '', model, application } = finding.target;
    const root = this.evaluation.view()?.controller(controller);
    if (model === undefined) return root;
    const modelView = root?.model(model);
    return application === undefined ? modelView : modelView?.application(application);
  }
}
