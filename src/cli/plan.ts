import { Command } from 'commander';
import type { Finding } from '../core/finding.js';
import { isWaived } from '../core/finding.js';
import { isViolation } from '../core/outcome.js';
import { plan as planFor, type Plan } from '../core/plan.js';
import type { Policy } from '../core/policy/policy.js';
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
import { renderPlans } from './render/plan.js';
import type { Services } from './services.js';
import { survey, type Survey } from './survey.js';

interface PlanOptions extends RoadOptions, FilterOptions, OutputOptions {}

const examples = `
Changes nothing. Without a policy everything that can be planned is; with one,
only what its modes propose or enforce.

Examples:
  holdfast plan --juju
  holdfast plan --juju --control "ETCD-*"
  holdfast plan --policy holdfast.yaml --format json --output plan.json

Exit code: 0 nothing to do, 2 something to do, 1 it could not be planned.`;

/** `holdfast plan`: shows the changes that would put an estate right, in order. */
export function planCommand(services: Services, finish: Finish): Command {
  const command = new Command('plan').description(
    'show the changes that would put it right, in order; changes nothing',
  );
  addOutputOptions(addFilterOptions(addRoadOptions(command)))
    .addHelpText('after', examples)
    .action(async (options: PlanOptions) => {
      finish(await showPlans(options, services));
    });
  return command;
}

async function showPlans(options: PlanOptions, services: Services): Promise<ExitCode> {
  const { plans, leftOut } = await freshPlans(options, services);
  const { io } = services;
  const toFile = options.output !== undefined;
  const look = { columns: toFile ? undefined : io.columns, color: io.color && !toFile };
  emit(
    options.format === 'json' ? jsonText(listDocument('PlanList', plans)) : renderPlans(plans, leftOut, look),
    options,
    io,
  );
  return plans.length > 0 ? exitCodes.found : exitCodes.fine;
}

export interface FreshPlans {
  readonly plans: readonly Plan[];
  readonly leftOut: LeftOut;
  readonly policy: Policy;
}

/** Violations that no plan is about. */
export interface LeftOut {
  /** They need a person: no action is known to put them right. */
  readonly byHand: number;
  /** Something could be done, and the policy only observes. */
  readonly observed: number;
}

/** Reads the estate and plans for it; without a policy file for all that can be planned. */
export async function freshPlans(
  options: RoadOptions & FilterOptions,
  services: Services,
): Promise<FreshPlans> {
  const withoutFile = policyFileOf(options, services) === undefined;
  const judged: Survey = await survey(options, services, (policy) =>
    withoutFile ? proposing(policy) : policy,
  );
  const plans = planFor(judged.findings, judged.asOf).map(({ plan }) => plan);
  return { plans, leftOut: leftOutOf(judged.findings), policy: judged.policy };
}

function proposing(policy: Policy): Policy {
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
