import { Command } from 'commander';
import { readPlansText, readSplitsText } from '../config/documents.js';
import { readTextFile } from '../config/read-file.js';
import { InputError } from '../core/input-error.js';
import type { Plan } from '../core/plan.js';
import type { Remediation } from '../core/ports/index.js';
import { emit, jsonText, listDocument } from './emit.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import { addFilterOptions, addOutputOptions, addRoadOptions, type OutputOptions } from './options.js';
import { freshPlans, type FreshOptions } from './plan.js';
import { offeredFrom, type Offered } from './offered.js';
import { policyFileOf, policyOf } from './policy.js';
import type { Finish } from './finish.js';
import { guidesFor } from './guides-for.js';
import { personOf, type PersonOptions } from './journal/person.js';
import { addStateOption } from './journal/with-journal.js';
import { renderPlans } from './render/plan.js';
import { clean } from './render/text.js';
import { renderRemediations } from './render/remediations.js';
import type { ApplyRequest, Services } from './services.js';

interface ApplyOptions extends FreshOptions, OutputOptions, Pick<PersonOptions, 'as'> {
  readonly plan?: string;
  readonly approve?: readonly string[];
}

const examples = `
Changes the estate, after showing the plans and asking for each by its id. A plan
is bound to its hash: when the estate has changed meanwhile, it is left alone. All
safety rails hold, but for the mode: what is only proposed is done because you say
so. A plan that reaches too far can be approved part by part.

Examples:
  holdfast apply --policy holdfast.yaml
  holdfast plan --policy holdfast.yaml --format json --output plan.json
  holdfast apply --policy holdfast.yaml --plan plan.json --approve HASH

Exit code: 0 all verified, 2 something was held or left, 1 something failed or
needs a person to look.`;

/** `holdfast apply`: carries out plans that a person approves. */
export function applyCommand(services: Services, finish: Finish): Command {
  const command = new Command('apply').description(
    'carry out plans that you approve, and verify their effect',
  );
  addOutputOptions(addFilterOptions(addRoadOptions(command)));
  addStateOption(command)
    .optionsGroup('What to carry out:')
    .option('--plan <file>', 'plans saved by holdfast plan --format json, instead of fresh ones')
    .option('--approve <hash...>', 'approve these plans without asking: whole hashes, for scripts')
    .option('--as <name>', 'in whose name; yours on this machine unless given')
    .addHelpText('after', examples)
    .action(async (options: ApplyOptions) => {
      finish(await apply(options, services));
    });
  return command;
}

async function apply(options: ApplyOptions, services: Services): Promise<ExitCode> {
  if (services.apply === undefined) throw new InputError('apply is not available in this build');
  const { plans, policy, sheets, choices } = await requested(options, services);
  const look = { columns: services.io.columns, color: false };
  services.io.err(renderPlans(plans, { byHand: 0, observed: 0 }, look, sheets));
  const approved = await approvedOf(choices, options, services);
  const progress = (line: string): void => {
    services.io.err(`${clean(line)}\n`);
  };
  const done =
    approved.length === 0
      ? []
      : await services.apply({
          ...{ policy, plans: approved, progress, stateDir: options.stateDir },
          by: personOf(options, services),
        });
  const left = choices.length - approved.length;
  emit(
    options.format === 'json'
      ? jsonText(listDocument('RemediationList', done))
      : renderRemediations(done, left),
    options,
    services.io,
  );
  return applyExit(done, left > 0);
}

async function requested(
  options: ApplyOptions,
  services: Services,
): Promise<Offered & Pick<ApplyRequest, 'policy'>> {
  if (options.plan === undefined) {
    const { plans, sheets, policy: given } = await freshPlans(options, services);
    return { ...offeredFrom(plans, sheets), policy: given };
  }
  const { content } = readTextFile(options.plan);
  const plans = readPlansText(content, options.plan);
  const splits = readSplitsText(content, options.plan);
  const policy = await policyOf(
    policyFileOf(options, services),
    await guidesFor(policyFileOf(options, services), services),
    services,
    'controllers',
  );
  const sheets = plans.map((plan) => ({
    plan,
    governed: true,
    steps: [],
    parts: splits.get(plan.hash) ?? [],
  }));
  return { ...offeredFrom(plans, sheets), policy };
}

async function approvedOf(
  plans: readonly Plan[],
  { approve }: ApplyOptions,
  { io }: Services,
): Promise<readonly Plan[]> {
  if (approve !== undefined) {
    const unknown = approve.filter((hash) => !plans.some((plan) => plan.hash === hash));
    for (const hash of unknown)
      io.err(`holdfast: no plan has the hash ${clean(hash)} now: nothing is done for it\n`);
    return plans.filter(({ hash }) => approve.includes(hash));
  }
  if (plans.length === 0) return [];
  if (!io.interactive)
    throw new InputError('nobody is there to ask: name the hashes to approve with --approve');
  const approved: Plan[] = [];
  for (const plan of plans) {
    const answer = await io.ask(`Type ${plan.id} to carry out ${nameOf(plan)}, anything else to leave it: `);
    if (answer.trim() === plan.id) approved.push(plan);
  }
  return approved;
}

function nameOf({ partOf }: Plan): string {
  return partOf === undefined ? 'this plan' : `part ${partOf.n} of ${partOf.of}`;
}

/** It was tried and did not work; what a person had to clear before is only held. */
function hasFailed({ state, attempts }: Remediation): boolean {
  return failures.has(state) || (state === 'Quarantined' && attempts > 0);
}

const failures: ReadonlySet<Remediation['state']> = new Set(['Failed', 'NeedsReview', 'RolledBack']);

function applyExit(done: readonly Remediation[], someLeft: boolean): ExitCode {
  if (done.some(hasFailed)) return exitCodes.failed;
  const held = someLeft || done.some(({ state }) => state !== 'Succeeded');
  return held ? exitCodes.found : exitCodes.fine;
}
