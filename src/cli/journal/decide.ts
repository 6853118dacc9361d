import { Command } from 'commander';
import { durationText } from '../../core/duration.js';
import { InputError } from '../../core/input-error.js';
import { hashOf, type Plan } from '../../core/plan.js';
import type { Approval, AuditEntry, Journal } from '../../core/ports/index.js';
import { targetLabel } from '../../core/target.js';
import { instant } from '../../core/time.js';
import { emit, jsonText } from '../emit.js';
import { exitCodes } from '../exit-codes.js';
import type { Finish } from '../finish.js';
import { formatOption, type OutputOptions } from '../options.js';
import { renderDecision } from '../render/decision.js';
import type { Services } from '../services.js';
import { findPlan } from './find-plan.js';
import { spanOf } from './moments.js';
import { addPersonOptions, personOf, reasonOf, type PersonOptions } from './person.js';
import { waitingFor } from './waiting.js';
import { addStateOption, withJournal, type StateOptions } from './with-journal.js';

interface DecideOptions extends PersonOptions, StateOptions, OutputOptions {
  readonly valid?: string;
}

const approveExamples = `
An approval is bound to the plan's hash: a plan that changed needs a new one. It does
not lift windows, limits or pauses. The last word on a plan counts.

Examples:
  holdfast orders
  holdfast approve 3f2a9c0d1e2f --reason "agreed in CHG-1043"
  holdfast approve 3f2a --as anna --valid 24h`;

const denyExamples = `
Until the denial expires nothing of the plan is done. The last word on a plan counts.

Examples:
  holdfast deny 3f2a9c0d1e2f --reason "not before the release"
  holdfast deny 3f2a --valid 7d`;

/** `holdfast approve PLAN`. */
export function approveCommand(services: Services, finish: Finish): Command {
  const command = new Command('approve').description('let the daemon carry out a plan that waits for you');
  return decideCommand(command, 'approve', services, finish).addHelpText('after', approveExamples);
}

/** `holdfast deny PLAN`. */
export function denyCommand(services: Services, finish: Finish): Command {
  const command = new Command('deny').description('keep the daemon from carrying out a plan');
  return decideCommand(command, 'deny', services, finish).addHelpText('after', denyExamples);
}

function decideCommand(
  command: Command,
  decision: Approval['decision'],
  services: Services,
  finish: Finish,
): Command {
  command
    .argument('<plan>', 'id or hash of the plan, or the beginning of it')
    .option('--valid <duration>', 'how long it counts, as in 24h; what the policy says unless given');
  return addStateOption(addPersonOptions(command))
    .addOption(formatOption())
    .action(async (text: string, options: DecideOptions) => {
      await withJournal(options, services, (journal) =>
        decide(journal, { text, decision, options }, services),
      );
      finish(exitCodes.fine);
    });
}

interface Request {
  readonly text: string;
  readonly decision: Approval['decision'];
  readonly options: DecideOptions;
}

async function decide(journal: Journal, request: Request, services: Services): Promise<void> {
  const { text, options } = request;
  const by = personOf(options, services);
  const reason = reasonOf(options);
  const plan = await findPlan(journal, text);
  const now = services.now();
  const expiresAt = instant(now + validity(plan, request) * 1000);
  const said = {
    planHash: plan.hash,
    decision: request.decision,
    by,
    at: instant(now),
    expiresAt,
    ...reason,
  };
  const approval: Approval = { id: `a-${hashOf(said).slice(0, 10)}`, ...said };
  await journal.write({ type: 'approval', approval }, { type: 'audit', entry: entryOf(approval, plan) });
  const { columns, color } = services.io;
  const waits = (await waitingFor(journal)).some(({ plan: { hash } }) => hash === plan.hash);
  const document = { kind: 'Approval', version: 'v1', ...approval };
  emit(
    options.format === 'json'
      ? jsonText(document)
      : renderDecision(approval, plan, waits, { columns, color }),
    options,
    services.io,
  );
}

/** Seconds. @throws InputError for an approval that would count longer than the policy allows. */
function validity({ limits: { approvalValidity } }: Plan, { decision, options }: Request): number {
  if (options.valid === undefined) return approvalValidity;
  const span = spanOf(options.valid, '--valid');
  if (decision === 'approve' && span > approvalValidity)
    throw new InputError(
      `--valid: the policy lets an approval of this plan count for ${durationText(approvalValidity)} at most`,
    );
  return span;
}

function entryOf({ decision, by, at, expiresAt, reason, planHash }: Approval, plan: Plan): AuditEntry {
  const word = decision === 'approve' ? 'approved' : 'denied';
  return {
    at,
    actor: by,
    event: decision === 'approve' ? 'PlanApproved' : 'PlanDenied',
    why: reason ?? `${by} ${word} plan ${plan.id} for ${targetLabel(plan.target)}`,
    body: { plan: planHash, target: plan.target, expiresAt, argv: plan.actions.map(({ argv }) => argv) },
  };
}
