import { Command } from 'commander';
import type { Finding } from '../core/finding.js';
import { isWaived } from '../core/finding.js';
import { isViolation } from '../core/outcome.js';
import { plan as planFor, type Plan, type Proposal } from '../core/plan.js';
import type { Policy } from '../core/policy/policy.js';
import type { Snapshot } from '../core/snapshot.js';
import { emit, jsonText, listDocument } from './emit.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import {
  addFilterOptions,
  addOutputOptions,
  addRoadOptions,
  type FilterOptions,
  type OutputOptions,
  type RoadOptions,
} from './options.js';
import { policyFileOf } from './policy.js';
import type { Finish } from './finish.js';
import type { PlanSheet } from './plan-sheets.js';
import { renderPlans } from './render/plan.js';
import type { Services } from './services.js';
import { addStateOption, type StateOptions } from './journal/with-journal.js';
import { survey, type Survey } from './survey.js';
import { addTerraformOption, terraformText, type TerraformOptions } from './terraform.js';

interface PlanOptions extends FreshOptions, OutputOptions, TerraformOptions {}

const examples = `
Changes nothing. Without a policy everything that can be planned is; with one,
only what its modes propose or enforce.

Examples:
  holdfast plan --juju
  holdfast plan --juju --control "ETCD-*"
  holdfast plan --policy holdfast.yaml --format json --output plan.json
  holdfast plan --juju --format terraform --terraform-state state.json

What the safety rails would say of each step now is told with it: from the
policy, and from the daemon's journal where there is one.

Exit code: 0 nothing to do, 2 something to do, 1 it could not be planned.`;

const planFormats = ['table', 'json', 'terraform'] as const;

/** `holdfast plan`: shows the changes that would put an estate right, in order. */
export function planCommand(services: Services, finish: Finish): Command {
  const command = new Command('plan').description(
    'show the changes that would put it right, in order; changes nothing',
  );
  addTerraformOption(addOutputOptions(addFilterOptions(addRoadOptions(command)), planFormats));
  addStateOption(command)
    .addHelpText('after', examples)
    .action(async (options: PlanOptions) => {
      finish(await showPlans(options, services));
    });
  return command;
}

async function showPlans(options: PlanOptions, services: Services): Promise<ExitCode> {
  const made = await freshPlans(options, services);
  const { io } = services;
  emit(await planText(made, options, services), options, io);
  return made.plans.length > 0 ? exitCodes.found : exitCodes.fine;
}

async function planText(made: FreshPlans, options: PlanOptions, services: Services): Promise<string> {
  const { io } = services;
  if (options.format === 'json') {
    const { railDocuments } = await import('./plan-sheets.js');
    return jsonText({ ...listDocument('PlanList', made.plans), ...railDocuments(made.sheets) });
  }
  if (options.format === 'terraform') return terraformText(made, options, services);
  const toFile = options.output !== undefined;
  const look = { columns: toFile ? undefined : io.columns, color: io.color && !toFile };
  return renderPlans(made.plans, made.leftOut, look, made.sheets);
}

export interface FreshOptions extends RoadOptions, FilterOptions, StateOptions {}

export interface FreshPlans {
  readonly plans: readonly Plan[];
  readonly leftOut: LeftOut;
  readonly policy: Policy;
  readonly snapshot: Snapshot;
  /** What the safety rails say of each plan. */
  readonly sheets: readonly PlanSheet[];
}

/** Violations that no plan is about. */
export interface LeftOut {
  /** They need a person: no action is known to put them right. */
  readonly byHand: number;
  /** Something could be done, and the policy only observes. */
  readonly observed: number;
}

/** Reads the estate and plans for it; without a policy file for all that can be planned. */
export async function freshPlans(options: FreshOptions, services: Services): Promise<FreshPlans> {
  const withoutFile = policyFileOf(options, services) === undefined;
  const judged: Survey = await survey(options, services, (policy) =>
    withoutFile ? proposing(policy) : policy,
  );
  const { findings, policy, asOf, snapshot } = judged;
  const proposals = planFor(findings, asOf);
  const { stateDir } = options;
  const sheets = await sheetsFor(proposals, judged, { services, stateDir, governed: !withoutFile });
  return { plans: proposals.map(({ plan }) => plan), leftOut: leftOutOf(findings), policy, snapshot, sheets };
}

/** The rails are loaded when there is something to hold against them: most commands never ask. */
async function sheetsFor(
  proposals: readonly Proposal[],
  { snapshot, policy, asOf }: Survey,
  { services, stateDir, governed }: Governing,
): Promise<readonly PlanSheet[]> {
  if (proposals.length === 0) return [];
  const { noJournal, sheetsOf } = await import('./plan-sheets.js');
  const journal = (await services.journalView?.(stateDir)) ?? noJournal;
  return sheetsOf(proposals, { snapshot, policy, asOf, journal, governed });
}

interface Governing {
  readonly services: Services;
  readonly stateDir: string | undefined;
  /** Whether a policy says how far to go. */
  readonly governed: boolean;
}

/** Without a policy everything that can be planned is. */
export function proposing(policy: Policy): Policy {
  return { ...policy, defaults: { ...policy.defaults, mode: 'propose' } };
}

function leftOutOf(findings: readonly Finding[]): LeftOut {
  const counting = findings.filter((finding) => isViolation(finding.judgement.outcome) && !isWaived(finding));
  const byHand = counting.filter(({ remedies }) => remedies.length === 0).length;
  const observed = counting.filter(
    ({ remedies, settings }) => remedies.length > 0 && settings.mode === 'observe',
  ).length;
  return { byHand, observed };
}
