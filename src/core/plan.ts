/** Plans: ordered, guarded lists of actions, bound to a hash, one for each model (or controller) that needs one. */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Irreversible, Precondition, Remedy, Risk } from './action/action.js';
import type { PlannedAction } from './action/planned.js';
import { argvOf } from './action/argv.js';
import type { Instant } from './fact.js';
import { isWaived, type Finding } from './finding.js';
import { severities } from './outcome.js';
import { limitsFor, type Limits } from './policy/limits.js';
import { findingId } from './report/build.js';
import { targetKey, type Target } from './target.js';
import { instant } from './time.js';

export interface Plan {
  readonly kind: 'Plan';
  readonly version: 'v1';
  readonly id: string;
  /** sha256 over target, actions with arguments, preconditions, recipes and limits; no times, messages or run ids in it. */
  readonly hash: string;
  readonly target: Target;
  readonly createdAt: Instant;
  /** Ids of the findings that it puts right. */
  readonly findings: readonly string[];
  /** The limits in force: of those of its actions the strictest. */
  readonly limits: Limits;
  readonly actions: readonly PlannedAction[];
  /** Of which plan it is a part, where a plan over the limits was split. */
  readonly partOf?: PartOf;
}

/** The plan that was split, by its hash, and which of its parts this is: 1 of 3. */
export interface PartOf {
  readonly hash: string;
  readonly n: number;
  readonly of: number;
  /** Ids of all actions of the plan that was split, and of their recipes. */
  readonly actions: readonly string[];
}

/** A plan together with the findings behind each action, as the controller needs them to verify. */
export interface Proposal {
  readonly plan: Plan;
  readonly steps: readonly ProposedStep[];
}

export interface ProposedStep {
  readonly action: PlannedAction;
  readonly findings: readonly Finding[];
}

/**
 * Plans for all findings that have remedies and may be planned for: violations, unwaived, mode propose or enforce.
 * Pure; the same findings give the same hashes. Actions that several controls ask for stand once.
 */
export function plan(findings: readonly Finding[], asOf: number): readonly Proposal[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    if (finding.remedies.length === 0 || isWaived(finding) || finding.settings.mode === 'observe') continue;
    const key = JSON.stringify([finding.target.controller, finding.target.model]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()].map((group) => proposal(group, asOf));
}

function proposal(group: readonly Finding[], asOf: number): Proposal {
  const limits = limitsFor(group.map(({ settings }) => settings));
  const steps = withLimits(stepsOf([...group].sort(byOrder)), limits);
  const target = planTarget(group);
  const actions = steps.map((step) => step.action);
  const hash = planHash({ target, limits, actions });
  const findings = group.map((finding) => findingId(finding.control.id, finding.target));
  const plan: Plan = {
    kind: 'Plan',
    version: 'v1',
    id: hash.slice(0, 12),
    hash,
    target,
    createdAt: instant(asOf),
    findings,
    limits,
    actions,
  };
  return { plan, steps };
}

/** An action says its limits where they are not those of the whole plan. */
function withLimits(steps: readonly ProposedStep[], whole: Limits): readonly ProposedStep[] {
  const usual = canonicalize(whole);
  return steps.map((step) => {
    const limits = limitsFor(step.findings.map(({ settings }) => settings));
    return canonicalize(limits) === usual ? step : { ...step, action: { ...step.action, limits } };
  });
}

/**
 * The hash that names a plan: it covers what would be done within which limits, of which plan it is a part, and nothing
 * that merely describes it.
 */
export function planHash({ target, limits, actions, partOf }: Hashed): string {
  const part = partOf === undefined ? {} : { partOf };
  return hashOf({ target, limits, actions: actions.map(bound), ...part });
}

type Hashed = Pick<Plan, 'target' | 'limits' | 'actions' | 'partOf'>;

function bound({ type, args, preconditions, limits, recipe }: PlannedAction): object {
  const more = { ...(limits === undefined ? {} : { limits }), ...(recipe === undefined ? {} : { recipe }) };
  return { type, args, preconditions, ...more };
}

/** sha256 (hex) of a value's canonical JSON (RFC 8785). */
export function hashOf(value: unknown): string {
  return createHash('sha256')
    .update(canonicalize(value) ?? '')
    .digest('hex');
}

function byOrder(a: Finding, b: Finding): number {
  return (
    a.control.order - b.control.order ||
    severities.indexOf(a.control.severity) - severities.indexOf(b.control.severity) ||
    compare(a.control.id, b.control.id) ||
    compare(a.target.application ?? '', b.target.application ?? '') ||
    compare(targetKey(a.target), targetKey(b.target))
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function planTarget(group: readonly Finding[]): Target {
  const target = group[0]?.target;
  const controller = target?.controller === undefined ? {} : { controller: target.controller };
  return target?.model === undefined
    ? { kind: 'controller', ...controller }
    : { kind: 'model', ...controller, model: target.model };
}

interface Draft {
  readonly order: number;
  readonly remedy: Remedy;
  readonly findings: readonly Finding[];
}

function stepsOf(findings: readonly Finding[]): readonly ProposedStep[] {
  const drafts = new Map<string, Draft>();
  for (const finding of findings) {
    for (const remedy of finding.remedies) {
      const key = canonicalize(remedy.action) ?? '';
      const draft = { order: remedy.order ?? finding.control.order, remedy, findings: [finding] };
      const before = drafts.get(key);
      drafts.set(key, before === undefined ? draft : merged(before, draft));
    }
  }
  const inOrder = [...drafts].sort(([, a], [, b]) => a.order - b.order);
  return inOrder.map(([key, draft]) => ({ action: planned(key, draft), findings: draft.findings }));
}

/** Where two controls ask for the same action, the more careful word of each counts. */
function merged(one: Draft, other: Draft): Draft {
  const [a, b] = [one.remedy, other.remedy];
  const remedy = {
    ...a,
    undo: isIrreversible(b.undo) ? b.undo : a.undo,
    risk: risks.indexOf(b.risk) > risks.indexOf(a.risk) ? b.risk : a.risk,
    disruptive: a.disruptive || b.disruptive,
    repeatable: a.repeatable && b.repeatable,
    cutsOff: [...new Set([...a.cutsOff, ...b.cutsOff])],
    preconditions: [...withKeys(a.preconditions), ...withKeys(b.preconditions)],
  };
  return {
    order: Math.min(one.order, other.order),
    remedy: { ...remedy, preconditions: [...new Map(remedy.preconditions).values()] },
    findings: [...new Set([...one.findings, ...other.findings])],
  };
}

const risks: readonly Risk[] = ['low', 'medium', 'high'];

function withKeys(preconditions: readonly Precondition[]): (readonly [string, Precondition])[] {
  return preconditions.map((precondition) => [canonicalize(precondition) ?? '', precondition]);
}

function planned(key: string, { remedy, findings }: Draft): PlannedAction {
  const { action, undo, effect, risk, disruptive, repeatable, cutsOff, preconditions } = remedy;
  const { note, recipe } = remedy;
  return {
    id: `${action.type}-${createHash('sha256').update(key).digest('hex').slice(0, 8)}`,
    type: action.type,
    args: action,
    preconditions,
    argv: ['juju', ...argvOf(action)],
    effect,
    ...(isIrreversible(undo) ? { irreversible: undo.irreversible } : { inverse: undo.inverse }),
    risk,
    disruptive,
    repeatable,
    cutsOff,
    ...(note === undefined ? {} : { note }),
    ...(recipe === undefined ? {} : { recipe }),
    controls: [...new Set(findings.map((finding) => finding.control.id))],
  };
}

function isIrreversible(undo: Remedy['undo']): undo is Irreversible {
  return 'irreversible' in undo;
}
