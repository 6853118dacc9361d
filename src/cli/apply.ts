import { Command } from 'commander';
import { readPlansText } from '../config/documents.js';
import { readTextFile } from '../config/read-file.js';
import { InputError } from '../core/input-error.js';
import type { Plan } from '../core/plan.js';
import type { Remediation } from '../core/ports/index.js';
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
import { freshPlans } from './plan.js';
import { policyFileOf, policyOf } from './policy.js';
import type { Finish } from './finish.js';
import { renderPlans } from './render/plan.js';
import { clean } from './render/text.js';
import { renderRemediations } from './render/remediations.js';
import type { ApplyRequest, Services } from './services.js';

interface ApplyOptions extends RoadOptions, FilterOptions, OutputOptions {
  readonly plan?: string;
  readonly approve?: readonly string[];
}

const examples = `
Changes the estate, after showing the plans and asking for each by its id. A plan
is bound to its hash: when the estate has changed meanwhile, it is left alone.

Examples:
  holdfast apply --policy holdfast.yaml
  holdfast plan --policy holdfast.yaml --format json --output plan.json
  holdfast apply --policy holdfast.yaml --plan plan.json --approve HASH

Exit code: 0 all verified, 2 something was held or left, 1 something failed.`;

/** `holdfast apply`: carries out plans that a person approves. */
export function applyCommand(services: Services, finish: Finish): Command {
  const command = new Command('apply').description(
    'carry out plans that you approve, and verify their effect',
  );
  addOutputOptions(addFilterOptions(addRoadOptions(command)))
    .optionsGroup('What to carry out:')
    .option('--plan <file>', 'plans saved by holdfast plan --format json, instead of fresh ones')
    .option('--approve <hash...>', 'approve these plans without asking: whole hashes, for scripts')
    .addHelpText('after', examples)
    .action(async (options: ApplyOptions) => {
      finish(await apply(options, services));
    });
  return command;
}

async function apply(options: ApplyOptions, services: Services): Promise<ExitCode> {
  if (services.apply === undefined) {
    throw new InputError(
      'apply changes nothing in this version: it waits for all of the safety rails (windows, limits, approvals, journal).\n' +
        'holdfast plan prints the commands in their order; run them yourself, then audit again.',
    );
  }
  const { plans, policy } = await requested(options, services);
  services.io.err(
    renderPlans(plans, { byHand: 0, observed: 0 }, { columns: services.io.columns, color: false }),
  );
  const approved = await approvedOf(plans, options, services);
  const progress = (line: string): void => {
    services.io.err(`${clean(line)}\n`);
  };
  const done = approved.length === 0 ? [] : await services.apply({ policy, plans: approved, progress });
  emit(
    options.format === 'json'
      ? jsonText(listDocument('RemediationList', done))
      : renderRemediations(done, plans.length - approved.length),
    options,
    services.io,
  );
  return applyExit(done, approved.length < plans.length);
}

async function requested(
  options: ApplyOptions,
  services: Services,
): Promise<Pick<ApplyRequest, 'plans' | 'policy'>> {
  if (options.plan === undefined) return freshPlans(options, services);
  const plans = readPlansText(readTextFile(options.plan).content, options.plan);
  const policy = await policyOf(
    policyFileOf(options, services),
    await services.guides(),
    services,
    'controllers',
  );
  return { plans, policy };
}

async function approvedOf(
  plans: readonly Plan[],
  { approve }: ApplyOptions,
  { io }: Services,
): Promise<readonly Plan[]> {
  if (approve !== undefined) return plans.filter(({ hash }) => approve.includes(hash));
  if (plans.length === 0) return [];
  if (!io.interactive)
    throw new InputError('nobody is there to ask: name the hashes to approve with --approve');
  const approved: Plan[] = [];
  for (const plan of plans) {
    const answer = await io.ask(`Type ${plan.id} to carry out this plan, anything else to leave it: `);
    if (answer.trim() === plan.id) approved.push(plan);
  }
  return approved;
}

function applyExit(done: readonly Remediation[], someLeft: boolean): ExitCode {
  if (done.some(({ state }) => state === 'Failed')) return exitCodes.failed;
  const held = someLeft || done.some(({ state }) => state !== 'Succeeded');
  return held ? exitCodes.found : exitCodes.fine;
}
