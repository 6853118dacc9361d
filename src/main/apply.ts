/** `holdfast apply`: a daemon that puts right what a person approved here and now, and then ends. */
import type { ApplyRequest } from '../cli/services.js';
import type { Environment } from '../config/environment.js';
import { loadKnowledge } from '../config/knowledge.js';
import { toolVersion } from '../config/version.js';
import { commandLine } from '../core/action/argv.js';
import type { PlannedAction } from '../core/action/planned.js';
import { isStepOf, recipeId, type Recipe } from '../core/action/recipe.js';
import { InputError } from '../core/input-error.js';
import type { Plan } from '../core/plan.js';
import type { Mode, Policy } from '../core/policy/policy.js';
import type {
  Approval,
  Clock,
  DaemonView,
  Remediation,
  RemediationState,
  Store,
  Write,
} from '../core/ports/index.js';
import { instant } from '../core/time.js';
import { guides } from '../guides/index.js';
import { createLog } from '../report/log.js';
import { createMetrics } from '../report/metrics.js';
import { openJournal, openStore } from '../store/sqlite/open.js';
import { composeDaemon } from './compose.js';
import { journalFile } from './journal.js';
import { takeStateDirectory } from './state-lock.js';
import { systemClock } from './system.js';

/**
 * How long an approval given on the spot counts, how long is waited for what the world lifts, and for what only a
 * person, a date or another plan would lift, ms.
 */
const times = { approval: 3_600_000, held: 60_000, stuck: 5000, look: 200 };

/** Nothing that is waited for here lifts these. */
const stuck: ReadonlySet<RemediationState> = new Set(['Proposed', 'WaitingApproval', 'WaitingWindow']);

const ends: ReadonlySet<RemediationState> = new Set([
  'Succeeded',
  'RolledBack',
  'Failed',
  'NeedsReview',
  'Quarantined',
  'Outdated',
]);

/**
 * Carries the plans out under every rail; resolves once all is at its end, or held back by a rail for a minute.
 * @throws InputError when the state directory is in use, or the journal cannot be used.
 */
export async function applyPlans(
  request: ApplyRequest,
  environment: Environment,
): Promise<readonly Remediation[]> {
  refuseWithoutControllers(request.policy);
  refuseShared(environment);
  const { stateDir = environment.stateDir } = request;
  const giveBack = takeStateDirectory(stateDir);
  try {
    const file = journalFile(stateDir);
    const { retention } = request.policy;
    const store = await openStore(file, { clock: systemClock, retention });
    await approve(store, request, systemClock);
    const done = await carryOut(request, { ...environment, stateDir }, store);
    await close(file, request, done);
    return done;
  } finally {
    giveBack();
  }
}

/** @throws InputError */
function refuseWithoutControllers({ controllers }: Policy): void {
  if (controllers.some(({ remediator }) => remediator !== undefined)) return;
  throw new InputError(
    'the policy names no controller with a remediator identity, and nothing is changed in any other name.\n' +
      'holdfast plan prints the commands in their order; run them yourself, then audit again.',
  );
}

/** Daemons on other machines may work from it, and nobody can tell from here whether one does. @throws InputError */
function refuseShared({ databaseFile }: Environment): void {
  if (databaseFile === undefined) return;
  throw new InputError(
    'the journal is in a database (HOLDFAST_DATABASE): holdfast approve the plans, and the daemon carries them out',
  );
}

/** What a person said here counts as it would have by `holdfast approve`, and stands in the audit trail. */
async function approve(store: Store, { plans, by }: ApplyRequest, clock: Clock): Promise<void> {
  const at = instant(clock.now());
  for (const plan of plans) {
    const expiresAt = instant(clock.now() + times.approval);
    const body = {
      plan: plan.hash,
      target: plan.target,
      expiresAt,
      argv: plan.actions.map(({ argv }) => argv),
    };
    await store.write({ type: 'plan', plan }, approval(plan, { by, at, expiresAt }), {
      type: 'audit',
      entry: { at, actor: by, event: 'PlanApproved', why: 'holdfast apply', body },
    });
  }
}

function approval({ hash }: Plan, said: Pick<Approval, 'by' | 'at' | 'expiresAt'>): Write {
  const id = `a-${hash.slice(0, 10)}-${said.at}`;
  return { type: 'approval', approval: { id, planHash: hash, decision: 'approve', ...said } };
}

/** What was approved for now does not count later, and what was held back waits for nobody. */
async function close(file: string, { plans, by }: ApplyRequest, done: readonly Remediation[]): Promise<void> {
  const at = instant(systemClock.now());
  const journal = await openJournal(file);
  try {
    const left = done.filter(({ state }) => !ends.has(state));
    const { decisions } = await journal.orders();
    const isApproved = ({ hash }: Plan): boolean =>
      decisions.find(({ planHash }) => planHash === hash)?.decision === 'approve';
    await journal.write(
      ...plans.filter(isApproved).map((plan) => approval(plan, { by, at, expiresAt: at })),
      ...left.map((one) => ({ type: 'remediation', remediation: outdated(one, at) }) as const),
    );
  } finally {
    await journal.close();
  }
}

function outdated(remediation: Remediation, updatedAt: string): Remediation {
  const message = `holdfast apply ended before: ${remediation.message}`;
  return { ...remediation, state: 'Outdated', reason: 'ApplyEnded', message, updatedAt };
}

async function carryOut(
  request: ApplyRequest,
  environment: Environment,
  store: Store,
): Promise<readonly Remediation[]> {
  const moved = new Map<string, Remediation>();
  const daemon = await composeDaemon({
    policy: enforcing(request.policy),
    guides,
    knowledge: loadKnowledge(environment.dataDir ?? request.policy.dataDir),
    environment,
    log: createLog({ level: 'error' }),
    telemetry: createMetrics(() => undefined, systemClock).telemetry,
    toolVersion: toolVersion(),
    store,
    only: new Set(request.plans.flatMap(({ findings }) => findings)),
    askAlways: true,
    onEvent: (event) => {
      if (event.type !== 'remediation') return;
      moved.set(event.remediation.actionId, event.remediation);
      request.progress(lineOf(event.remediation));
    },
  });
  try {
    await untilAtRest(daemon, request.plans, moved);
  } finally {
    await daemon.stop();
  }
  return [...moved.values()];
}

/** What the policy would propose is done, because a person says so; what it only observes is not. */
function enforcing(policy: Policy): Policy {
  const raised = (mode: Mode): Mode => (mode === 'propose' ? 'enforce' : mode);
  return {
    ...policy,
    defaults: { ...policy.defaults, mode: raised(policy.defaults.mode) },
    rules: policy.rules.map((rule) =>
      rule.mode === undefined ? rule : { ...rule, mode: raised(rule.mode) },
    ),
  };
}

function lineOf({ state, reason, message, argv }: Remediation): string {
  return `${state.padEnd(17)} ${commandLine(argv.slice(1))}${state === 'Running' ? '' : ` (${reason}: ${message})`}`;
}

/** At rest: every action is at its end, is asked for no more, or has been held back for a while. */
async function untilAtRest(
  daemon: DaemonView,
  plans: readonly Plan[],
  moved: ReadonlyMap<string, Remediation>,
): Promise<void> {
  const wanted = plans.flatMap(({ actions }) => actions.map(({ id }) => id));
  const recipes = plans.flatMap(({ actions }) => actions.flatMap(({ recipe }) => recipe ?? []));
  const seen = new Set<string>();
  let since = systemClock.now();
  for (;;) {
    const open = [
      ...wanted.filter((id) => !ends.has(moved.get(id)?.state ?? 'Proposed')),
      ...recipes.filter((recipe) => !isCarriedOut(recipe, moved)).map(recipeId),
    ];
    if (open.length === 0) return;
    const now = [...moved.values()].map(({ state }) => state).join();
    const isBusy = isAtWork(moved);
    // What is tried and held back over and over comes to nothing.
    if (!seen.has(now) || isVerifying(moved)) since = systemClock.now();
    seen.add(now);
    const patience = open.every((id) => isStuck(id, daemon, moved)) ? times.stuck : times.held;
    if (!isBusy && systemClock.now() - since > patience) {
      refuseBlind(daemon, moved);
      return;
    }
    await systemClock.sleep(times.look);
  }
}

/** Held by what nobody lifts meanwhile, or, with all in sight, not asked for at all. */
function isStuck(id: string, daemon: DaemonView, moved: ReadonlyMap<string, Remediation>): boolean {
  const remediation = moved.get(id);
  if (remediation !== undefined)
    return stuck.has(remediation.state) || remediation.reason === 'OperationBlocked';
  const isAsked = daemon
    .plans()
    .some(({ actions }) => actions.some((action) => action.id === id || isOf(action, id)));
  return daemon.readiness().ready && !isAsked;
}

function isOf({ recipe }: PlannedAction, id: string): boolean {
  return recipe !== undefined && recipeId(recipe) === id;
}

/** Its last step has worked, or one of them has not: then nothing follows. */
function isCarriedOut(recipe: Recipe, moved: ReadonlyMap<string, Remediation>): boolean {
  const last = { ...recipe, steps: recipe.steps.slice(-1) };
  return [...moved.values()].some(({ action, state }) => {
    if (!isOf(action, recipeId(recipe)) || !ends.has(state) || state === 'Outdated') return false;
    return state !== 'Succeeded' || isStepOf(action.args, last);
  });
}

function isVerifying(moved: ReadonlyMap<string, Remediation>): boolean {
  return [...moved.values()].some(({ state }) => state === 'Verifying');
}

function isAtWork(moved: ReadonlyMap<string, Remediation>): boolean {
  return [...moved.values()].some(({ state }) => state === 'Running' || state === 'Verifying');
}

/** Nothing moved because nothing could be seen: that is no result. */
function refuseBlind(daemon: DaemonView, moved: ReadonlyMap<string, Remediation>): void {
  const { ready, reasons } = daemon.readiness();
  if (moved.size === 0 && !ready) throw new InputError(`nothing was changed: ${reasons.join('; ')}`);
}
