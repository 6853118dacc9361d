/** Invariant 3: no change outside mode, window, approval, blast radius, budget, pause, quarantine, or on our own access. */
import type { FindingRef, Mark } from '../../../src/core/ports/index.js';
import { millis } from '../../../src/core/time.js';
import type { PlannedAction } from '../../../src/core/action/planned.js';
import type { Plan } from '../../../src/core/plan.js';
import type { Target } from '../../../src/core/target.js';
import { isOpen } from './calendar.js';
import type { Calls, Change } from './calls.js';
import { fits, wordOn, type Word } from './scopes.js';
import { lineOf, machineTime, type Watch } from './watch.js';

/** A word of a person or of the clock that is younger than this may have come after the decision, ms. */
const grace = 6_000;
const hour = 3_600_000;

export class RailChecks {
  readonly #watch: Watch;
  readonly #calls: Calls;

  constructor(watch: Watch, calls: Calls) {
    this.#watch = watch;
    this.#calls = calls;
  }

  check(change: Change): void {
    const { remediation, step, process } = change;
    const policy = this.#watch.policy();
    const words = remediation.findings.map((ref) => wordOn(ref, policy));
    const fail = (rule: string, why: string): void => {
      this.#watch.broken(3, rule, `${lineOf(process.argv)}: ${why}`);
    };
    this.#checkSelf(change, fail);
    // Undoing is the end of a change that was allowed.
    if (step.kind === 'undo') return;
    this.#checkMode(change, words, fail);
    this.#checkOrders(change, fail);
    this.#checkTime(change, words, fail);
    this.#checkApproval(change, words, fail);
    this.#checkRadius(change, words, fail);
    this.#checkBudget(change, words, fail);
  }

  #checkMode({ remediation }: Change, words: readonly Word[], fail: Fail): void {
    const now = machineTime(this.#watch);
    if (!words.some(({ mode, enabled }) => enabled && mode === 'enforce'))
      fail('mode', 'mode is not enforce');
    if (words.some(({ managed }) => managed)) fail('managed', 'it is managed elsewhere');
    const waived = remediation.findings.every((ref) => this.#isWaived(ref, now));
    if (waived) fail('waived', 'all that it is about is waived');
  }

  #isWaived({ control, guide, target }: FindingRef, now: number): boolean {
    const { controller, model, application } = target;
    const names = { control, guide, controller, model, application };
    return this.#watch
      .policy()
      .waivers.some(
        ({ match, expires, kind }) =>
          kind === 'waived' && fits(match, names) && millis(expires) > now + grace,
      );
  }

  /** Pauses and quarantines. */
  #checkOrders({ remediation }: Change, fail: Fail): void {
    const { shadow } = this.#watch;
    const now = machineTime(this.#watch);
    const { controller, model } = remediation.target;
    for (const pause of shadow.pauses.values()) {
      const here =
        [undefined, controller].includes(pause.controller) && [undefined, model].includes(pause.model);
      const over = pause.until !== undefined && millis(pause.until) <= now;
      if (here && !over && millis(pause.at) < now - grace) fail('paused', `paused by ${pause.by}`);
    }
    for (const each of shadow.quarantines.values()) {
      const hit = remediation.findings.some(
        ({ control, target }) => control === each.control && isWithin(target, each.target),
      );
      if (hit && millis(each.since) < now - grace) fail('quarantined', `${each.control} is in quarantine`);
    }
  }

  #checkTime({ remediation }: Change, words: readonly Word[], fail: Fail): void {
    const now = machineTime(this.#watch);
    const moments = [now, now - grace];
    const { disruptive } = remediation.action;
    for (const { windows, disruptive: way } of words) {
      const denied = windows.filter(({ kind }) => kind === 'deny');
      const allowed = windows.filter(({ kind }) => kind === 'allow');
      const isShut = denied.find((window) => moments.every((moment) => isOpen(window, moment)));
      if (isShut !== undefined) fail('deny window', `${isShut.name} denies it`);
      const isOutside =
        disruptive &&
        allowed.length > 0 &&
        !moments.some((moment) => allowed.some((window) => isOpen(window, moment)));
      if (isOutside) fail('allow window', 'no window allows it');
      if (disruptive && way === 'window' && allowed.length === 0)
        fail('no window', 'it disrupts and has no window');
    }
  }

  /** An irreversible step needs a person, a disruptive one where the policy says so. */
  #checkApproval(change: Change, words: readonly Word[], fail: Fail): void {
    const { action } = change.remediation;
    const asked = action.disruptive && words.some(({ disruptive }) => disruptive === 'approval');
    if (action.irreversible === undefined && !asked) return;
    if (this.#approvalsFor(change).length === 0) fail('not approved', 'nobody has approved it as it is');
  }

  /** A person's yes to exactly this action within a plan for this place, that is not over, and not taken back. */
  #approvalsFor({ remediation }: Change): readonly Plan[] {
    const { shadow } = this.#watch;
    const now = machineTime(this.#watch);
    const last = new Map(shadow.approvals.map((approval) => [approval.planHash, approval]));
    return [...last.values()].flatMap(({ decision, expiresAt, planHash }) => {
      const plan = shadow.plans.get(planHash);
      if (decision !== 'approve' || millis(expiresAt) <= now - grace || plan === undefined) return [];
      if (!coversAction(plan, remediation.action)) return [];
      return isHalfDone(remediation.action) || this.#coversPresent(plan, remediation) ? [plan] : [];
    });
  }

  /** What is planned now is nothing but what was approved, or what is left of it. */
  #coversPresent(approved: Plan, { planHash }: { readonly planHash: string }): boolean {
    const present = this.#presentPlan(planHash);
    if (present === undefined) return approved.hash === planHash;
    const known = new Set(approved.partOf?.actions ?? approved.actions.map(({ id }) => id));
    const recipes = new Set(approved.actions.map(recipeOf));
    return present.actions.every(
      (action) => known.has(action.id) || (action.recipe !== undefined && recipes.has(recipeOf(action))),
    );
  }

  #presentPlan(hash: string): Plan | undefined {
    return (
      this.#watch
        .daemon()
        ?.plans()
        .find((plan) => plan.hash === hash) ?? this.#watch.shadow.plans.get(hash)
    );
  }

  /**
   * A plan over the limits is refused whole, unless a person approved a part of it that is within them. A refresh that
   * was approved and begun is ended all the same.
   */
  #checkRadius(change: Change, words: readonly Word[], fail: Fail): void {
    const { target } = change.remediation;
    const plan = this.#watch
      .daemon()
      ?.plans()
      .find((each) => each.target.controller === target.controller && each.target.model === target.model);
    const over = plan === undefined ? undefined : this.#excess(plan, words);
    if (over === undefined) return;
    if (isHalfDone(change.remediation.action) && this.#approvalsFor(change).length > 0) return;
    const parts = this.#approvalsFor(change).filter(({ partOf }) => partOf !== undefined);
    if (!parts.some((part) => this.#excess(part, words) === undefined)) fail('blast radius', over);
  }

  #excess(plan: Plan, words: readonly Word[]): string | undefined {
    const least = (limit: 'actions' | 'applications' | 'units' | 'percent'): number =>
      Math.min(...words.map(({ rails }) => rails[limit]));
    const names = [...new Set(plan.actions.flatMap(changedBy))];
    const model = this.#watch.model(plan.target);
    const all = model?.applications.size ?? Infinity;
    const units = names.reduce((sum, name) => sum + (model?.applications.get(name)?.units.length ?? 0), 0);
    const share = Math.max(1, Math.ceil((all * least('percent')) / 100));
    const counts: readonly (readonly [string, number, number])[] = [
      ['actions', plan.actions.length, least('actions')],
      ['applications', names.length, Math.min(least('applications'), share)],
      ['units', units, least('units')],
    ];
    const over = counts.find(([, is, most]) => is > most);
    return over === undefined ? undefined : `its plan has ${over[1]} ${over[0]}, ${over[2]} are allowed`;
  }

  #checkBudget({ remediation, process }: Change, words: readonly Word[], fail: Fail): void {
    const now = machineTime(this.#watch);
    const perHour = Math.min(...words.map(({ rails }) => rails.perHour));
    const lately = this.#calls.changes.filter(
      (each) =>
        each.step.kind === 'do' &&
        each.process.controller === process.controller &&
        !this.#calls.wasHindered(each.process) &&
        each.process.machineAt > now - hour + grace,
    ).length;
    if (lately > perHour) fail('hourly cap', `the ${lately}. change in an hour, ${perHour} are allowed`);
    this.#checkBreaker(remediation.target, words, fail);
  }

  /** After so many failures close to each other nothing more is changed in the model until it has cooled down. */
  #checkBreaker(target: Target, words: readonly Word[], fail: Fail): void {
    const now = machineTime(this.#watch);
    const rails = words.map((word) => word.rails);
    const limit = Math.min(...rails.map(({ failures }) => failures));
    const window = Math.max(...rails.map(({ failureWindow }) => failureWindow)) * 1000;
    const coolDown = Math.max(...rails.map((each) => each.coolDown)) * 1000;
    const failures = distinct(
      uncleared(this.#watch.shadow.marks).filter(
        ({ kind, controller, model }) =>
          kind === 'failure' && controller === target.controller && model === target.model,
      ),
    ).filter((at) => at <= now);
    const last = failures.at(-1) ?? -Infinity;
    const close = failures.filter((at) => at > last - window);
    if (close.length >= limit && now < last + coolDown - grace)
      fail('breaker', `${close.length} failures here, the last ${Math.round((now - last) / 1000)} s ago`);
  }

  #checkSelf({ process }: Change, fail: Fail): void {
    const [name = ''] = process.argv;
    if (!['disable-user', 'revoke', 'revoke-cloud'].includes(name)) return;
    const access = this.#watch.policy().controllers.find((each) => each.name === process.controller);
    const ours = [access?.observer, access?.auditor, access?.remediator].map((identity) => identity?.user);
    if (process.argv.some((word) => ours.includes(word))) fail('self', 'it takes away our own access');
  }
}

type Fail = (rule: string, why: string) => void;

/** A step of a recipe is approved with the recipe: what it does follows from how far the others have come. */
function coversAction(plan: Plan, action: PlannedAction): boolean {
  const { id, args, preconditions, recipe } = action;
  if (recipe !== undefined && plan.actions.some((each) => recipeOf(each) === recipeOf(action))) return true;
  const wanted = JSON.stringify([args, preconditions]);
  return plan.actions.some(
    (each) => each.id === id && JSON.stringify([each.args, each.preconditions]) === wanted,
  );
}

/** Of a relation's ends the one that must be free for it: the other serves on as it is. */
function changedBy(action: PlannedAction): readonly string[] {
  const named = applicationsOf(action);
  if (!('ends' in action.args)) return named;
  const free = action.preconditions.flatMap((each) =>
    each.type === 'relation-absent' ? [each.application] : [],
  );
  const own = named.filter((name) => free.includes(name));
  return own.length === 0 ? named : own;
}

/** A refresh that waits for its next step is finished, whatever else is planned by now. */
function isHalfDone({ recipe, preconditions }: PlannedAction): boolean {
  return recipe !== undefined && preconditions.some(({ type }) => type === 'refresh-paused');
}

function recipeOf({ recipe }: PlannedAction): string {
  return JSON.stringify(recipe);
}

export function applicationsOf({ args }: Pick<PlannedAction, 'args'>): readonly string[] {
  if ('ends' in args) return args.ends.map(({ application }) => application);
  return 'application' in args ? [args.application] : [];
}

const fields = ['controller', 'model', 'application', 'unit', 'user', 'name'] as const;

function isWithin(target: Target, whole: Target): boolean {
  return fields.every((field) => whole[field] === undefined || whole[field] === target[field]);
}

function uncleared(marks: readonly Mark[]): readonly Mark[] {
  const cleared = new Map<string | undefined, number>();
  for (const { kind, finding, at } of marks) if (kind === 'cleared') cleared.set(finding, millis(at));
  return marks.filter(({ finding, at }) => millis(at) > (cleared.get(finding) ?? -Infinity));
}

/** One change writes a mark for each of its findings: their moments, ascending, each once. */
function distinct(marks: readonly Mark[]): readonly number[] {
  return [...new Set(marks.map(({ at }) => millis(at)))].sort((a, b) => a - b);
}
