/** Plans together with what the safety rails would say of each step now. */
import { newDict } from '../core/dict.js';
import { isKnown } from '../core/fact.js';
import type { Plan, Proposal, ProposedStep } from '../core/plan.js';
import type { Policy } from '../core/policy/policy.js';
import {
  heldBack,
  railsFor,
  splitPlan,
  type Hold,
  type RailScene,
  type RailVerdict,
} from '../core/rails/index.js';
import type { ControllerState, Snapshot } from '../core/snapshot.js';
import { instant } from '../core/time.js';
import type { JournalView } from './services.js';

/** A plan as it stands with the rails. */
export interface PlanSheet {
  readonly plan: Plan;
  /** Whether a policy says how far to go; without one only what the estate itself shows is worth a word. */
  readonly governed: boolean;
  readonly steps: readonly StepSheet[];
  /** The parts that can be approved one by one, where the plan reaches too far. */
  readonly parts: readonly Plan[];
}

export interface StepSheet {
  /** Id of the action. */
  readonly action: string;
  /** Absent: nothing holds it back. */
  readonly hold?: Hold;
  readonly verdicts: readonly RailVerdict[];
}

/** What the rails look at. */
export interface Surroundings {
  readonly snapshot: Snapshot;
  readonly policy: Policy;
  readonly journal: JournalView;
  readonly governed: boolean;
  /** ms. */
  readonly asOf: number;
}

/** Nobody has said anything, and nothing was ever done. */
export const noJournal: JournalView = {
  orders: { decisions: [], quarantines: [], pauses: [] },
  marks: [],
  health: { state: 'ok' },
};

export function sheetsOf(proposals: readonly Proposal[], surroundings: Surroundings): readonly PlanSheet[] {
  return proposals.map((proposal) => {
    const scene = sceneOf(proposal, surroundings);
    const steps = proposal.steps.map((step) => sheetOf(step, scene));
    const { governed } = surroundings;
    return { plan: proposal.plan, governed, steps, parts: splitPlan(proposal, scene.world.model) };
  });
}

function sheetOf(step: ProposedStep, scene: RailScene): StepSheet {
  const hold = heldBack(step, scene);
  const sheet = { action: step.action.id, verdicts: railsFor(step, scene) };
  return hold === undefined ? sheet : { ...sheet, hold };
}

function sceneOf(proposal: Proposal, { snapshot, policy, journal, asOf }: Surroundings): RailScene {
  const { controller: name = '', model: modelName = '' } = proposal.plan.target;
  const controller = snapshot.controllers[name] ?? unseen(name, snapshot);
  const model = controller.models[modelName];
  return {
    world: { controller, ...(model === undefined ? {} : { model }) },
    proposal,
    orders: journal.orders,
    marks: journal.marks.filter((mark) => mark.controller === name),
    journal: journal.health,
    ourselves: ourselvesOn(controller, policy),
    now: asOf,
  };
}

/** A controller that is planned for is in the snapshot; one that is not shows nothing. */
function unseen(name: string, { takenAt }: Snapshot): ControllerState {
  const gap = {
    unknown: { reason: 'not in the snapshot' },
    source: { road: 'snapshot', call: '' },
    at: takenAt,
  } as const;
  return { name, info: gap, config: gap, users: gap, clouds: gap, self: gap, models: newDict() };
}

function ourselvesOn({ name, self }: ControllerState, { controllers }: Policy): readonly string[] {
  const declared = controllers.find((access) => access.name === name);
  const identities = [declared?.observer, declared?.auditor, declared?.prober, declared?.remediator];
  const seen = isKnown(self) ? self.value.identities : [];
  return [...identities, ...seen].flatMap((identity) => (identity === undefined ? [] : [identity.user]));
}

/** What the rails say, as it stands beside the plans in JSON. */
export function railDocuments(sheets: readonly PlanSheet[]): object {
  return {
    steps: sheets.flatMap(({ plan, steps }) =>
      steps.map(({ action, hold, verdicts }) => ({
        plan: plan.hash,
        action,
        ...(hold === undefined ? {} : { held: holdDocument(hold) }),
        rails: verdicts.map(verdictDocument),
      })),
    ),
    splits: sheets.flatMap(({ plan, parts }) => (parts.length === 0 ? [] : [{ plan: plan.hash, parts }])),
  };
}

function verdictDocument({ rail, hold, note }: RailVerdict): object {
  if (hold === undefined) return { rail, held: false, note };
  return { rail, held: true, ...holdDocument(hold), note };
}

function holdDocument({ state, reason, message, until }: Hold): object {
  return { state, reason, message, ...(until === undefined ? {} : { until: instant(until) }) };
}
